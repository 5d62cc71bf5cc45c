import { addWords, wordIn, yaml, type AuthMechanism, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector has BasicAuthRequireTLS without what it is made of.',
  why: `BasicAuthRequireTLS says when passwords are taken: after TLS has begun. That they are taken at all is BasicAuth, and
    that there is TLS is Tls, so the cmdlets want all three.`,
  sources: ['EXCH New-ReceiveConnector -AuthMechanism'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism } = connector;
      if (!authMechanism.value.includes('BasicAuthRequireTLS')) continue;
      const needed: readonly AuthMechanism[] = ['Tls', 'BasicAuth'];
      const missing = needed.filter((one) => !authMechanism.value.includes(one));
      if (missing.length === 0) continue;
      const fix = addWords(connector, 'authMechanism', missing);
      report({
        at: wordIn(connector, 'authMechanism', 'BasicAuthRequireTLS') ?? authMechanism.at,
        message: `Receive connector "${name.value}" has BasicAuthRequireTLS without "${missing.join(', ')}".`,
        help: `Add ${missing.join(' and ')} to authMechanism.`,
        ...(fix && { fix }),
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Clients:
            bindings: ["0.0.0.0:2587"]
            remoteIPRanges: [10.0.0.0/8]
            authMechanism: [Tls, BasicAuth, BasicAuthRequireTLS]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Clients:
            bindings: ["0.0.0.0:2587"]
            remoteIPRanges: [10.0.0.0/8]
            authMechanism: [Tls, BasicAuthRequireTLS]
            #                    ^^^^^^^^^^^^^^^^^^^ without "BasicAuth"
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2588"]
            remoteIPRanges: [10.0.0.0/8]
            authMechanism: [BasicAuthRequireTLS]
            #               ^^^^^^^^^^^^^^^^^^^ without "Tls, BasicAuth"
      `,
    ],
  },
};
