import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A domain-secure list holds a wildcard.',
  why: `TLSSendDomainSecureList and TLSReceiveDomainSecureList hold whole domains. Exchange supports no wildcard there,
    so mail of the subdomains that a wildcard was meant for would not be secured; each has to be named.`,
  sources: [
    'EXCH Set-TransportConfig -TLSSendDomainSecureList',
    'EXCH Set-TransportConfig -TLSReceiveDomainSecureList',
  ],

  check({ topology, report }) {
    const { tlsSendDomainSecureList, tlsReceiveDomainSecureList } = topology.transportConfig;
    const lists = [
      ['tlsSendDomainSecureList', tlsSendDomainSecureList],
      ['tlsReceiveDomainSecureList', tlsReceiveDomainSecureList],
    ] as const;
    const reported = new Set<number>();
    for (const [key, { value: domains }] of lists) {
      for (const { value, at } of domains) {
        // Both lists can be derived from one domain of a partner, which is then one fault.
        if (!value.includes('*') || reported.has(at.start)) continue;
        reported.add(at.start);
        report({
          at,
          message: `"${value}" on ${key} is a wildcard, and Exchange takes whole domains only.`,
          help: 'Name the domain, and each subdomain that mail is secured for.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        transportConfig:
          tlsSendDomainSecureList: [fabrikam.com, eu.fabrikam.com]
          tlsReceiveDomainSecureList: [fabrikam.com, eu.fabrikam.com]
      `,
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: ["*.fabrikam.com"], sourceTransportServers: [HUB01] }
      `,
    ],
    bad: [
      yaml`
        transportConfig:
          tlsSendDomainSecureList: [fabrikam.com, "*.fabrikam.com"]
          #                                       ^^^^^^^^^^^^^^^^ "*.fabrikam.com" on tlsSendDomainSecureList
          tlsReceiveDomainSecureList: [fabrikam.com]
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com, "*.fabrikam.com"] } }
        #                                               ^^^^^^^^^^^^^^^^ is a wildcard
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true, sourceTransportServers: [HUB01] }
      `,
    ],
  },
};
