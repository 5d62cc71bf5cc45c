import {
  groupedBy,
  parseSmtpDomain,
  yaml,
  type ReceiveConnector,
  type RuleModule,
  type Span,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Connectors of several servers behind one name treat the same clients differently.',
  why: `Clients reach any of the servers that share a name. Where the connector for them requires TLS, offers it, or has Domain
    Security on one server and not on the other, what happens to a message depends on the server that it meets by chance:
    half of it is refused, or half of it is taken without what the other server asks for.`,
  sources: [
    'EXCH New-ReceiveConnector -Fqdn',
    'EXCH New-ReceiveConnector -RequireTLS',
    'https://xostmoen.wordpress.com/2017/11/08/450-4-7-320-certificate-validation-failed/',
  ],

  check({ topology, report }) {
    const partners = topology.receiveConnectors.filter(
      ({ enabled, server, partner }) => enabled.value && server.target && partner?.target,
    );
    for (const behind of groupedBy(partners, placeOf)) {
      for (const { words, holds, at } of traits) {
        const [having, lacking] = [behind.find(holds), behind.find((one) => !holds(one))];
        if (!having || !lacking || having.server.target === lacking.server.target) continue;
        report({
          at: at(lacking),
          message: `"${lacking.name.value}" on "${lacking.server.value}" does not ${words}, and "${having.name.value}" on "${having.server.value}" behind the same name "${having.fqdn.value}" does.`,
          related: [{ at: at(having), note: 'on the other server' }],
          help: 'Give the connectors of all servers behind the name the same settings.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
          EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.2] }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        receiveConnectors:
          One: &in
            server: EDGE1
            partner: fabrikam
            bindings: ["0.0.0.0:25"]
            fqdn: mail.contoso.com
            authMechanism: [Tls]
            requireTLS: true
          Two: { <<: *in, server: EDGE2 }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
          EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.2] }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        receiveConnectors:
          One: { server: EDGE1, partner: fabrikam, bindings: ["0.0.0.0:25"], fqdn: mail.contoso.com, requireTLS: true }
          Two: { server: EDGE2, partner: fabrikam, bindings: ["0.0.0.0:25"], fqdn: mail.contoso.com, requireTLS: false }
          #                                                                                                      ^^^^^ does not require TLS
      `,
    ],
  },
};

interface Trait {
  /** What a connector with it does. */
  readonly words: string;
  holds(connector: ReceiveConnector): boolean;
  at(connector: ReceiveConnector): Span;
}

const traits: readonly Trait[] = [
  {
    words: 'require TLS',
    holds: ({ requireTLS }) => requireTLS.value,
    at: ({ requireTLS }) => requireTLS.at,
  },
  {
    words: 'offer TLS',
    holds: ({ authMechanism }) => authMechanism.value.includes('Tls'),
    at: ({ authMechanism }) => authMechanism.at,
  },
  {
    words: 'have Domain Security',
    holds: ({ domainSecureEnabled }) => domainSecureEnabled.value,
    at: ({ domainSecureEnabled }) => domainSecureEnabled.at,
  },
];

/** The same clients at the same port of the same name. */
function placeOf({ partner, fqdn, bindings, remoteIPRanges }: ReceiveConnector): string {
  const ports = [...new Set(bindings.map(({ parsed }) => parsed?.port ?? 0))].sort((a, b) => a - b);
  const ranges = remoteIPRanges.map(({ value }) => value).toSorted();
  return [partner?.value, parseSmtpDomain(fqdn.value)?.ascii, ports.join(), ranges.join()].join('\n');
}
