import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A domain-secure Send connector names its domains by a wildcard.',
  why: `Domain Security holds for whole domains: those on TLSSendDomainSecureList, which takes no wildcard, and the same ones must
    be named among the address spaces. Mail for the other domains below a wildcard leaves by this connector without mutual
    TLS. "*" alone is left out, for the Internet connector that EdgeSync makes has it with Domain Security.`,
  sources: [
    'EXCH New-SendConnector -DomainSecureEnabled',
    'EXCH Set-TransportConfig -TLSSendDomainSecureList',
  ],

  check({ topology, report }) {
    for (const { name, domainSecureEnabled, addressSpaces, addressSpacesSource } of topology.sendConnectors) {
      // A wildcard among the domains of a partner is reported there.
      if (!domainSecureEnabled.value || addressSpacesSource !== 'written') continue;
      for (const { parsed, at } of addressSpaces) {
        if (parsed?.kind !== 'smtp' || parsed.pattern.kind !== 'wildcard') continue;
        report({
          at,
          message: `Send connector "${name.value}" has Domain Security, but names "${parsed.pattern.text}", of which only whole domains can be secured.`,
          related: [{ at: domainSecureEnabled.at, note: 'Domain Security' }],
          help: 'Name each domain that is secured, and send the others by another connector.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com, eu.fabrikam.com], domainSecureEnabled: true }
          Internet: { addressSpaces: ["*"], domainSecureEnabled: true }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: ["*.fabrikam.com"], domainSecureEnabled: true }
          #                              ^^^^^^^^^^^^^^^^ of which only whole domains can be secured
      `,
    ],
  },
};
