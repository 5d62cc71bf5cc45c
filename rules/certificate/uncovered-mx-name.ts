import {
  acceptedDomainNames,
  coveringName,
  parseSmtpDomain,
  serverWithAddress,
  smtpCertificatesOn,
  yaml,
  type RuleModule,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'The name in our MX record is in no certificate of the server that it leads to.',
  why: `A partner that verifies us, such as a Postfix with the level "verify", compares the certificate with the name that the MX
    record gives; others compare our domain. Where the certificate has neither, mail from such partners waits and expires on
    their side, and nothing of it is seen here. What MX records say is taken from "dns".`,
  sources: ['https://www.postfix.org/TLS_README.html', 'DOC R9', 'RFC 6125 §6.4.3'],

  check({ topology, report }) {
    const { dns } = topology;
    const accepted = new Set(acceptedDomainNames(topology));
    const facts = new Map(dns.map((fact) => [parseSmtpDomain(fact.name.value)?.ascii, fact]));
    const serverAt = serverWithAddress(topology);
    for (const { name, mx } of dns) {
      const domain = parseSmtpDomain(name.value)?.ascii;
      if (domain === undefined || !accepted.has(domain)) continue;
      for (const { host, at } of mx) {
        const fact = facts.get(parseSmtpDomain(host)?.ascii);
        const servers = new Set(
          [...(fact?.a ?? []), ...(fact?.aaaa ?? [])].flatMap(({ value }) => serverAt(value) ?? []),
        );
        for (const server of servers) {
          const certificates = smtpCertificatesOn(topology, server);
          const names = certificates.flatMap(({ domains }) => domains.map(({ value }) => value));
          // A server whose certificates nobody declared may have any; setup's own has the server's FQDN.
          const isCovered = [host, domain].some((one) => coveringName([...names, server.fqdn.value], one));
          if (names.length === 0 || isCovered) continue;
          report({
            at,
            message: `MX "${host}" of "${domain}" leads to "${server.name.value}", whose certificates have neither that name nor the domain.`,
            related: certificates
              .slice(0, 1)
              .map((one) => ({ at: one.name.at, note: 'a certificate there' })),
            help: 'Renew the certificate with the name that the MX record has.',
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        certificates:
          mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE1], services: [SMTP] }
        dns:
          contoso.com: { mx: [[10, mail.contoso.com]] }
          mail.contoso.com: { a: [192.0.2.1] }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        certificates:
          mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE1], services: [SMTP] }
        dns:
          contoso.com: { mx: [[10, mx.contoso.com]] }
          #                   ^^^^^^^^^^^^^^^^^^^^ MX "mx.contoso.com" of "contoso.com" leads to "EDGE1"
          mx.contoso.com: { a: [192.0.2.1] }
      `,
    ],
  },
};
