import {
  parseIpAddress,
  printIpAddress,
  printIpRange,
  yaml,
  type IpRange,
  type Report,
  type RuleModule,
  type Written,
} from '../../src/rule-kit.ts';

/** Speaks of a network that is written with the address of one host in it; undefined where it is not. */
function faultOf({ value, at, parsed }: Written<IpRange>, owner: string): Report | undefined {
  if (!parsed || (parsed.form !== 'cidr' && parsed.form !== 'mask')) return undefined;
  const address = parseIpAddress(value.split(/[/(]/)[0]?.trim() ?? '');
  if (!address || address.family !== parsed.family || address.value === parsed.first) return undefined;
  const network = printIpRange(parsed);
  return {
    at,
    message: `Range ${value} of ${owner} names one host, and means all of ${network}.`,
    help: `Write ${network} for the network, or ${printIpAddress(address)} for the host alone.`,
  };
}

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A range is written with a prefix or mask behind the address of one host.',
  why: `Exchange takes 192.168.1.10/24 for all 256 addresses of the network. Whoever copied it from the settings of a network
    adapter wanted either the network or the host, and only one of the two is let in as meant.`,
  sources: ['EXCH New-ReceiveConnector -RemoteIPRanges', 'RFC 4632 §3.1'],

  check({ topology, report }) {
    const lists = [
      ...topology.receiveConnectors.map(({ name, remoteIPRanges, remoteIPRangesSource }) => ({
        owner: `Receive connector "${name.value}"`,
        // Ranges that follow from a partner are spoken of where the partner is declared.
        ranges: remoteIPRangesSource === 'written' ? remoteIPRanges : [],
      })),
      ...topology.partners.map(({ name, addresses }) => ({
        owner: `partner "${name.value}"`,
        ranges: addresses,
      })),
      ...topology.networks.map(({ name, addresses }) => ({
        owner: `network "${name.value}"`,
        ranges: addresses,
      })),
    ];
    for (const { owner, ranges } of lists) {
      for (const range of ranges) {
        const fault = faultOf(range, owner);
        if (fault) report(fault);
      }
    }
  },

  examples: {
    good: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24, "2001:db8:1::/48"] }
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.7/32, "10.0.9.64(255.255.255.192)", 10.0.10.5-10.0.10.9]
      `,
    ],
    bad: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: ["2001:db8:1::25/48"] }
          #                                                ^^^^^^^^^^^^^^^^^^^ means all of 2001:db8:1::/48
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.7/24, "10.0.9.70(255.255.255.192)"] }
          #                                                          ^^^^^^^^^^^ means all of 10.0.8.0/24
          #                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ means all of 10.0.9.64/26
      `,
    ],
  },
};
