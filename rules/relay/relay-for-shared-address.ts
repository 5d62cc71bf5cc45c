import {
  grants,
  relate,
  yaml,
  type NetworkKind,
  type RuleModule,
  type Severity,
} from '../../src/rule-kit.ts';

const words: Readonly<Record<NetworkKind, readonly [what: string, severity: Severity]>> = {
  loadBalancer: ['the load balancer', 'error'],
  nat: ['the NAT device', 'warning'],
};

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector relays for an address that other clients come from as well.',
  why: `A relay connector trusts addresses. A load balancer or a firewall that puts its own address in place of the client's
    makes all its clients one: where it also passes connections from the Internet, the relay is open to everyone although
    its range looks narrow. For a NAT device, behind which there may be printers alone, this is a warning. What is such a
    device is declared under networks.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'EXCH New-ReceiveConnector -RemoteIPRanges',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const relays =
        grants(connector, 'at connect', 'ms-Exch-SMTP-Submit') &&
        grants(connector, 'at connect', 'ms-Exch-SMTP-Accept-Any-Recipient');
      if (!relays || !connector.enabled.value) continue;
      for (const { name, kind, addresses } of topology.networks) {
        const met = connector.remoteIPRanges.flatMap((range) =>
          addresses
            .filter(({ parsed }) => parsed && range.parsed && relate(parsed, range.parsed) !== 'apart')
            .map((address) => ({ range, address })),
        )[0];
        if (!met) continue;
        const [what, severity] = words[kind.value];
        report({
          at: met.range.at,
          message: `Receive connector "${connector.name.value}" relays for ${met.range.value}, and ${what} "${name.value}" lets other clients appear as ${met.address.value}.`,
          related: [{ at: met.address.at, note: 'the address that its clients share' }],
          help: 'Name the devices themselves, or let the device keep the addresses of its clients.',
          severity,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        networks:
          lb: { addresses: [10.0.0.40], kind: loadBalancer }
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            permissionGroups: [AnonymousUsers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
          MBX1\\Balanced: { bindings: ["0.0.0.0:2527"], remoteIPRanges: [10.0.0.40], permissionGroups: [AnonymousUsers] }
      `,
    ],
    bad: [
      yaml`
        networks:
          lb: { addresses: [10.0.0.40-10.0.0.41], kind: loadBalancer }
          branch: { addresses: [10.0.8.1], kind: nat }
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.0.0/24, 10.0.8.0/24]
            #                ^^^^^^^^^^^ the load balancer "lb" lets other clients appear as 10.0.0.40-10.0.0.41
            #                             ^^^^^^^^^^^ the NAT device "branch" lets other clients appear as 10.0.8.1
            permissionGroups: [AnonymousUsers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
      `,
    ],
  },
};
