import type { Diagnostic } from '../base/diagnostic.ts';
import { present } from '../base/present.ts';
import type { Located } from '../base/span.ts';
import { sameName } from '../mail/connector-name.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import { parseTcpBinding } from '../mail/tcp-binding.ts';
import type { LocatedEntry, LocatedMap } from '../source/located.ts';
import { bindFault, hasKey } from './bind-fault.ts';
import { locateConnectorKey, type LocatedConnectorKey } from './connector-key.ts';
import {
  defaultsOf,
  defaultTexts,
  settleBoolean,
  settleText,
  settleWord,
  settleWords,
  type Defaults,
} from './effective.ts';
import { authMechanisms, permissionGroups, usages } from './enumerations.ts';
import { entriesOf, findValue, mapOf, nameOf, placeOf, textAt, textsOf, written } from './read-node.ts';
import type { ConnectorScope } from './references.ts';
import type { ReceiveConnector, Reference, Server, Setting, Usage } from './topology.ts';
import { writtenParameters } from './written-parameters.ts';

/** Reads a Receive connector; what it lacks goes on the list `faults`. */
export function bindReceiveConnector(
  entry: LocatedEntry,
  scope: ConnectorScope,
  faults: Diagnostic[],
): ReceiveConnector {
  const map = mapOf(entry.value);
  const key = locateConnectorKey(entry.key);
  const { name } = key;
  const server = bindOwnServer(map, key, scope, faults);
  const partnerName = textAt(map, 'partner');
  const partner = partnerName && scope.resolvePartner(partnerName);
  const usage = settleUsage(map, name, scope);
  const defaults = defaultsOf(questionOf(server, usage.value, scope), name.at);
  const connector: ReceiveConnector = {
    name,
    server,
    ...present({ partner }),
    usage,
    enabled: settleBoolean(map, 'enabled', defaults),
    bindings: settleBindings(map, defaults),
    ...settleRemoteIPRanges(map, partner, defaults),
    // EXCH New-ReceiveConnector -Fqdn: left out, it is the server's own.
    fqdn: settleText(map, 'fqdn', { value: server.target?.fqdn.value ?? '', at: name.at }),
    authMechanism: settleWords(map, 'authMechanism', authMechanisms, defaults),
    permissionGroups: settleWords(map, 'permissionGroups', permissionGroups, defaults),
    requireTLS: settleBoolean(map, 'requireTLS', defaults),
    domainSecureEnabled: settleBoolean(map, 'domainSecureEnabled', defaults),
    extendedRights: entriesOf(findValue(map, 'extendedRights')).map((right) => ({
      principal: nameOf(right.key),
      rights: textsOf(right.value),
    })),
    ...present({ tlsCertificateName: textAt(map, 'tlsCertificateName') }),
    written: writtenParameters(map, 'receiveConnector'),
    at: placeOf(entry),
  };
  if (map) faults.push(...missingParts(connector, map));
  return connector;
}

/** Defaults hang on the usage, and the usage itself has one of ours. */
function settleUsage(
  map: LocatedMap | undefined,
  name: Located<string>,
  { version }: ConnectorScope,
): Setting<Usage> {
  return settleWord(
    map,
    'usage',
    usages,
    'custom',
    defaultsOf({ object: 'receiveConnector', version }, name.at),
  );
}

function questionOf(
  server: Reference<Server>,
  usage: Usage,
  scope: ConnectorScope,
): Parameters<typeof defaultsOf>[0] {
  const { target } = server;
  const version = target?.version.value ?? scope.version;
  return { object: 'receiveConnector', version, usage, ...present({ role: target?.role.value }) };
}

/** The server stands in the key, or under `server`, or in both places, which must then agree. */
function bindOwnServer(
  map: LocatedMap | undefined,
  key: LocatedConnectorKey,
  { resolveServer }: ConnectorScope,
  faults: Diagnostic[],
): Reference<Server> {
  const { value: name, at } = key.name;
  const below = textAt(map, 'server');
  if (key.server && below && !sameName(key.server.value, below.value)) {
    const message = `The key says that Receive connector "${name}" is on "${key.server.value}", and "server" says "${below.value}".`;
    const related = [{ at: key.server.at, note: 'the server in the key' }];
    faults.push(bindFault(below.at, message, 'Name the server in one of the two places.', related));
  }
  const server = key.server ?? below;
  if (server) return resolveServer(server);
  if (map && !hasKey(map, 'server')) {
    const message = `Receive connector "${name}" has no server.`;
    faults.push(bindFault(at, message, `Add "server", or write the key as SERVER\\${name}.`));
  }
  return { value: '', at };
}

/** Settles the addresses that the connector listens on. */
function settleBindings(map: LocatedMap | undefined, defaults: Defaults): ReceiveConnector['bindings'] {
  const node = findValue(map, 'bindings');
  const texts = node ? textsOf(node) : defaultsAt(defaults, 'bindings');
  return texts.map((text) => written(text, parseTcpBinding));
}

/** Settles the clients that the connector serves: what is written, else its partner's addresses, else its usage's. */
function settleRemoteIPRanges(
  map: LocatedMap | undefined,
  partner: ReceiveConnector['partner'],
  defaults: Defaults,
): Pick<ReceiveConnector, 'remoteIPRanges' | 'remoteIPRangesSource'> {
  const node = findValue(map, 'remoteIPRanges');
  if (node) {
    const remoteIPRanges = textsOf(node).map((text) => written(text, parseIpRange));
    return { remoteIPRanges, remoteIPRangesSource: 'written' };
  }
  if (partner?.target && partner.target.addresses.length > 0) {
    const remoteIPRanges = partner.target.addresses.map((address) => ({ ...address, at: partner.at }));
    return { remoteIPRanges, remoteIPRangesSource: 'derived' };
  }
  const remoteIPRanges = defaultsAt(defaults, 'remoteIPRanges').map((text) => written(text, parseIpRange));
  return { remoteIPRanges, remoteIPRangesSource: 'default' };
}

function defaultsAt(defaults: Defaults, key: string): readonly Located<string>[] {
  return defaultTexts(defaults, key).map((value) => ({ value, at: defaults.at }));
}

function missingParts(connector: ReceiveConnector, map: LocatedMap): readonly Diagnostic[] {
  const { name, partner, bindings, remoteIPRanges } = connector;
  const faults: Diagnostic[] = [];
  if (bindings.length === 0 && !hasKey(map, 'bindings')) {
    const message = `Receive connector "${name.value}" has no "bindings".`;
    faults.push(bindFault(name.at, message, 'Say where it listens, such as bindings: ["0.0.0.0:25"].'));
  }
  // A partner that nobody declares is unknown-reference's, and would have had addresses.
  const isPartnerUnknown = partner !== undefined && !partner.target;
  if (remoteIPRanges.length === 0 && !isPartnerUnknown && !hasKey(map, 'remoteIPRanges')) {
    const message = partner
      ? `Receive connector "${name.value}" has no "remoteIPRanges", and its partner "${partner.value}" has no addresses.`
      : `Receive connector "${name.value}" has no "remoteIPRanges" and no partner to take them from.`;
    faults.push(bindFault(name.at, message, 'Say from which addresses its clients come.'));
  }
  return faults;
}
