import {
  acceptedDomainNames,
  coveringName,
  groupedBy,
  parseSmtpDomain,
  presentedCertificate,
  rootKind,
  yaml,
  type Certificate,
  type ReceiveConnector,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

/** What one of the servers behind a name shows. */
interface Shown {
  readonly connector: ReceiveConnector;
  readonly certificate: Certificate;
  /** Those of our domains that the certificate holds. */
  readonly domains: readonly string[];
}

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Servers behind one name show certificates of which only some will do for whoever verifies them.',
  why: `Clients reach any of the servers that share a name. Where one shows a certificate with our domain and another one
    without it, or one from a public authority and another from a private one, mail from whoever verifies certificates
    arrives half of the time; the other half waits with "450 4.7.320 SubjectMismatch". Each server may have a certificate of
    its own, if it holds the same domains and ends in a root of the same kind.`,
  sources: [
    'EXCH New-ReceiveConnector -Fqdn',
    'https://xostmoen.wordpress.com/2017/11/08/450-4-7-320-certificate-validation-failed/',
    'RFC 6125 §6.4.3',
  ],

  check({ topology, report }) {
    const { receiveConnectors } = topology;
    const own = acceptedDomainNames(topology);
    const withTls = receiveConnectors.filter(
      ({ enabled, server, authMechanism }) =>
        enabled.value && server.target && authMechanism.value.includes('Tls'),
    );
    for (const behind of groupedBy(withTls, ({ fqdn }) => parseSmtpDomain(fqdn.value)?.ascii ?? '')) {
      const shown = onePerServer(behind).flatMap((connector) => shownBy(topology, connector, own));
      const held = [...new Set(shown.flatMap(({ domains }) => domains))];
      for (const one of shown) {
        const lacking = held.find((domain) => !one.domains.includes(domain));
        const other = shown.find(({ domains }) => lacking !== undefined && domains.includes(lacking));
        const related = other ?? otherRoot(one, shown[0]);
        if (!related || related.certificate === one.certificate) continue;
        report({
          at: one.connector.fqdn.at,
          message: `"${one.connector.server.value}" shows certificate "${one.certificate.name.value}" as "${one.connector.fqdn.value}", ${
            other ? `without the name "${lacking ?? ''}"` : `from ${rootWords(one)}`
          }; "${related.connector.server.value}" shows "${related.certificate.name.value}" ${
            other ? 'with it' : `from ${rootWords(related)}`
          }.`,
          related: [
            { at: one.certificate.name.at, note: 'the one' },
            { at: related.certificate.name.at, note: 'the other' },
          ],
          help: 'Install one certificate on all servers behind the name, or certificates that hold the same domains.',
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
        certificates:
          one: { issuedBy: public, domains: [mail.contoso.com, edge1.contoso.com], installedOn: [EDGE1], services: [SMTP] }
          two: { issuedBy: public, domains: [mail.contoso.com, edge2.contoso.com], installedOn: [EDGE2], services: [SMTP] }
        receiveConnectors:
          In 1: { server: EDGE1, bindings: ["192.0.2.1:25"], fqdn: mail.contoso.com, authMechanism: [Tls], remoteIPRanges: ["0.0.0.0-255.255.255.255"] }
          In 2: { server: EDGE2, bindings: ["192.0.2.2:25"], fqdn: mail.contoso.com, authMechanism: [Tls], remoteIPRanges: ["0.0.0.0-255.255.255.255"] }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
          EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.2] }
        certificates:
          one: { issuedBy: public, domains: [mail.contoso.com, contoso.com], installedOn: [EDGE1], services: [SMTP] }
          two: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE2], services: [SMTP] }
        receiveConnectors:
          In 1: { server: EDGE1, bindings: ["192.0.2.1:25"], fqdn: mail.contoso.com, authMechanism: [Tls], remoteIPRanges: ["0.0.0.0-255.255.255.255"] }
          In 2: { server: EDGE2, bindings: ["192.0.2.2:25"], fqdn: mail.contoso.com, authMechanism: [Tls], remoteIPRanges: ["0.0.0.0-255.255.255.255"] }
          #                                                        ^^^^^^^^^^^^^^^^ without the name "contoso.com"
      `,
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
          EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.2] }
        certificates:
          one: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE1], services: [SMTP] }
          two: { issuedBy: selfSigned, domains: [mail.contoso.com], installedOn: [EDGE2], services: [SMTP] }
        receiveConnectors:
          In 1: { server: EDGE1, bindings: ["192.0.2.1:25"], fqdn: mail.contoso.com, authMechanism: [Tls], remoteIPRanges: ["0.0.0.0-255.255.255.255"] }
          In 2: { server: EDGE2, bindings: ["192.0.2.2:25"], fqdn: mail.contoso.com, authMechanism: [Tls], remoteIPRanges: ["0.0.0.0-255.255.255.255"] }
          #                                                        ^^^^^^^^^^^^^^^^ from a private root
      `,
    ],
  },
};

/** The certificate follows from server and name, so one connector of each server tells. */
function onePerServer(connectors: readonly ReceiveConnector[]): readonly ReceiveConnector[] {
  return groupedBy(connectors, ({ server }) => server.value.toLowerCase()).flatMap(([first]) => first ?? []);
}

function shownBy(topology: Topology, connector: ReceiveConnector, own: readonly string[]): readonly Shown[] {
  const server = connector.server.target;
  const presented = server && presentedCertificate(topology, connector, server);
  if (presented?.kind !== 'declared') return [];
  const [certificate, ...others] = presented.certificates;
  if (!certificate || others.length > 0) return [];
  const names = certificate.domains.map(({ value }) => value);
  return [
    { connector, certificate, domains: own.filter((domain) => coveringName(names, domain) !== undefined) },
  ];
}

function otherRoot(one: Shown, other: Shown | undefined): Shown | undefined {
  if (!other) return undefined;
  const [ours, theirs] = [one, other].map(({ certificate }) => rootKind(certificate.issuedBy));
  return ours === theirs || ours === 'undeclared' || theirs === 'undeclared' ? undefined : other;
}

function rootWords({ certificate }: Shown): string {
  return rootKind(certificate.issuedBy) === 'public' ? 'a public authority' : 'a private root';
}
