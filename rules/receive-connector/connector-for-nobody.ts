import {
  grants,
  groupsOf,
  setupTwin,
  yaml,
  type ReceiveConnector,
  type RuleModule,
} from '../../src/rule-kit.ts';

const submit = 'ms-Exch-SMTP-Submit';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Nobody can send mail through a Receive connector.',
  why: `Without a permission group that a client can get into, MAIL is answered with "530 5.7.57 Client was not
    authenticated". A custom connector begins with no group at all. ExchangeUsers needs BasicAuth or Integrated in
    authMechanism, ExchangeServers needs ExchangeServer or ExternalAuthoritative, and Partners needs Domain Security. For
    connectors of a partner third-party-without-anonymous speaks.`,
  sources: [
    'EXCH New-ReceiveConnector -Custom',
    'EXCH New-ReceiveConnector -PermissionGroups',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, enabled, partner, permissionGroups } = connector;
      if (!enabled.value || partner || isOpenToSomebody(connector)) continue;
      const groups = groupsOf(connector).filter((one) => one !== 'None');
      const isEmpty = groups.length === 0;
      report({
        at: permissionGroups.at,
        message: isEmpty
          ? `Receive connector "${name.value}" grants nothing to anyone.`
          : `Receive connector "${name.value}" is for "${groups.join(', ')}", and its authMechanism lets nobody become that.`,
        related:
          connector.authMechanism.source === 'written' && !isEmpty
            ? [{ at: connector.authMechanism.at, note: 'how clients may authenticate' }]
            : [],
        help: isEmpty
          ? 'Name who may send, such as permissionGroups: [AnonymousUsers].'
          : 'Add the mechanism that they authenticate with, or another group.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], permissionGroups: [AnonymousUsers] }
          MBX1\\Clients: { usage: client, bindings: ["0.0.0.0:2587"], remoteIPRanges: [10.0.0.0/8] }
          MBX1\\Client Frontend MBX1: { bindings: ["0.0.0.0:587"], remoteIPRanges: [10.0.0.0/8] }
          MBX1\\Old: { enabled: false, bindings: ["0.0.0.0:27"], remoteIPRanges: [10.0.8.8] }
          MBX1\\Scanner:
            bindings: ["0.0.0.0:28"]
            remoteIPRanges: [10.0.8.9]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Submit] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
          #    ^^^^^^^^ grants nothing to anyone
          MBX1\\Clients:
            bindings: ["0.0.0.0:2587"]
            remoteIPRanges: [10.0.0.0/8]
            authMechanism: [Tls]
            permissionGroups: [ExchangeUsers]
            #                 ^^^^^^^^^^^^^^^ lets nobody become that
      `,
    ],
  },
};

/** Asks for everyone whom a client can be by the connector's mechanisms. */
function isOpenToSomebody(connector: ReceiveConnector): boolean {
  const { permissionGroups, extendedRights, authMechanism } = connector;
  // What setup made keeps the groups that the file does not write.
  if (permissionGroups.source !== 'written' && setupTwin(connector)) return true;
  // Of rights that users and groups of the directory have, a topology says nothing more.
  if (extendedRights.some(({ rights }) => rights.some(({ value }) => /submit/i.test(value)))) return true;
  const offered = authMechanism.value;
  const hasServers = offered.includes('ExchangeServer');
  if (hasServers && permissionGroups.value.includes('ExchangeLegacyServers')) return true;
  return (
    grants(connector, 'at connect', submit) ||
    ((offered.includes('BasicAuth') || offered.includes('Integrated')) &&
      grants(connector, 'user', submit)) ||
    (hasServers && grants(connector, 'Exchange server', submit)) ||
    (connector.domainSecureEnabled.value && grants(connector, 'partner', submit))
  );
}
