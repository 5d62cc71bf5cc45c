import {
  classfulNetwork,
  printIpRange,
  yaml,
  type IpRange,
  type Report,
  type RuleModule,
  type Written,
} from '../../src/rule-kit.ts';

/** Speaks of an address without a mask that looks like a network; undefined where it does not. */
function readingOf({ value, at, parsed }: Written<IpRange>, owner: string): Report | undefined {
  const network = parsed && classfulNetwork(parsed);
  if (!parsed || !network) return undefined;
  const isNetwork = parsed.form === 'classful';
  const explicit = isNetwork ? printIpRange(parsed) : `${value.trim()}/32`;
  const means = isNetwork
    ? `means all of ${explicit} by its class`
    : `means one host, for the network of its class is ${printIpRange(network)}`;
  const message = `Range ${value} of ${owner} has no mask and ${means}.`;
  // Whoever writes 0.0.0.0 has all addresses in mind more often than the network of its class.
  if (parsed.first === 0n)
    return { at, message, help: `Write 0.0.0.0-255.255.255.255 for all, or ${explicit}.` };
  return {
    at,
    message,
    help: isNetwork
      ? `Write ${explicit}, if that is what you mean.`
      : `Write the network that you mean, or ${explicit}.`,
    fix: { description: `Write ${explicit}.`, edits: [{ at, text: explicit }] },
  };
}

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    'A remote IP range is an address without a mask that ends in .0, so that its class decides what it means.',
  why: `The document takes 192.168.1.0 for all of 192.168.1.0/24, by the classes of addresses; Exchange's own reference
    knows single addresses only. Neither reading is plain to see, and 10.0.0.0 would let in sixteen million hosts. We
    emit what the document says, as CIDR.`,
  sources: ['DOC R10', 'EXCH New-ReceiveConnector -RemoteIPRanges'],

  check({ topology, report }) {
    for (const { name, remoteIPRanges, remoteIPRangesSource } of topology.receiveConnectors) {
      // Ranges that follow from a partner are spoken of where the partner is declared.
      for (const range of remoteIPRangesSource === 'written' ? remoteIPRanges : []) {
        const found = readingOf(range, `"${name.value}"`);
        if (found) report(found);
      }
    }
    for (const { name, addresses } of topology.partners) {
      for (const range of addresses) {
        const found = readingOf(range, `partner "${name.value}"`);
        if (found) report(found);
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [192.168.1.0/24, 10.0.8.1, 10.0.9.0-10.0.9.9] }
      `,
    ],
    bad: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0] }
          #                                                ^^^^^^^^^^^^ means all of 198.51.100.0/24
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [192.168.1.0, 10.0.8.0] }
          #                                                          ^^^^^^^^^^^ means all of 192.168.1.0/24
          #                                                                       ^^^^^^^^ means one host, for the network of its class is 10.0.0.0/8
      `,
    ],
  },
};
