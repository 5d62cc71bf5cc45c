import { wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector trusts every client by its address and asks for authentication as well.',
  why: `With ExternalAuthoritative a session is trusted from its first byte, because something outside Exchange secures the
    way. There is nothing left to prove, so Exchange takes only Tls beside it.`,
  sources: ['EXCH New-ReceiveConnector -AuthMechanism'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism } = connector;
      if (!authMechanism.value.includes('ExternalAuthoritative')) continue;
      // None beside anything is none-beside-other-auth-mechanisms's.
      const allowed: readonly string[] = ['ExternalAuthoritative', 'Tls', 'None'];
      const others = authMechanism.value.filter((one) => !allowed.includes(one));
      if (others.length === 0) continue;
      report({
        at: wordIn(connector, 'authMechanism', 'ExternalAuthoritative') ?? authMechanism.at,
        message: `Receive connector "${name.value}" has ExternalAuthoritative beside "${others.join(', ')}".`,
        help: 'Leave only Tls beside ExternalAuthoritative, or make a second connector for the other clients.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Gateway:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.7]
            authMechanism: [Tls, ExternalAuthoritative]
            permissionGroups: [ExchangeServers]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Gateway:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.7]
            authMechanism: [Tls, BasicAuth, ExternalAuthoritative, Integrated]
            #                               ^^^^^^^^^^^^^^^^^^^^^ beside "BasicAuth, Integrated"
            permissionGroups: [ExchangeServers]
      `,
    ],
  },
};
