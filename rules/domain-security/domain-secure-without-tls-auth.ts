import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector has Domain Security, but not the authentication that it rests on.',
  why: `Domain Security is mutual TLS, so the connector must offer TLS: Exchange refuses DomainSecureEnabled without
    Tls in AuthMechanism. It refuses ExternalAuthoritative beside it, too, for that trusts every client by its
    address, and nobody would look at a certificate any more.`,
  sources: ['EXCH New-ReceiveConnector -DomainSecureEnabled', 'DOC R19'],

  check({ topology, report }) {
    for (const { name, authMechanism, domainSecureEnabled } of topology.receiveConnectors) {
      if (!domainSecureEnabled.value) continue;
      const place = {
        at: authMechanism.source === 'written' ? authMechanism.at : domainSecureEnabled.at,
        related: [{ at: domainSecureEnabled.at, note: 'Domain Security' }],
      };
      if (!authMechanism.value.includes('Tls')) {
        report({
          ...place,
          message: `Receive connector "${name.value}" has Domain Security, but its authMechanism lacks "Tls".`,
          help: 'Add Tls to authMechanism.',
        });
      }
      if (authMechanism.value.includes('ExternalAuthoritative')) {
        report({
          ...place,
          message: `Receive connector "${name.value}" has Domain Security, but its authMechanism holds "ExternalAuthoritative".`,
          help: 'Remove ExternalAuthoritative from authMechanism.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          From Fabrikam:
            server: EDGE01
            bindings: ["192.0.2.25:25"]
            remoteIPRanges: [198.51.100.0/24]
            authMechanism: [Tls]
            domainSecureEnabled: true
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          From the scanner:
            server: HUB01
            bindings: ["10.0.0.11:25"]
            remoteIPRanges: [10.0.8.7]
            authMechanism: [ExternalAuthoritative]
            permissionGroups: [ExchangeServers]
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          From Fabrikam:
            server: EDGE01
            bindings: ["192.0.2.25:25"]
            remoteIPRanges: [198.51.100.0/24]
            authMechanism: [BasicAuth]
            #              ^^^^^^^^^^^ lacks "Tls"
            domainSecureEnabled: true
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          From Fabrikam:
            server: EDGE01
            bindings: ["192.0.2.25:25"]
            remoteIPRanges: [198.51.100.0/24]
            authMechanism: [Tls, ExternalAuthoritative]
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ holds "ExternalAuthoritative"
            permissionGroups: [ExchangeServers]
            domainSecureEnabled: true
      `,
    ],
  },
};
