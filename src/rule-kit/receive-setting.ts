import type { Span } from '../base/span.ts';
import { defaultOf, type DefaultQuestion } from '../exchange/cmdlets.ts';
import type { DefaultValue } from '../exchange/cmdlet.ts';
import type { SetupReceiveConnector } from '../exchange/setup-connectors.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import { sameName } from '../mail/connector-name.ts';
import { setupConnectorsOf } from '../model/setup-connectors.ts';
import type {
  AuthMechanism,
  PermissionGroup,
  ReceiveConnector,
  Setting,
  Topology,
} from '../model/topology.ts';

/** Tells the version that a Receive connector lives in: its server's, else the organization's. */
export function versionOf(topology: Topology, { server }: ReceiveConnector): ExchangeVersion {
  return server.target?.version.value ?? topology.organization.exchangeVersion.value;
}

/** Gives the connector of setup that a declared one is, by its name; undefined where it is one of ours. */
export function setupTwin({ name, server }: ReceiveConnector): SetupReceiveConnector | undefined {
  const { target } = server;
  return target && setupConnectorsOf(target).find((one) => sameName(one.name, name.value));
}

/**
 * Gives a parameter of a Receive connector as it applies: as written, else as setup made it, else the default of its
 * version, role and usage; a default has the place of the name.
 *
 * Fails: returns undefined where it is unset, or neither is known.
 */
export function receiveSetting(
  topology: Topology,
  connector: ReceiveConnector,
  key: string,
): Setting<string> | undefined {
  const node = connector.written.find((one) => one.key.value.toLowerCase() === key.toLowerCase())?.node;
  if (node?.kind === 'scalar')
    return node.value === null ? undefined : { value: node.text, at: node.at, source: 'written' };
  if (node) return undefined;
  const value = setupTwin(connector)?.settings[key] ?? defaultOf(questionOf(topology, connector, key));
  if (value === undefined || value === null || isList(value)) return undefined;
  return { value: String(value), at: connector.name.at, source: 'default' };
}

/** Says whether a switch of a Receive connector applies. */
export function isOn(topology: Topology, connector: ReceiveConnector, key: string): boolean {
  return receiveSetting(topology, connector, key)?.value.toLowerCase() === 'true';
}

/** Tells how clients may authenticate: as written, else as setup made it, else the default of the usage. */
export function authOf(connector: ReceiveConnector): readonly AuthMechanism[] {
  const { authMechanism } = connector;
  if (authMechanism.source === 'written') return authMechanism.value;
  return setupTwin(connector)?.authMechanism ?? authMechanism.value;
}

/** Tells who may send: as written, else as setup made it, else the default of the usage. */
export function groupsOf(connector: ReceiveConnector): readonly PermissionGroup[] {
  const { permissionGroups } = connector;
  if (permissionGroups.source === 'written') return permissionGroups.value;
  return setupTwin(connector)?.permissionGroups ?? permissionGroups.value;
}

/** Finds one word in the written list of a parameter; undefined where it stands there by default. */
export function wordIn({ written }: ReceiveConnector, key: string, word: string): Span | undefined {
  const node = written.find((one) => one.key.value === key)?.node;
  const items = node?.kind === 'list' ? node.items : node ? [node] : [];
  return items.find((item) => item.kind === 'scalar' && sameName(item.text, word))?.at;
}

function questionOf(topology: Topology, connector: ReceiveConnector, key: string): DefaultQuestion {
  const { server, usage } = connector;
  const version = versionOf(topology, connector);
  const question = { object: 'receiveConnector', key, version, usage: usage.value } as const;
  return server.target ? { ...question, role: server.target.role.value } : question;
}

function isList(value: DefaultValue): value is Extract<DefaultValue, readonly unknown[]> {
  return Array.isArray(value);
}
