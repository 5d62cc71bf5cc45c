import {
  anonymousRelayGrant,
  grants,
  reachesInternet,
  setupTwin,
  wordIn,
  yaml,
  type RuleModule,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A connector that setup made relays for clients that have not logged on.',
  why: `The connectors of setup take mail from everyone, and updates of Exchange expect them as they were. A relay belongs on a
    connector of its own, whose range names the devices. Where the range of this one holds the Internet, open-relay
    speaks.`,
  sources: ['https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism, remoteIPRanges } = connector;
      const relays =
        grants(connector, 'at connect', 'ms-Exch-SMTP-Submit') &&
        grants(connector, 'at connect', 'ms-Exch-SMTP-Accept-Any-Recipient');
      if (!relays || !connector.enabled.value || !setupTwin(connector)) continue;
      if (reachesInternet(remoteIPRanges.flatMap(({ parsed }) => parsed ?? []))) continue;
      report({
        at:
          wordIn(connector, 'authMechanism', 'ExternalAuthoritative') ??
          anonymousRelayGrant(connector) ??
          authMechanism.at,
        message: `"${name.value}", which setup made, relays for clients that have not logged on.`,
        help: 'Make a connector of its own for these clients.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Printers:
            transportRole: FrontendTransport
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.8.0/24]
            permissionGroups: [AnonymousUsers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
          MBX1\\Default Frontend MBX1:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.0.0/8]
            permissionGroups: [AnonymousUsers, ExchangeServers]
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Default Frontend MBX1:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.0.0/8]
            permissionGroups: [AnonymousUsers, ExchangeServers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
            #                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ which setup made
      `,
    ],
  },
};
