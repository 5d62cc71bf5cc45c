import {
  printTcpBinding,
  receiveConflicts,
  yaml,
  type ReceiveConflict,
  type Report,
  type RuleModule,
} from '../../src/rule-kit.ts';

const help = 'Give them other bindings, or put the ranges of one inside those of the other.';

function reportOf({ share, bindings, at, text, other, ...pair }: ReceiveConflict): Report {
  const { earlier, later } = pair;
  const bySetup = earlier.made === 'setup';
  const same =
    share === 'all-clients'
      ? `Receive connector "${later.name}" is for the same clients as "${earlier.name}"`
      : `Range ${text} of "${later.name}" is a range of "${earlier.name}"`;
  const here = printTcpBinding(pair.laterBinding);
  const related = [
    { at: other, note: bySetup ? 'its setup made the other connector' : 'the other connector' },
  ];
  if (bindings === 'equal') {
    const message = `${same}${bySetup ? ', which setup made,' : ''} on ${here}.`;
    return { at, message, related, help, severity: 'error' };
  }
  const there = `on ${printTcpBinding(pair.earlierBinding)}${bySetup ? ' by setup' : ''}`;
  const message = `${same}, one on ${here} and one ${there}, and which of them serves is not established.`;
  return { at, message, related, help, severity: 'warning' };
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Two Receive connectors of one server have a binding and remote addresses in common.',
  why: `Exchange tells the connectors of a server apart by binding and remote range, and refuses a second one with the same
    pair. The connectors that setup makes count, too, unless setupDefaults says that they are removed or the file
    declares them under their name. Where one binds all addresses and the other one of them, this is a warning: Exchange
    accepts it, and which of them serves a client is not established.`,
  sources: ['EXCH New-ReceiveConnector -Bindings', 'EXCH New-ReceiveConnector -RemoteIPRanges'],

  check({ topology, report }) {
    for (const conflict of receiveConflicts(topology)) report(reportOf(conflict));
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12], setupDefaults: removed }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
          MBX1\\Scanner: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.7] }
          MBX1\\Default Frontend MBX1: { bindings: ["0.0.0.0:25", "[::]:25"], usage: internet }
          MBX2\\Internet: { bindings: ["0.0.0.0:25"], usage: internet }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
          MBX1\\Scanners: { bindings: ["0.0.0.0:25"], remoteIPRanges: ["10.0.8.0(255.255.255.0)"] }
          #                           ^^^^^^^^^^^^ is for the same clients as "Relay" on 0.0.0.0:25
          MBX1\\Printers: { bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24, 10.0.9.0/24] }
          #                                                             ^^^^^^^^^^^ is a range of "Relay", one on 10.0.0.11:25 and one on 0.0.0.0:25
          #                                                             ^^^^^^^^^^^ is a range of "Scanners"
          MBX1\\Internet: { bindings: ["0.0.0.0:25"], remoteIPRanges: [0.0.0.0-255.255.255.255] }
          #                           ^^^^^^^^^^^^ is for the same clients as "Default Frontend MBX1", which setup made
      `,
    ],
  },
};
