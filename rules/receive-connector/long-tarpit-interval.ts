import { parseTimeSpan, printTimeSpan, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

/** The longest wait that we let pass; Exchange's pages speak of a few seconds and of 10. Unit: seconds. The line is ours. */
const longest = 30;

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector lets clients wait so long for a refusal that good ones give up.',
  why: `The tarpit answers late where a client may be guessing addresses or passwords. A mistyped recipient of a good client
    waits as well, each one anew, and the references warn of timeouts above a few seconds. We speak up above ${String(longest)} seconds.`,
  sources: [
    'EXCH New-ReceiveConnector -TarpitInterval',
    'EXCH New-ReceiveConnector -AuthTarpitInterval',
    'RFC 5321 §4.5.3.2',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      for (const key of ['tarpitInterval', 'authTarpitInterval']) {
        const interval = writtenValue(connector, key);
        const seconds = interval && parseTimeSpan(interval.value);
        if (!interval || seconds === undefined || seconds <= longest) continue;
        report({
          at: interval.at,
          message: `"${key}" of Receive connector "${connector.name.value}" delays each refusal by ${printTimeSpan(seconds)}.`,
          help: 'Keep to a few seconds, such as 00:00:10.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Internet:
            usage: internet
            bindings: ["0.0.0.0:2526"]
            tarpitInterval: "00:00:10"
            authTarpitInterval: 0s
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Internet:
            usage: internet
            bindings: ["0.0.0.0:2526"]
            tarpitInterval: 2m
            #               ^^ delays each refusal by 00:02:00
      `,
    ],
  },
};
