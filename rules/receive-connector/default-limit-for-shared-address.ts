import {
  grants,
  hasAddress,
  receiveSetting,
  sizeOfRange,
  yaml,
  type IpRange,
  type ReceiveConnector,
  type RuleModule,
  type Topology,
  type Written,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'All clients of a load balancer share the connections that one client may have.',
  why: `A load balancer that puts its own address in place of the client's makes all clients one source. A Receive connector lets
    one source have 20 connections unless it says otherwise; on a busy morning the twenty-first is told "421 4.3.2", and partners
    see mail that comes late without a cause.`,
  sources: [
    'EXCH New-ReceiveConnector -MaxInboundConnectionPerSource',
    'https://www.exchangeitup.net/2017/08/exchange-spamtitan-421-432-maximum.html',
  ],

  check({ topology, report }) {
    for (const { name, kind, addresses } of topology.networks) {
      if (kind.value !== 'loadBalancer') continue;
      for (const address of addresses) {
        for (const [connector, range] of servingAt(topology, address)) {
          const limit = receiveSetting(topology, connector, 'maxInboundConnectionPerSource');
          if (!limit || limit.source === 'written' || !/^\d+$/.test(limit.value)) continue;
          report({
            at: range.at,
            message: `Receive connector "${connector.name.value}" serves the load balancer "${name.value}" at ${address.value}, and lets it have ${limit.value} connections, which is the default for one client.`,
            related: [{ at: address.at, note: 'the address that its clients share' }],
            help: 'Write maxInboundConnectionPerSource and maxInboundConnectionPercentagePerSource for all its clients together.',
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        networks:
          lb: { addresses: [10.0.0.40], kind: loadBalancer }
          branch: { addresses: [10.0.8.1], kind: nat }
        receiveConnectors:
          MBX1\\Balanced:
            transportRole: FrontendTransport
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.0.40]
            permissionGroups: [AnonymousUsers]
            maxInboundConnectionPerSource: unlimited
            maxInboundConnectionPercentagePerSource: 100
          MBX1\\Plant: # the more specific connector serves the load balancer
            transportRole: FrontendTransport
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.0.0/16]
            permissionGroups: [AnonymousUsers]
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        networks:
          lb: { addresses: [10.0.0.40], kind: loadBalancer }
        receiveConnectors:
          MBX1\\Balanced:
            transportRole: FrontendTransport
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.8.0/24, 10.0.0.40-10.0.0.41]
            #                             ^^^^^^^^^^^^^^^^^^^ lets it have 20 connections, which is the default for one client
            permissionGroups: [AnonymousUsers]
      `,
    ],
  },
};

type Serving = readonly [connector: ReceiveConnector, range: Written<IpRange>];

/** Finds, for each server and binding, the declared connector whose most specific range has the first of the addresses. */
function servingAt(topology: Topology, { parsed }: Written<IpRange>): readonly Serving[] {
  if (!parsed) return [];
  const address = { family: parsed.family, value: parsed.first };
  const best = new Map<string, Serving>();
  for (const connector of topology.receiveConnectors) {
    // A relay must not serve it at all, and relay-for-shared-address says so.
    if (!connector.enabled.value || grants(connector, 'at connect', 'ms-Exch-SMTP-Accept-Any-Recipient'))
      continue;
    const range = narrowest(
      connector.remoteIPRanges.filter((one) => one.parsed && hasAddress(one.parsed, address)),
    );
    if (!range) continue;
    for (const binding of connector.bindings) {
      const key = `${connector.server.value.toLowerCase()} ${binding.value}`;
      const other = best.get(key);
      if (!other || narrowest([other[1], range]) === range) best.set(key, [connector, range]);
    }
  }
  return [...new Map([...best.values()].map((one) => [one[0], one])).values()];
}

/** Gives the range of the fewest addresses, the first of them where several have as few. */
function narrowest(ranges: readonly Written<IpRange>[]): Written<IpRange> | undefined {
  const size = ({ parsed }: Written<IpRange>): bigint => (parsed ? sizeOfRange(parsed) : 0n);
  return ranges.reduce<Written<IpRange> | undefined>(
    (least, one) => (least === undefined || size(one) < size(least) ? one : least),
    undefined,
  );
}
