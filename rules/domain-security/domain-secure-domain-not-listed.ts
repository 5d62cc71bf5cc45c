import {
  parseSmtpDomain,
  sameDomain,
  securedDomains,
  servesDomain,
  standingSetupConnectors,
  yaml,
  type ReceiveConnector,
  type RuleContext,
  type RuleModule,
  type SendConnector,
  type Topology,
} from '../../src/rule-kit.ts';

type Connector = ReceiveConnector | SendConnector;
type List = 'tlsSendDomainSecureList' | 'tlsReceiveDomainSecureList';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A domain-secure connector and the domain-secure list do not agree.',
  why: `Domain Security holds where the connector has it and the domain is on the organization's list, and only there.
    Mail of a domain that lacks its place there is not secured, and a domain there without such a connector has nobody
    who could secure it. A list that is left out follows from the connectors. What only a connector that Exchange
    makes can serve is told as information, for that may be meant.`,
  sources: [
    'DOC R20',
    'DOC S13',
    'EXCH Set-TransportConfig -TLSSendDomainSecureList',
    'EXCH Set-TransportConfig -TLSReceiveDomainSecureList',
  ],

  check(context) {
    const { topology } = context;
    checkList(context, 'tlsSendDomainSecureList', topology.sendConnectors);
    checkList(context, 'tlsReceiveDomainSecureList', topology.receiveConnectors);
  },

  examples: {
    good: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com, fabrikam.net] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true }
        transportConfig:
          tlsSendDomainSecureList: [fabrikam.com, fabrikam.net]
      `,
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com, fabrikam.net] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true }
      `,
    ],
    bad: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com, fabrikam.net] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true }
        transportConfig:
          tlsSendDomainSecureList: [fabrikam.com]
          #                        ^^^^^^^^^^^^^^ "fabrikam.net" of domain-secure Send connector "To Fabrikam"
      `,
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true }
        transportConfig:
          tlsSendDomainSecureList: [fabrikam.com, tailspintoys.com]
          #                                       ^^^^^^^^^^^^^^^^ No domain-secure Send connector serves
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        transportConfig:
          tlsReceiveDomainSecureList: [tailspintoys.com]
          #                            ^^^^^^^^^^^^^^^^ Only a connector that Exchange makes
      `,
    ],
  },
};

function checkList({ topology, report }: RuleContext, key: List, connectors: readonly Connector[]): void {
  const list = topology.transportConfig[key];
  if (list.source !== 'written') return;
  const secure = connectors.filter(({ domainSecureEnabled }) => domainSecureEnabled.value);
  const direction = key === 'tlsSendDomainSecureList' ? 'Send' : 'Receive';
  const listed = list.value.flatMap(({ value }) => parseSmtpDomain(value) ?? []);
  const known = [...listed];
  for (const connector of secure) {
    for (const { value, at } of securedDomains(connector)) {
      const domain = parseSmtpDomain(value);
      if (!domain || known.some((one) => sameDomain(one, domain))) continue;
      known.push(domain);
      report({
        at: list.at,
        message: `"${value}" of domain-secure ${direction} connector "${connector.name.value}" is not on ${key}.`,
        related: [{ at, note: 'the domain' }],
        help: `Add ${value} to the list.`,
      });
    }
  }
  for (const { value, at } of list.value) {
    const domain = parseSmtpDomain(value);
    if (!domain || secure.some((connector) => servesDomain(connector, domain))) continue;
    const isMade = isServedBySetup(topology, key);
    report({
      at,
      ...(isMade && { severity: 'info' }),
      message: isMade
        ? `Only a connector that Exchange makes serves "${value}" on ${key}.`
        : `No domain-secure ${direction} connector serves "${value}" on ${key}.`,
      help: 'Declare the connector and the partner that it is for, or remove the domain.',
    });
  }
}

/** Source: EXCH New-EdgeSubscription (its Internet connector is domain-secure), EXCH New-ReceiveConnector. */
function isServedBySetup(topology: Topology, key: List): boolean {
  if (key === 'tlsSendDomainSecureList') {
    return topology.servers.some(({ role, subscribedTo }) => role.value === 'edge' && subscribedTo);
  }
  return standingSetupConnectors(topology).some(
    ({ connector }) =>
      connector.settings['domainSecureEnabled'] === true &&
      connector.permissionGroups.includes('AnonymousUsers'),
  );
}
