import {
  trustFaults,
  yaml,
  type Issuer,
  type Report,
  type RuleModule,
  type TrustFault,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Under Domain Security, one side cannot prove to the other who it is.',
  why: `Both sides show a certificate, and both directions are checked alike. The certificate must end in a root that
    the other side trusts, and must hold the domain itself that mail comes from or goes to; the name of a mail host
    in it is not enough. Ours must hold one of our accepted domains; which of them a partner secures is not in a
    topology. The source document knows two cases: (a) both certificates are public, (b) both are self-issued and each
    side has installed the other's root. One of each kind works where each side trusts the other, so it is a warning.`,
  sources: [
    'DOC R15',
    'EXCH Set-TransportConfig -TLSSendDomainSecureList',
    'EXCH Set-TransportConfig -TLSReceiveDomainSecureList',
    'RFC 6125 §6.4.3',
  ],

  check({ topology, report }) {
    for (const partner of topology.partners) {
      for (const fault of trustFaults(topology, partner)) report(reportOf(fault));
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail:
            { issuedBy: contoso-root, domains: [mail.contoso.com, contoso.com], installedOn: [EDGE01], services: [SMTP] }
        authorities:
          contoso-root: { trustedOn: [EDGE01] }
          fabrikam-root: { trustedOn: [EDGE01] }
        partners:
          fabrikam:
            domains: [fabrikam.com]
            certificate: { issuedBy: fabrikam-root, domains: [mail.fabrikam.com, fabrikam.com] }
            trusts: [contoso-root]
        sendConnectors:
          To Fabrikam: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true }
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail:
            { issuedBy: public, domains: [mail.contoso.com, contoso.com], installedOn: [EDGE01], services: [SMTP] }
        partners:
          fabrikam:
            domains: [fabrikam.com]
            certificate: { issuedBy: public, domains: [fabrikam.com] }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true }
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail:
            issuedBy: contoso-root
            #         ^^^^^^^^^^^^ which partner "fabrikam" does not trust
            domains: [mail.contoso.com, contoso.com]
            installedOn: [EDGE01]
            services: [SMTP]
        authorities:
          contoso-root: { trustedOn: [EDGE01] }
          fabrikam-root: {}
        partners:
          fabrikam:
            domains: [fabrikam.com, fabrikam.net]
            #                       ^^^^^^^^^^^^ does not hold "fabrikam.net"
            certificate: { issuedBy: fabrikam-root, domains: [mail.fabrikam.net, fabrikam.com] }
            #                        ^^^^^^^^^^^^^ which "EDGE01" does not trust
        sendConnectors:
          To Fabrikam: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true }
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE01], services: [SMTP] }
        # ^^^^^^^^^^^^ holds none of our domains
        partners:
          fabrikam:
            domains: [fabrikam.com]
            certificate: { issuedBy: public, domains: [fabrikam.com] }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true }
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        partners: { fabrikam: { domains: [fabrikam.com] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true }
          #                                                                      ^^^^ only the self-signed certificate of setup
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          contoso-mail:
            { issuedBy: public, domains: [mail.contoso.com, contoso.com], installedOn: [EDGE01], services: [SMTP] }
        authorities: { fabrikam-root: { trustedOn: [EDGE01] } }
        partners:
          fabrikam:
            domains: [fabrikam.com]
            certificate: { issuedBy: fabrikam-root, domains: [fabrikam.com] }
            #                        ^^^^^^^^^^^^^ is private, and our "contoso-mail" is not
        sendConnectors:
          To Fabrikam: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true }
      `,
    ],
  },
};

function reportOf(fault: TrustFault): Report {
  const { connector, partner } = fault;
  const them = `partner "${partner.name.value}"`;
  const secured = `Domain Security of "${connector.name.value}"`;
  const { at } = connector.domainSecureEnabled;
  const related = [{ at, note: secured }];
  switch (fault.kind) {
    case 'partner lacks domain':
      return {
        at: fault.domain.at,
        message: `The certificate of ${them} does not hold "${fault.domain.value}" itself.`,
        related: [...related, { at: fault.certificate.at, note: 'the certificate' }],
        help: 'Ask the partner for a certificate that holds the domain, not only its mail hosts.',
      };
    case 'server does not trust': {
      const server = fault.server.name.value;
      const isNamed = fault.issuer.kind === 'authority';
      return {
        at: fault.issuer.at,
        message: `The certificate of ${them} rests on ${rootOf(fault.issuer)}, which "${server}" does not trust.`,
        related,
        help: isNamed
          ? `Install the root on "${server}", and add that server to its trustedOn.`
          : `Declare the certificate under authorities with trustedOn: [${server}], and name that entry in issuedBy.`,
      };
    }
    case 'partner does not trust':
      return {
        at: fault.certificate.issuedBy.at,
        message: `Certificate "${fault.certificate.name.value}" rests on ${rootOf(fault.certificate.issuedBy)}, which ${them} does not trust.`,
        related,
        help: 'Have the partner install that root, and add it to its trusts.',
      };
    case 'no domain of ours':
      return {
        at: fault.certificate.name.at,
        message: `Certificate "${fault.certificate.name.value}" holds none of our domains itself, by which ${them} would know us.`,
        related,
        help: 'Renew it with the accepted domain among its names, not only the mail host.',
      };
    case 'only setup certificate':
    case 'no certificate': {
      const has =
        fault.kind === 'no certificate' ? 'no certificate' : 'only the self-signed certificate of setup';
      return {
        at,
        message: `${secured} has ${has} on "${fault.server.name.value}", which proves nothing to ${them}.`,
        help: 'Install a certificate there that holds the FQDN of the connector and our domain.',
      };
    }
    case 'public and private': {
      const theirs = fault.issuer.kind === 'public' ? 'public' : 'private';
      return {
        severity: 'warning',
        at: fault.issuer.at,
        message: `The certificate of ${them} is ${theirs}, and our "${fault.certificate.name.value}" is not; each side trusts the other, but the source document knows no such case.`,
        related: [...related, { at: fault.certificate.issuedBy.at, note: 'our certificate' }],
        help: 'Use two public certificates, or two that end in private roots.',
      };
    }
  }
}

function rootOf(issuer: Issuer): string {
  return issuer.kind === 'authority' ? `"${issuer.authority.value}"` : 'itself';
}
