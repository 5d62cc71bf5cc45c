import { anonymousRelayGrant, wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector lets clients relay in both of the two ways, of which one is meant.',
  why: `Clients without an account may relay because ANONYMOUS LOGON holds Accept-Any-Recipient, or because
    ExternalAuthoritative trusts them. With the second nobody on the connector is anonymous any more, so the right for
    ANONYMOUS LOGON does nothing, while anti-spam and size checks are bypassed: the weaker of the two is in force, and
    whoever takes one away later believes that the relay is closed.`,
  sources: ['https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism } = connector;
      const granted = anonymousRelayGrant(connector);
      if (!granted || !authMechanism.value.includes('ExternalAuthoritative')) continue;
      const at = wordIn(connector, 'authMechanism', 'ExternalAuthoritative') ?? authMechanism.at;
      report({
        at: granted,
        message: `Receive connector "${name.value}" lets anonymous clients relay, and trusts every client by ExternalAuthoritative as well.`,
        related: [{ at, note: 'the other way' }],
        help: 'Remove the right, or ExternalAuthoritative.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            permissionGroups: [AnonymousUsers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
          MBX1\\Gateway:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.9.7]
            authMechanism: [Tls, ExternalAuthoritative]
            permissionGroups: [ExchangeServers]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            authMechanism: [Tls, ExternalAuthoritative]
            permissionGroups: [AnonymousUsers, ExchangeServers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
            #                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as well
      `,
    ],
  },
};
