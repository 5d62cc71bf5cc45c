import { wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector trusts its clients by their address and grants them nothing for it.',
  why: `A client that ExternalAuthoritative trusts has the rights that ExchangeServers gives to externally secured servers.
    The cmdlets refuse the mechanism without the group.`,
  sources: [
    'EXCH New-ReceiveConnector -AuthMechanism',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism, permissionGroups } = connector;
      if (!authMechanism.value.includes('ExternalAuthoritative')) continue;
      if (permissionGroups.value.includes('ExchangeServers')) continue;
      report({
        at: wordIn(connector, 'authMechanism', 'ExternalAuthoritative') ?? authMechanism.at,
        message: `Receive connector "${name.value}" has ExternalAuthoritative, but its permissionGroups lack "ExchangeServers".`,
        related:
          permissionGroups.source === 'written' ? [{ at: permissionGroups.at, note: 'the groups' }] : [],
        help: 'Add ExchangeServers to permissionGroups, or remove ExternalAuthoritative.',
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
            authMechanism: [ExternalAuthoritative]
            permissionGroups: [ExchangeServers, AnonymousUsers]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Gateway:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.7]
            authMechanism: [ExternalAuthoritative]
            #               ^^^^^^^^^^^^^^^^^^^^^ lack "ExchangeServers"
            permissionGroups: [AnonymousUsers]
      `,
    ],
  },
};
