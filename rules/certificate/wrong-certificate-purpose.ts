import {
  factsOf,
  presentationsOf,
  yaml,
  type Certificate,
  type CertificateFacts,
  type RuleModule,
  type SendConnector,
  type Topology,
} from '../../src/rule-kit.ts';

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';
const anyPurpose = '2.5.29.37.0';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A certificate for SMTP was not issued for what it must do.',
  why: `A mail server shows its certificate as a server when mail comes in, and as a client when it sends. The other side
    refuses one that limits its purpose to something else. Under Domain Security both sides check both directions, so it
    must be for servers and for clients, and what is missing is an error there. Public authorities have begun to issue
    certificates for servers alone.`,
  sources: ['DOC R15', 'RFC 5280 §4.2.1.12', 'RFC 5280 §4.2.1.3', 'EXCH New-ExchangeCertificate'],

  check({ topology, certificateOf, report }) {
    for (const certificate of topology.certificates) {
      const facts = factsOf(certificateOf, certificate);
      if (!facts || !certificate.file || !certificate.services.some(({ value }) => value === 'SMTP'))
        continue;
      const secure = domainSecureConnector(topology, certificate);
      for (const lack of lacksOf(facts, secure !== undefined)) {
        report({
          at: certificate.file.at,
          ...(secure && { severity: 'error' as const }),
          message: `Certificate "${certificate.name.value}" is not issued for ${lack}.`,
          related: secure ? [{ at: secure.at, note: 'Domain Security needs it' }] : [],
          help: 'Have it issued for server authentication and for client authentication.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail:
            issuedBy: contoso-root
            domains: [mail.contoso.com]
            installedOn: [MBX1]
            services: [SMTP]
            file: certs/contoso-mail.pem
          web:
            { issuedBy: contoso-root, domains: [mail.contoso.com], services: [IIS], file: certs/client-only.pem }
          inbound-alone:
            { issuedBy: contoso-root, domains: [mail.contoso.com], services: [SMTP], file: certs/server-only.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail:
            { issuedBy: contoso-root, domains: [mail.contoso.com], services: [SMTP], file: certs/client-only.pem }
            #                                                                              ^^^^^^^^^^^^^^^^^^^^^ is not issued for servers
      `,
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail:
            issuedBy: contoso-root
            domains: [mail.contoso.com]
            installedOn: [MBX1]
            services: [SMTP]
            file: certs/server-only.pem
            #     ^^^^^^^^^^^^^^^^^^^^^ is not issued for clients
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [MBX1], domainSecureEnabled: true }
      `,
    ],
  },
};

function lacksOf(
  { extendedKeyUsage, keyUsage }: CertificateFacts,
  isDomainSecure: boolean,
): readonly string[] {
  const isFor = (purpose: string): boolean =>
    extendedKeyUsage === undefined || [purpose, anyPurpose].some((one) => extendedKeyUsage.includes(one));
  const opensTls =
    keyUsage === undefined ||
    keyUsage.some((one) => one === 'digitalSignature' || one === 'keyEncipherment' || one === 'keyAgreement');
  return [
    ...(isFor(serverAuth) ? [] : ['servers']),
    ...(isFor(clientAuth) || !isDomainSecure ? [] : ['clients']),
    ...(opensTls ? [] : ['TLS by its key usage']),
  ];
}

/** Finds Domain Security on a connector that shows the certificate. */
function domainSecureConnector(
  topology: Topology,
  certificate: Certificate,
): SendConnector['domainSecureEnabled'] | undefined {
  const connectors = [...topology.sendConnectors, ...topology.receiveConnectors].filter(
    ({ domainSecureEnabled }) => domainSecureEnabled.value,
  );
  return presentationsOf(topology, connectors).find(
    ({ presented }) => presented.kind === 'declared' && presented.certificates.includes(certificate),
  )?.connector.domainSecureEnabled;
}
