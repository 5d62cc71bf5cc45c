import { nearest, writeMeant, receiveRights, rightNamed, yaml, type RuleModule } from '../../src/rule-kit.ts';

/** Rights that Exchange knows and that decide nothing here. Source: EXCH Add-ADPermission -ExtendedRights. */
const others: readonly string[] = ['ms-Exch-SMTP-Accept-Exch50'];

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A right that is granted on a Receive connector is none that such a connector has.',
  why: `Add-ADPermission refuses a right that it does not know, and the transport grants nothing for it. Most often a hyphen
    or a part of the name is missing, and mail is refused that was meant to be relayed.`,
  sources: ['EXCH Add-ADPermission -ExtendedRights', 'EXCH New-ReceiveConnector -PermissionGroups'],

  check({ topology, report }) {
    for (const { name, extendedRights } of topology.receiveConnectors) {
      for (const { value, at } of extendedRights.flatMap(({ rights }) => rights)) {
        if (rightNamed(value) || others.some((other) => other.toLowerCase() === value.toLowerCase()))
          continue;
        const meant = nearest(value, [...receiveRights, ...others]);
        report({
          at,
          message: `The right "${value}" on "${name.value}" is none that a Receive connector has.`,
          help:
            meant === undefined ? `Write a right such as "${receiveRights[1]}".` : `Did you mean "${meant}"?`,
          ...writeMeant(at, meant),
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["10.0.0.11:2526"]
            remoteIPRanges: [10.0.8.0/24]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-exch-smtp-accept-any-recipient] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["10.0.0.11:2526"]
            remoteIPRanges: [10.0.8.0/24]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipients] }
            #                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none that a Receive connector has
      `,
    ],
  },
};
