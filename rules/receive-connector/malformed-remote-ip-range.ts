import {
  explainIpRange,
  ipRangeFaultWords,
  parseIpRange,
  withoutLeadingZeros,
  writeInstead,
  yaml,
  type Fix,
  type RuleModule,
  type Span,
} from '../../src/rule-kit.ts';

/** The range without leading zeros, or with its lower address first. */
function fixOf(text: string, at: Span): { readonly fix?: Fix } {
  const decimal = withoutLeadingZeros(text);
  if (decimal && parseIpRange(decimal.text))
    return { fix: writeInstead(at, decimal.text, decimal.readings === 'same' ? 'safe' : 'unsafe') };
  const swapped = text.trim().replace(/^([^-]+?)\s*-\s*([^-]+)$/, '$2-$1');
  if (swapped === text.trim() || !parseIpRange(swapped)) return {};
  return { fix: writeInstead(at, swapped, 'unsafe') };
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A remote IP range of a Receive connector cannot be read.',
  why: `A remote range is one address, a network as CIDR or with a mask, or first and last address. Names are not looked
    up, for whoever answers for the name could then choose who connects.`,
  sources: ['DOC R10', 'EXCH New-ReceiveConnector -RemoteIPRanges'],

  check({ topology, report }) {
    for (const { name, remoteIPRanges, remoteIPRangesSource, written } of topology.receiveConnectors) {
      const list = written.find(({ key }) => key.value === 'remoteIPRanges');
      if (list && remoteIPRanges.length === 0) {
        report({
          at: list.node.at,
          message: `Receive connector "${name.value}" has no remote range.`,
          help: 'Say from which addresses its clients come.',
        });
      }
      // Ranges that follow from a partner are at fault where the partner is declared.
      for (const { value, at } of remoteIPRangesSource === 'written' ? remoteIPRanges : []) {
        const fault = explainIpRange(value);
        if (fault === undefined) continue;
        const { says, help } = ipRangeFaultWords[fault];
        const message = `Remote range "${value}" of "${name.value}" ${says}.`;
        report({ at, message, help, ...fixOf(value, at) });
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.6.6, 10.0.8.0/24, "10.0.9.0(255.255.255.192)", 10.0.7.1-10.0.7.20, "2001:db8::/64"]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges:
              - 10.0.7.20-10.0.7.1
              # ^^^^^^^^^^^^^^^^^^ ends before it begins
              - 10.0.7.1-2001:db8::1
              # ^^^^^^^^^^^^^^^^^^^^ mixes IPv4 and IPv6
              - 10.0.9.0(255.255.0.255)
              # ^^^^^^^^^^^^^^^^^^^^^^^ has a mask whose ones do not stand together
              - 10.0.8.0/33
              # ^^^^^^^^^^^ has a prefix that is longer than an address
              - scanner.contoso.com
              # ^^^^^^^^^^^^^^^^^^^ is a host name
              - 10.0.8.01-10.0.8.07
              # ^^^^^^^^^^^^^^^^^^^ is no address and no range of addresses
              - 10.0.8.256
              # ^^^^^^^^^^ is no address and no range of addresses
      `,
    ],
  },
};
