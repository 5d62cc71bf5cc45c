import { yaml, type Issuer, type Located, type RuleModule, type Topology } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Something is declared that nothing in the topology uses.',
  why: `A partner without a connector, a certificate on no server, a credential or an authority that nobody names: either it is
    left over, or a connector forgot to point at it and works without it. A certificate counts as used where it is
    installed or a partner trusts it; an authority where it signed something, is trusted by a partner, or is trusted on a
    server while the certificate of some partner is not declared.`,
  sources: ['DOC R15', 'EXCH Enable-ExchangeCertificate -Services'],

  check({ topology, report }) {
    for (const [what, { value, at }] of unusedIn(topology)) {
      report({
        at,
        message: `Nothing uses the ${what} "${value}".`,
        help: 'Name it where it belongs, or remove it.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], installedOn: [EDGE1], services: [SMTP] }
        authorities: { contoso-root: {}, fabrikam-root: { trustedOn: [EDGE1] } }
        partners: { fabrikam: { domains: [fabrikam.com] } }
        credentials: { cloud: { username: contoso, passwordFrom: { env: CLOUD_PASSWORD } } }
        sendConnectors:
          To Fabrikam: { server: EDGE1, partner: fabrikam }
          To the cloud: { server: EDGE1, addressSpaces: [scans.example], authenticationCredential: cloud }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], services: [SMTP] }
        # ^^^^^^^^^^^^ Nothing uses the certificate "contoso-mail"
        authorities: { contoso-root: {} }
        #              ^^^^^^^^^^^^ Nothing uses the authority "contoso-root"
        partners: { fabrikam: { domains: [fabrikam.com] } }
        #           ^^^^^^^^ Nothing uses the partner "fabrikam"
        credentials: { cloud: { username: contoso, passwordFrom: { env: CLOUD_PASSWORD } } }
        #              ^^^^^ Nothing uses the credential "cloud"
      `,
    ],
  },
};

function* unusedIn(topology: Topology): Generator<readonly [what: string, name: Located<string>]> {
  const { partners, certificates, authorities, credentials, sendConnectors, receiveConnectors } = topology;
  const used = new Set<object>();
  const use = (target: object | undefined): void => {
    if (target) used.add(target);
  };
  const sign = (issuer: Issuer): void => {
    if (issuer.kind === 'authority') use(issuer.authority.target);
  };
  for (const { partner } of [...sendConnectors, ...receiveConnectors]) use(partner?.target);
  for (const { authenticationCredential } of sendConnectors) use(authenticationCredential?.target);
  for (const certificate of certificates) {
    sign(certificate.issuedBy);
    if (certificate.installedOn.length > 0) use(certificate);
  }
  for (const { certificate, trusts } of partners) {
    if (certificate) sign(certificate.issuedBy);
    for (const { target } of trusts) use(target);
  }
  const isPartnerUnknown = partners.some(({ certificate }) => !certificate);
  for (const one of authorities) if (isPartnerUnknown && one.trustedOn.length > 0) use(one);
  for (const one of partners) if (!used.has(one)) yield ['partner', one.name];
  for (const one of certificates) if (!used.has(one)) yield ['certificate', one.name];
  for (const one of authorities) if (!used.has(one)) yield ['authority', one.name];
  for (const one of credentials) if (!used.has(one)) yield ['credential', one.name];
}
