import {
  explainConnectorName,
  longestConnectorName,
  yaml,
  type ConnectorNameFault,
  type ReceiveConnector,
  type RuleModule,
  type SendConnector,
} from '../../src/rule-kit.ts';

const words: Readonly<Record<ConnectorNameFault, readonly [says: string, help: string]>> = {
  empty: ['is empty', 'Give the connector a name.'],
  'too-long': [
    `has more than ${longestConnectorName} characters`,
    `Keep the name to ${longestConnectorName} characters.`,
  ],
  'control-character': ['holds a character that cannot be seen', 'Keep to characters that can be seen.'],
  backslash: ['holds a backslash, which parts a server from a name', 'Write the name without a backslash.'],
  'outer-asterisk': [
    'begins or ends with an asterisk, which makes it a pattern to cmdlets',
    'Write the name without an asterisk at its ends.',
  ],
  'surrounding-blank': ['begins or ends with a blank', 'Write the name without blanks around it.'],
};

type Connector = SendConnector | ReceiveConnector;

/** The place in which Exchange keeps a connector, where names must differ, and its name there. */
function keyOf(connector: Connector): string {
  const server = 'bindings' in connector ? `receive\n${connector.server.value}` : 'send\n';
  return `${server}\n${connector.name.value}`.toLowerCase();
}

/** Finds the connectors that have one name in one place, the earlier one first. */
function* namesakes(connectors: readonly Connector[]): Generator<readonly [Connector, Connector]> {
  const known = new Map<string, Connector[]>();
  for (const later of connectors) {
    const key = keyOf(later);
    const earlier = known.get(key) ?? [];
    for (const one of earlier) yield [one, later];
    earlier.push(later);
    known.set(key, earlier);
  }
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'The name of a connector is one that Exchange does not take, or that another connector has.',
  why: `Names are at most ${String(longestConnectorName)} characters long and unique without regard to case: those of Send connectors in the
    organization, those of Receive connectors on their server, where Server\\Name tells them apart.`,
  sources: ['EXCH New-ReceiveConnector -Name', 'EXCH New-SendConnector -Name', 'DOC S4', 'DOC R4'],

  check({ topology, report }) {
    const { sendConnectors, receiveConnectors } = topology;
    for (const { name } of [...sendConnectors, ...receiveConnectors]) {
      const fault = explainConnectorName(name.value);
      if (fault === undefined) continue;
      const [says, help] = words[fault];
      report({ at: name.at, message: `The connector name "${name.value}" ${says}.`, help });
    }
    for (const [earlier, later] of namesakes([...sendConnectors, ...receiveConnectors])) {
      const place = 'bindings' in later ? ` on "${later.server.value}"` : '';
      report({
        at: later.name.at,
        message: `The connector name "${later.name.value}" is that of "${earlier.name.value}"${place}, for case does not count.`,
        related: [{ at: earlier.name.at, note: 'the other connector' }],
        help: 'Give one of the two another name.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
          MBX2\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
      `,
      yaml`
        sendConnectors:
          O’Brien's relay: { addressSpaces: [fabrikam.com], sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
          INTERNET: { addressSpaces: ["*.com"], sourceTransportServers: [MBX1] }
        # ^^^^^^^^ is that of "Internet", for case does not count
          Mail that leaves for partners who have asked for it since 2009 ad: { addressSpaces: [fabrikam.com] }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has more than 64 characters
      `,
      yaml`
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
          printers: { server: mbx1, bindings: ["0.0.0.0:2527"], remoteIPRanges: [10.0.8.0/24] }
        # ^^^^^^^^ on "mbx1"
          MBX1\\Old\\Printers: { bindings: ["0.0.0.0:2528"], remoteIPRanges: [10.0.8.0/24] }
          #    ^^^^^^^^^^^^ holds a backslash
          MBX1\\Printers*: { bindings: ["0.0.0.0:2529"], remoteIPRanges: [10.0.8.0/24] }
          #    ^^^^^^^^^ begins or ends with an asterisk
      `,
    ],
  },
};
