import { holdsIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'A tlsDomain is written where nothing is compared with it, or missing where a smart host must prove its name.',
  why: `Only the level DomainValidation compares a name. It is tlsDomain, or the recipient's domain where mail is routed by
    DNS. A smart host stands for many domains, so there tlsDomain must say which name its certificate has; the cmdlet
    demands it.`,
  sources: ['EXCH New-SendConnector -TlsDomain', 'EXCH New-SendConnector -TlsAuthLevel'],

  check({ topology, report }) {
    // What 2007 lacks altogether is parameter-not-in-version's.
    if (!holdsIn(topology.organization.exchangeVersion.value, { since: '2010' })) return;
    for (const connector of topology.sendConnectors) {
      const { name, tlsAuthLevel, tlsDomain, dnsRoutingEnabled, smartHosts } = connector;
      const isCompared = tlsAuthLevel?.value.toLowerCase() === 'domainvalidation';
      if (tlsDomain && !isCompared) {
        report({
          at: tlsDomain.at,
          message: `Send connector "${name.value}" has tlsDomain "${tlsDomain.value}", and its level compares no name.`,
          related: tlsAuthLevel ? [{ at: tlsAuthLevel.at, note: 'the level' }] : [],
          help: 'Set tlsAuthLevel: DomainValidation, or remove tlsDomain.',
        });
      }
      if (tlsAuthLevel && isCompared && !tlsDomain && !dnsRoutingEnabled.value) {
        const host = smartHosts[0];
        report({
          at: tlsAuthLevel.at,
          message: `Send connector "${name.value}" checks the name of its smart host, but has no tlsDomain to compare it with.`,
          related: host ? [{ at: host.at, note: 'the smart host' }] : [],
          help: 'Write the name that the certificate of the smart host has in tlsDomain.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Filter:
            addressSpaces: ["*"]
            smartHosts: [192.0.2.40]
            requireTLS: true
            tlsAuthLevel: DomainValidation
            tlsDomain: smtp.filter.example
          To Fabrikam: { addressSpaces: [fabrikam.com], requireTLS: true, tlsAuthLevel: DomainValidation }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Filter:
            addressSpaces: ["*"]
            smartHosts: [smtp.filter.example]
            requireTLS: true
            tlsAuthLevel: DomainValidation
            #             ^^^^^^^^^^^^^^^^ has no tlsDomain to compare it with
          To Fabrikam:
            addressSpaces: [fabrikam.com]
            requireTLS: true
            tlsAuthLevel: CertificateValidation
            tlsDomain: mail.fabrikam.com
            #          ^^^^^^^^^^^^^^^^^ its level compares no name
      `,
    ],
  },
};
