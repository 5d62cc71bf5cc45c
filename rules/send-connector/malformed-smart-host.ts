import {
  explainSmartHost,
  parseSmartHost,
  writeInstead,
  yaml,
  type RuleModule,
  type SmartHostFault,
} from '../../src/rule-kit.ts';

const words: Readonly<Record<SmartHostFault, readonly [says: string, help: string]>> = {
  'single-label': [
    'is a single label, which means another host in every network',
    'Write the fully qualified name of the host.',
  ],
  port: ['has a port', 'Write the host alone, and the port under "port".'],
  url: ['is a URL', 'Write the host alone.'],
  malformed: [
    'is neither an address nor a host name',
    'Write an address, or a name such as smtp.fabrikam.com.',
  ],
};

/** The host without port 25, which is the port that Exchange takes; another port needs a setting of its own. */
function withoutUsualPort(text: string): string | undefined {
  const host = text.trim().replace(/:25$/, '');
  return host !== text.trim() && parseSmartHost(host) ? host : undefined;
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A smart host is neither an IP address nor a fully qualified domain name.',
  why: `The source servers look a smart host up in DNS or connect to its address; the cmdlet takes nothing else. The port is
    a parameter of its own and holds for all smart hosts of the connector.`,
  sources: ['DOC S9.2', 'EXCH New-SendConnector -SmartHosts', 'EXCH New-SendConnector -Port'],

  check({ topology, report }) {
    for (const { name, smartHosts, written } of topology.sendConnectors) {
      const hasPort = written.some(({ key }) => key.value === 'port');
      for (const { value, at } of smartHosts) {
        const fault = explainSmartHost(value);
        if (fault === undefined) continue;
        const [says, help] = words[fault];
        const host = hasPort ? undefined : withoutUsualPort(value);
        report({
          at,
          message: `Smart host "${value}" of "${name.value}" ${says}.`,
          help,
          ...(host === undefined ? {} : { fix: writeInstead(at, host, 'safe') }),
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Filter: { addressSpaces: ["*"], smartHosts: [smtp.filter.example, 192.0.2.40, "[192.0.2.41]", "2001:db8::40"] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Filter:
            addressSpaces: ["*"]
            smartHosts:
              - smtp
              # ^^^^ is a single label
              - smtp.filter.example:587
              # ^^^^^^^^^^^^^^^^^^^^^^^ has a port
              - smtp.filter.example:25
              # ^^^^^^^^^^^^^^^^^^^^^^ has a port
              - https://smtp.filter.example/
              # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is a URL
              - smtp..example
              # ^^^^^^^^^^^^^ is neither an address nor a host name
      `,
    ],
  },
};
