import { printTcpBinding, yaml, type IpFamily, type RuleModule } from '../../src/rule-kit.ts';

const names: Readonly<Record<IpFamily, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector listens on an address of IPv4 or IPv6, and all its ranges are of the other.',
  why: `A client comes over the family that it and the server both have, and many prefer IPv6. One whose range is written in
    IPv4 alone then meets another connector, and is refused there for no reason that its administrator can see: often a
    single device that "cannot relay".`,
  sources: [
    'EXCH New-ReceiveConnector -Bindings',
    'EXCH New-ReceiveConnector -RemoteIPRanges',
    'RFC 6724 §2.1',
  ],

  check({ topology, report }) {
    for (const { name, bindings, remoteIPRanges } of topology.receiveConnectors) {
      // One that cannot be read may be of the family that is looked for.
      if (remoteIPRanges.length === 0 || remoteIPRanges.some(({ parsed }) => !parsed)) continue;
      const [first] = remoteIPRanges;
      for (const { parsed, at } of bindings) {
        const family = parsed?.address.family;
        if (!parsed || !family || remoteIPRanges.some((range) => range.parsed?.family === family)) continue;
        report({
          at,
          message: `Receive connector "${name.value}" listens on ${printTcpBinding(parsed)}, and none of its ranges is of ${names[family]}.`,
          related: first ? [{ at: first.at, note: 'its ranges' }] : [],
          help: `Add the ${names[family]} addresses of its clients, or remove the binding.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24, "2001:db8:8::/64"] }
          MBX1\\Scanners: { bindings: ["0.0.0.0:2527", "[::]:2527"], remoteIPRanges: [10.0.9.0/24, "fd00:9::/64"] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526", "[::]:2526"], remoteIPRanges: [10.0.8.0/24] }
          #                                        ^^^^^^^^^^^ none of its ranges is of IPv6
      `,
    ],
  },
};
