import { wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector has the permission group Custom, and no right is granted on it.',
  why: `Custom only says that rights were granted one by one with Add-ADPermission; it gives none of its own. In a topology
    they stand under extendedRights.`,
  sources: ['EXCH New-ReceiveConnector -PermissionGroups', 'EXCH Add-ADPermission -ExtendedRights'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, extendedRights } = connector;
      const at = wordIn(connector, 'permissionGroups', 'Custom');
      if (!at || extendedRights.some(({ rights }) => rights.length > 0)) continue;
      report({
        at,
        message: `Receive connector "${name.value}" has the group "Custom", but no right is granted on it.`,
        help: 'Grant rights under extendedRights, or remove Custom.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            permissionGroups: [AnonymousUsers, Custom]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            permissionGroups: [AnonymousUsers, Custom]
            #                                  ^^^^^^ no right is granted
      `,
    ],
  },
};
