import {
  groupedBy,
  yaml,
  type Partner,
  type ReceiveConnector,
  type RuleModule,
  type SendConnector,
} from '../../src/rule-kit.ts';

type Connector = SendConnector | ReceiveConnector;

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Domain Security with a partner holds in one direction only.',
  why: `Domain Security is agreed for a domain, not for a direction: its domain is on TLSSendDomainSecureList and on
    TLSReceiveDomainSecureList, and a connector each way has DomainSecureEnabled. With one connector alone, mail the other
    way goes as it does with anybody, while both sides believe that it is secured.`,
  sources: [
    'EXCH Set-ReceiveConnector -DomainSecureEnabled',
    'EXCH Set-TransportConfig -TLSReceiveDomainSecureList',
    'DOC S13',
    'DOC R19',
  ],

  check({ topology, report }) {
    const { sendConnectors, receiveConnectors } = topology;
    const connectors: readonly Connector[] = [...sendConnectors, ...receiveConnectors];
    const ofPartners = connectors.filter(({ partner, enabled }) => partner?.target && enabled.value);
    for (const all of groupedBy(ofPartners, ({ partner }) => partner?.target?.name.value ?? '')) {
      const partner = all[0]?.partner?.target;
      const secure = all.filter(({ domainSecureEnabled }) => domainSecureEnabled.value);
      const [first] = secure;
      if (!partner || !first || secure.some(isSend) !== secure.every(isSend)) continue;
      const back = all.find((one) => isSend(one) !== isSend(first));
      report({
        at: first.domainSecureEnabled.at,
        message: messageOf(first, back, partner),
        related: back ? [{ at: back.name.at, note: 'the other direction' }] : [],
        help: back
          ? `Set domainSecureEnabled: true on "${back.name.value}", too.`
          : `Make a domain-secure ${isSend(first) ? 'Receive' : 'Send'} connector for the partner, too.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true, sourceTransportServers: [MBX1] }
        receiveConnectors:
          From Fabrikam: { server: MBX1, partner: fabrikam, domainSecureEnabled: true, bindings: ["10.0.0.1:25"] }
      `,
    ],
    bad: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true, sourceTransportServers: [MBX1] }
          #                                                      ^^^^ to partner "fabrikam", but "From Fabrikam" has not
        receiveConnectors:
          From Fabrikam: { server: MBX1, partner: fabrikam, bindings: ["10.0.0.1:25"] }
      `,
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        receiveConnectors:
          From Fabrikam: { server: MBX1, partner: fabrikam, domainSecureEnabled: true, bindings: ["10.0.0.1:25"] }
          #                                                                      ^^^^ from partner "fabrikam", but there is no Send connector
      `,
    ],
  },
};

function isSend(connector: Connector): boolean {
  return 'addressSpaces' in connector;
}

function messageOf(first: Connector, back: Connector | undefined, partner: Partner): string {
  const [kind, way, other] = isSend(first) ? ['Send', 'to', 'Receive'] : ['Receive', 'from', 'Send'];
  const lacks = back ? `"${back.name.value}" has not` : `there is no ${other} connector for it`;
  return `${kind} connector "${first.name.value}" has Domain Security ${way} partner "${partner.name.value}", but ${lacks}.`;
}
