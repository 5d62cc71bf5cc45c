import { grants, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector has Domain Security, but grants nothing to partners.',
  why: `A client that proves its domain by Domain Security becomes one of the Partner Servers, and what these may do
    comes from the permission group Partners. The source document names Anonymous users alone; real Exchange wants
    both, so that the session can submit mail before and after the proof.`,
  sources: ['EXCH New-ReceiveConnector -PermissionGroups', 'EXCH Set-ReceiveConnector -DomainSecureEnabled'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, partner, permissionGroups, domainSecureEnabled } = connector;
      if (!domainSecureEnabled.value || grants(connector, 'partner', 'ms-Exch-SMTP-Submit')) continue;
      // A third party that gets nothing at all is the matter of third-party-without-anonymous.
      if (partner && !grants(connector, 'at connect', 'ms-Exch-SMTP-Submit')) continue;
      const isWritten = permissionGroups.source === 'written';
      report({
        at: isWritten ? permissionGroups.at : domainSecureEnabled.at,
        message: `Receive connector "${name.value}" has Domain Security, but not "Partners" among its permissionGroups.`,
        ...(isWritten && { related: [{ at: domainSecureEnabled.at, note: 'Domain Security' }] }),
        help: 'Add Partners to permissionGroups.',
      });
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
            permissionGroups: [AnonymousUsers, Partners]
            domainSecureEnabled: true
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
            permissionGroups: [AnonymousUsers]
            #                 ^^^^^^^^^^^^^^^^ not "Partners"
            domainSecureEnabled: true
      `,
    ],
  },
};
