import {
  coveringName,
  holdsIn,
  isSubdomainOf,
  parseDomainPattern,
  parseSmtpDomain,
  sameDomain,
  servesDomain,
  yaml,
  type RuleModule,
  type SendConnector,
  type Located,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector compares a name with the certificate of its partner, which does not have it.',
  why: `With DomainValidation Exchange looks for tlsDomain in the certificate, or for the recipient's domain where mail is routed by
    DNS and tlsDomain is left out; the name of the mail host is not looked at. With BasicAuthRequireTLS it looks for the name
    of the smart host. Where the certificate lacks that name, mail waits with "454 4.7.5 Certificate validation failure,
    Reason:SubjectMismatch" and expires. Domain Security is untrusted-domain-secure-certificate's.`,
  sources: [
    'EXCH New-SendConnector -TlsAuthLevel',
    'EXCH New-SendConnector -TlsDomain',
    'EXCH New-SendConnector -SmartHostAuthMechanism',
    'RFC 6125 §6.4.3',
  ],

  check({ topology, report }) {
    const hasLevels = holdsIn(topology.organization.exchangeVersion.value, { since: '2010' });
    for (const connector of topology.sendConnectors) {
      const partner = connector.partner?.target;
      const certificate = partner?.certificate;
      if (!partner || !certificate || !connector.enabled.value || connector.domainSecureEnabled.value)
        continue;
      const names = certificate.domains.map(({ value }) => value);
      const compared = [...(hasLevels ? comparedByLevel(connector) : []), ...comparedAtLogon(connector)];
      for (const { value, at } of compared) {
        if (isHeld(names, value)) continue;
        report({
          at,
          message: `Send connector "${connector.name.value}" looks for "${value}" in the certificate of "${partner.name.value}", which has ${names.map((one) => `"${one}"`).join(', ') || 'no name'}.`,
          related: [{ at: certificate.at, note: "the partner's certificate" }],
          help: 'Write a name that the certificate has in tlsDomain, or have the partner renew it with this name.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com], certificate: { issuedBy: public, domains: [mail.fabrikam.com] } }
        sendConnectors:
          To Fabrikam:
            partner: fabrikam
            requireTLS: true
            tlsAuthLevel: DomainValidation
            tlsDomain: mail.fabrikam.com
      `,
    ],
    bad: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com], certificate: { issuedBy: public, domains: [mail.fabrikam.com] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, requireTLS: true, tlsAuthLevel: DomainValidation }
          #                                                                 ^^^^^^^^^^^^^^^^ looks for "fabrikam.com"
      `,
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com], certificate: { issuedBy: public, domains: [mail.fabrikam.com] } }
        sendConnectors:
          To Fabrikam:
            partner: fabrikam
            smartHosts: [mx.fabrikam.com]
            #            ^^^^^^^^^^^^^^^ looks for "mx.fabrikam.com"
            smartHostAuthMechanism: BasicAuthRequireTLS
            authenticationCredential: fabrikam
      `,
    ],
  },
};

function comparedByLevel(connector: SendConnector): readonly Located<string>[] {
  const { tlsAuthLevel, tlsDomain, dnsRoutingEnabled, partner } = connector;
  if (tlsAuthLevel?.value.toLowerCase() !== 'domainvalidation') return [];
  if (tlsDomain) return [tlsDomain];
  // Without DNS routing, a missing tlsDomain is tls-domain-against-level's.
  if (!dnsRoutingEnabled.value) return [];
  return (partner?.target?.domains ?? [])
    .filter(({ value }) => {
      const domain = parseSmtpDomain(value);
      return domain !== undefined && servesDomain(connector, domain);
    })
    .map(({ value }) => ({ value, at: tlsAuthLevel.at }));
}

/** An address as a smart host is smart-host-auth-without-tls's. */
function comparedAtLogon({ smartHostAuthMechanism, smartHosts }: SendConnector): readonly Located<string>[] {
  if (smartHostAuthMechanism.value !== 'BasicAuthRequireTLS') return [];
  return smartHosts.filter(({ parsed }) => parsed?.kind === 'fqdn');
}

/** A wildcard in tlsDomain is met by any name right below it; how deep, no document says. */
function isHeld(names: readonly string[], wanted: string): boolean {
  const pattern = parseDomainPattern(wanted);
  if (pattern?.kind !== 'wildcard') return !pattern || coveringName(names, wanted) !== undefined;
  return names.some((name) => {
    const own = parseSmtpDomain(name.replace(/^\*\./, ''));
    return own !== undefined && (sameDomain(own, pattern.domain) || isSubdomainOf(own, pattern.domain));
  });
}
