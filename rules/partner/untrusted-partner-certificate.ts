import {
  holdsIn,
  serversOf,
  trustOfServer,
  yaml,
  type RuleModule,
  type SendConnector,
  type Located,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'A Send connector validates the certificate of its partner, and a source server does not trust its root.',
  why: `CertificateValidation and DomainValidation check the chain of the certificate on the server that sends, and so does
    BasicAuthRequireTLS. Where the root is not installed there, all mail for the partner waits with "454 4.7.5 Certificate
    validation failure, Reason:UntrustedRoot" and expires; with several source servers, that of one of them. Domain Security
    is untrusted-domain-secure-certificate's.`,
  sources: ['EXCH New-SendConnector -TlsAuthLevel', 'DOC R15'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const partner = connector.partner?.target;
      if (!partner?.certificate || !connector.enabled.value || connector.domainSecureEnabled.value) continue;
      const level = validation(connector);
      if (!level || !holdsIn(topology.organization.exchangeVersion.value, { since: '2010' })) continue;
      const { certificate } = partner;
      const { issuedBy } = certificate;
      const root =
        issuedBy.kind === 'authority' ? `root "${issuedBy.authority.value}"` : 'self-signed certificate';
      const distrusting = serversOf(connector).filter(
        (server) => trustOfServer(server, { ...partner, certificate }, topology.authorities) === 'untrusted',
      );
      if (distrusting.length === 0) continue;
      const names = distrusting.map(({ name }) => `"${name.value}"`).join(' and ');
      report({
        at: level.at,
        message: `Send connector "${connector.name.value}" validates the certificate of "${partner.name.value}", and its ${root} is not trusted on ${names}.`,
        related: [{ at: issuedBy.at, note: 'who issued it' }],
        help:
          issuedBy.kind === 'authority'
            ? `Add ${names} to trustedOn of "${issuedBy.authority.value}".`
            : `Declare an authority "${partner.name.value}" with the certificate, and trust it on ${names}.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
        authorities:
          fabrikam-root: { file: certs/root.pem, trustedOn: [MBX1] }
        partners:
          fabrikam: { domains: [fabrikam.com], certificate: { issuedBy: fabrikam-root, domains: [fabrikam.com] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, requireTLS: true, tlsAuthLevel: CertificateValidation }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.2] }
        authorities:
          fabrikam-root: { file: certs/root.pem, trustedOn: [MBX1] }
        partners:
          fabrikam: { domains: [fabrikam.com], certificate: { issuedBy: fabrikam-root, domains: [fabrikam.com] } }
        sendConnectors:
          To Fabrikam:
            partner: fabrikam
            sourceTransportServers: [MBX1, MBX2]
            requireTLS: true
            tlsAuthLevel: CertificateValidation
            #             ^^^^^^^^^^^^^^^^^^^^^ its root "fabrikam-root" is not trusted on "MBX2"
      `,
    ],
  },
};

/** What makes a connector validate the chain; EncryptionOnly does not. */
function validation({ tlsAuthLevel, smartHostAuthMechanism }: SendConnector): Located<string> | undefined {
  const level = tlsAuthLevel?.value.toLowerCase();
  if (tlsAuthLevel && (level === 'certificatevalidation' || level === 'domainvalidation'))
    return tlsAuthLevel;
  return smartHostAuthMechanism.value === 'BasicAuthRequireTLS' ? smartHostAuthMechanism : undefined;
}
