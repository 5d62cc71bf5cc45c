import setupFile from './catalogue/setup-connectors.json' with { type: 'json' };
import type { ConnectorUsage, DefaultValue } from './cmdlet.ts';
import { settingOf } from './cmdlets.ts';
import type { Confidence } from './confidence.ts';
import type { AuthMechanism, PermissionGroup } from './connector-words.ts';
import type { FrontEnd, ServerRole } from './server-role.ts';
import type { SettingObject } from './setting.ts';
import { holdsIn, type ExchangeVersion, type VersionFact } from './version.ts';

/** Values that differ from their default, by the key that a topology writes. */
export interface SettingValues {
  readonly [key: string]: DefaultValue;
}

/** Where what we say about a connector of Exchange's own making comes from. */
interface Known {
  readonly confidence: Confidence;
  readonly sources: readonly string[];
  readonly note?: string;
}

/** A Receive connector that Exchange's setup makes; what is not stated has the default of its parameter. */
export interface SetupReceiveConnector extends Known {
  readonly name: string;
  /** The transport service that listens, from 2013 on. */
  readonly transportRole?: 'FrontendTransport' | 'HubTransport';
  readonly bindings: readonly string[];
  readonly remoteIPRanges: readonly string[];
  readonly authMechanism: readonly AuthMechanism[];
  readonly permissionGroups: readonly PermissionGroup[];
  readonly settings: SettingValues;
}

/** A Send connector that EdgeSync makes when an Edge server is subscribed. */
export interface EdgeSyncSendConnector extends Known {
  readonly name: string;
  readonly usage: ConnectorUsage;
  readonly settings: SettingValues;
}

/** A row of the file: `{server}` in the name stands for the server's own. */
type ReceiveRow = VersionFact &
  Omit<SetupReceiveConnector, 'bindings' | 'remoteIPRanges'> & {
    readonly role: ServerRole;
    readonly port: number;
    /** The port on a server that has Front End Transport as well. */
    readonly portBesideFrontEnd?: number;
    readonly families: readonly ('ipv4' | 'ipv6')[];
  };

const { receiveConnectors, sendConnectors } = setupFile as unknown as {
  readonly receiveConnectors: readonly ReceiveRow[];
  readonly sendConnectors: readonly (VersionFact & EdgeSyncSendConnector)[];
};

const everyAddress = {
  ipv4: { local: '0.0.0.0', remote: '0.0.0.0-255.255.255.255' },
  ipv6: { local: '[::]', remote: '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' },
} as const;

/**
 * Lists the Receive connectors that setup makes on a server of a role; a Mailbox server of 2013 that is a Client Access
 * server as well has those of both.
 *
 * Source: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors
 */
export function setupReceiveConnectors(
  serverName: string,
  role: ServerRole,
  version: ExchangeVersion,
  frontEnd: FrontEnd = 'elsewhere',
): readonly SetupReceiveConnector[] {
  const isBoth = role === 'mailbox' && frontEnd === 'here';
  return receiveConnectors
    .filter((row) => (row.role === role || (isBoth && row.role === 'clientAccess')) && holdsIn(version, row))
    .map(({ role: _role, since: _since, until: _until, port, portBesideFrontEnd, families, ...row }) => {
      const listens = (isBoth ? portBesideFrontEnd : undefined) ?? port;
      return {
        ...row,
        name: row.name.replace('{server}', () => serverName),
        bindings: families.map((family) => `${everyAddress[family].local}:${listens}`),
        remoteIPRanges: families.map((family) => everyAddress[family].remote),
        settings: settingsIn('receiveConnector', row.settings, version),
      };
    });
}

/**
 * Lists the Send connectors that EdgeSync makes for the Edge servers that are subscribed to a site; they are the
 * source servers. In the inbound one `--` stands for the accepted domains, and for the servers of the site.
 *
 * Source: https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions
 */
export function edgeSyncSendConnectors(
  site: string,
  version: ExchangeVersion,
): readonly EdgeSyncSendConnector[] {
  return sendConnectors
    .filter((row) => holdsIn(version, row))
    .map(({ since: _since, until: _until, ...row }) => ({
      ...row,
      name: row.name.replace('{site}', () => site),
      settings: settingsIn('sendConnector', row.settings, version),
    }));
}

/** A connector of a version has no value for a parameter that came later. */
function settingsIn(object: SettingObject, settings: SettingValues, version: ExchangeVersion): SettingValues {
  const known = Object.entries(settings).filter(([key]) => {
    const setting = settingOf(object, key);
    return setting !== undefined && holdsIn(version, setting);
  });
  return Object.fromEntries(known);
}
