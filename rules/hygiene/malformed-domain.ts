import {
  domainFaultWords,
  explainDomainPattern,
  explainSmtpDomain,
  parseFqdn,
  parseMailAddress,
  yaml,
  type DomainFault,
  type Located,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

/** A place where a domain belongs, and what may stand there. */
interface Place {
  readonly domain: Located<string>;
  readonly what: string;
  readonly explain: (text: string) => DomainFault | undefined;
}

/** A domain, or all that lies below one. */
function explainPattern(text: string): DomainFault | undefined {
  return text === '*' ? 'wildcard' : explainDomainPattern(text);
}

/** A host that stands in an MX record; "." says that there is none. Source: RFC 7505 §3. */
function explainExchanger(text: string): DomainFault | undefined {
  return text === '.' ? undefined : explainSmtpDomain(text);
}

function* placesOf(topology: Topology): Generator<Place> {
  for (const { domain } of topology.organization.acceptedDomains)
    yield { domain, what: 'an accepted domain', explain: explainDomainPattern };
  for (const { name, fqdn } of topology.servers)
    yield { domain: fqdn, what: `the FQDN of server "${name.value}"`, explain: explainSmtpDomain };
  for (const { name, domains } of topology.certificates)
    for (const domain of domains)
      yield { domain, what: `a name in certificate "${name.value}"`, explain: explainPattern };
  for (const { name, domains, certificate } of topology.partners) {
    for (const domain of domains)
      yield { domain, what: `a domain of partner "${name.value}"`, explain: explainPattern };
    for (const domain of certificate?.domains ?? [])
      yield { domain, what: `a name in the certificate of partner "${name.value}"`, explain: explainPattern };
  }
  for (const { name, mx } of topology.dns) {
    yield { domain: name, what: 'a name under "dns"', explain: explainSmtpDomain };
    for (const { host, at } of mx)
      yield {
        domain: { value: host, at },
        what: `a mail exchanger of "${name.value}"`,
        explain: explainExchanger,
      };
  }
  for (const { domain } of topology.delivery)
    yield { domain, what: 'a domain under "delivery"', explain: explainPattern };
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A domain or a host name cannot be read as one.',
  why: `Domains decide what is accepted, where mail goes and which certificate counts, so each must mean the same to us, to
    Exchange and to DNS. A wildcard can stand for the first labels of accepted domains, of a partner's domains and of names
    in certificates, and nowhere else.`,
  sources: ['EXCH New-AcceptedDomain -DomainName', 'RFC 5321 §2.3.5', 'RFC 1035 §2.3.4'],

  check({ topology, report }) {
    for (const { domain, what, explain } of placesOf(topology)) {
      const fault = explain(domain.value);
      if (fault === undefined) continue;
      const { says, help } = domainFaultWords[fault];
      const meant = fault === 'mail-address' ? parseMailAddress(domain.value)?.domain.text : undefined;
      report({
        at: domain.at,
        message: `"${domain.value}", ${what}, ${says}.`,
        help: meant === undefined ? help : `Did you mean "${meant}"?`,
      });
    }
    for (const { name, fqdn } of topology.servers) {
      if (explainSmtpDomain(fqdn.value) !== undefined || parseFqdn(fqdn.value)) continue;
      report({
        at: fqdn.at,
        message: `"${fqdn.value}", the FQDN of server "${name.value}", has no domain behind the host.`,
        help: 'Write the name with its domain.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, "*.contoso.com": internalRelay, bücher.example: authoritative }
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com, "*.contoso.com"], installedOn: [MBX1] }
        dns:
          fabrikam.com: { mx: [[0, .]] }
      `,
    ],
    bad: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { "@contoso.com": authoritative, mail.*.contoso.com: internalRelay }
          #                  ^^^^^^^^^^^^^^ is a mail address
          #                                                 ^^^^^^^^^^^^^^^^^^ has a wildcard where none can stand
        servers:
          MBX1: { role: mailbox, fqdn: mbx1, addresses: [10.0.0.11] }
          #                            ^^^^ has no domain behind the host
        partners:
          fabrikam: { domains: [sales@fabrikam.com], addresses: [198.51.100.10] }
          #                     ^^^^^^^^^^^^^^^^^^ "sales@fabrikam.com", a domain of partner "fabrikam", is a mail address
        dns:
          fabrikam.com: { mx: [[10, mail_fabrikam.com]] }
          #                    ^^^^^^^^^^^^^^^^^^^^^^^ "mail_fabrikam.com", a mail exchanger of "fabrikam.com", is no domain
      `,
    ],
  },
};
