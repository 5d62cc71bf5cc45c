import { yaml, type RuleModule } from '../../src/rule-kit.ts';

/** What a section is kept free for, and how the same is said today. */
const reserved: ReadonlyMap<string, readonly [what: string, help: string]> = new Map([
  [
    'users',
    [
      'people who log on to the bundle',
      'Take it out, and put the line that "mailtopo user" makes into the file users beside the keys of the bundle.',
    ],
  ],
  [
    'runtime',
    ['options of the bundle', 'Take it out, and start the bundle with --time-scale, --dialect or --min-tls.'],
  ],
]);

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A section is written that is reserved, and that nothing reads.',
  why: `The language keeps two names free for later. What stands under them is neither checked nor compiled, so whoever
    writes it may believe that an old version of TLS is spoken, or that somebody can log on, when neither is so. Both can
    be had today outside the topology.`,
  sources: ['EXCH New-ReceiveConnector -AuthMechanism', 'RFC 8996 §2'],

  check({ document: { root }, report }) {
    if (root.kind !== 'map') return;
    for (const { key, value } of root.entries) {
      const [what, help] = reserved.get(key.text) ?? [];
      if (what === undefined || help === undefined) continue;
      report({
        at: value.at,
        message: `Nothing reads "${key.text}" yet; the name is reserved for ${what}.`,
        help,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Munich }
        networks:
          branch: { addresses: [203.0.113.7], kind: nat }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Munich }
        runtime: { timeScale: 60 }
        #        ^^^^^^^^^^^^^^^^^ "runtime" yet; the name is reserved for options of the bundle
      `,
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Munich }
        users: { scanner: x }
        #      ^^^^^^^^^^^^^^ "users" yet
      `,
    ],
  },
};
