import { holdsIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A wildcard certificate is to be enabled for IMAP or POP.',
  why: `Enable-ExchangeCertificate does not support wildcard certificates for the services IMAP and POP: which name they show is
    set by Set-ImapSettings and Set-PopSettings with the FQDN of the service, and the certificate follows from that name.
    For SMTP and IIS a wildcard certificate is fine.`,
  sources: ['EXCH Enable-ExchangeCertificate -Services'],

  check({ topology, report }) {
    if (!holdsIn(topology.organization.exchangeVersion.value, { since: '2010' })) return;
    for (const { name, domains, services } of topology.certificates) {
      const wildcard = domains.find(({ value }) => value.startsWith('*.'));
      if (!wildcard) continue;
      for (const { value, at } of services) {
        if (value !== 'IMAP' && value !== 'POP') continue;
        report({
          at,
          message: `Certificate "${name.value}" with the name "${wildcard.value}" cannot be enabled for ${value}.`,
          related: [{ at: wildcard.at, note: 'the wildcard' }],
          help: `Remove ${value}, and run Set-${value === 'IMAP' ? 'Imap' : 'Pop'}Settings -X509CertificateName with the name of the service.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          wild: { issuedBy: public, domains: ["*.contoso.com"], installedOn: [MBX1], services: [SMTP, IIS] }
          mail: { issuedBy: public, domains: [imap.contoso.com], installedOn: [MBX1], services: [IMAP, POP] }
      `,
    ],
    bad: [
      yaml`
        certificates:
          wild: { issuedBy: public, domains: [contoso.com, "*.contoso.com"], installedOn: [MBX1], services: [SMTP, IMAP] }
          #                                                                                                        ^^^^ cannot be enabled for IMAP
      `,
    ],
  },
};
