import { factsOf, parseDomainPattern, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A certificate is said to hold a domain that its file does not hold.',
  why: `Which certificate a connector shows, and whether a partner believes it, is decided by the names in the certificate
    itself: the common name of its subject and its alternative names. What the topology says beyond them is not there.`,
  sources: ['DOC R9', 'RFC 5280 §4.2.1.6', 'EXCH New-ExchangeCertificate -DomainName'],

  check({ topology, certificateOf, report }) {
    for (const certificate of topology.certificates) {
      const { name, domains, file } = certificate;
      const facts = factsOf(certificateOf, certificate);
      if (!facts || !file) continue;
      const held = facts.names.map(comparable);
      for (const { value, at } of domains) {
        if (held.includes(comparable(value))) continue;
        report({
          at,
          message: `Certificate "${name.value}" does not hold "${value}"; its file has ${listOf(facts.names)}.`,
          related: [{ at: file.at, note: 'the file' }],
          help: 'Remove the domain, or renew the certificate with it.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [Contoso.com, mail.contoso.com], file: certs/contoso-mail.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com, smtp.contoso.com], file: certs/contoso-mail.pem }
          #                                                             ^^^^^^^^^^^^^^^^ does not hold "smtp.contoso.com"; its file has "mail.contoso.com", "contoso.com"
      `,
    ],
  },
};

function comparable(name: string): string {
  const pattern = parseDomainPattern(name);
  if (pattern === undefined || pattern.kind === 'all') return name.toLowerCase();
  return `${pattern.kind === 'wildcard' ? '*.' : ''}${pattern.domain.ascii}`;
}

/** Some certificates have a hundred names. */
function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'no names';
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
