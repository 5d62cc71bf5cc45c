import type { Diagnostic } from '../base/diagnostic.ts';
import { present } from '../base/present.ts';
import type { Located } from '../base/span.ts';
import { parseAddressSpace } from '../mail/address-space.ts';
import { parseSmartHost } from '../mail/smart-host.ts';
import type { LocatedEntry, LocatedMap } from '../source/located.ts';
import { bindFault, hasKey } from './bind-fault.ts';
import { defaultsOf, settleBoolean, settleWord, type Defaults } from './effective.ts';
import { smartHostAuthMechanisms, usages } from './enumerations.ts';
import { findValue, mapOf, nameOf, placeOf, textAt, textsAt, textsOf, written } from './read-node.ts';
import type { ConnectorScope } from './references.ts';
import type { SendConnector, Setting } from './topology.ts';
import { writtenParameters } from './written-parameters.ts';

/** Reads a Send connector; what it lacks goes on the list `faults`. */
export function bindSendConnector(
  entry: LocatedEntry,
  scope: ConnectorScope,
  faults: Diagnostic[],
): SendConnector {
  const map = mapOf(entry.value);
  const name = nameOf(entry.key);
  const partnerName = textAt(map, 'partner');
  const partner = partnerName && scope.resolvePartner(partnerName);
  const defaults = defaultsOf({ object: 'sendConnector', version: scope.version }, name.at);
  const credential = textAt(map, 'authenticationCredential');
  const connector: SendConnector = {
    name,
    ...present({ partner }),
    usage: settleWord(map, 'usage', usages, 'custom', defaults),
    enabled: settleBoolean(map, 'enabled', defaults),
    ...settleAddressSpaces(map, partner),
    ...settleSources(map, name, scope),
    dnsRoutingEnabled: settleDnsRouting(map, defaults),
    smartHosts: textsAt(map, 'smartHosts').map((text) => written(text, parseSmartHost)),
    smartHostAuthMechanism: settleWord(
      map,
      'smartHostAuthMechanism',
      smartHostAuthMechanisms,
      'None',
      defaults,
    ),
    ...present({
      authenticationCredential: credential && scope.resolveCredential(credential),
      fqdn: textAt(map, 'fqdn'),
      tlsAuthLevel: textAt(map, 'tlsAuthLevel'),
      tlsDomain: textAt(map, 'tlsDomain'),
      tlsCertificateName: textAt(map, 'tlsCertificateName'),
    }),
    ignoreSTARTTLS: settleBoolean(map, 'ignoreSTARTTLS', defaults),
    requireTLS: settleBoolean(map, 'requireTLS', defaults),
    domainSecureEnabled: settleBoolean(map, 'domainSecureEnabled', defaults),
    written: writtenParameters(map, 'sendConnector'),
    at: placeOf(entry),
  };
  if (map) faults.push(...missingParts(connector, map));
  return connector;
}

function settleAddressSpaces(
  map: LocatedMap | undefined,
  partner: SendConnector['partner'],
): Pick<SendConnector, 'addressSpaces' | 'addressSpacesSource'> {
  const node = findValue(map, 'addressSpaces');
  const domains = partner?.target?.domains.map(({ value }) => ({ value, at: partner.at })) ?? [];
  const texts = node ? textsOf(node) : domains;
  return {
    addressSpaces: texts.map((text) => written(text, parseAddressSpace)),
    addressSpacesSource: node ? 'written' : domains.length > 0 ? 'derived' : 'default',
  };
}

type Sources = Pick<SendConnector, 'sourceTransportServers' | 'sourceTransportServersSource' | 'server'>;

/**
 * Settles the servers that send: what is written, else the organization's only transport server.
 * Source: DOC S10; DOC S1 where that server is an Edge server without subscription.
 */
function settleSources(
  map: LocatedMap | undefined,
  name: Located<string>,
  { servers, resolveServer }: ConnectorScope,
): Sources {
  const node = findValue(map, 'sourceTransportServers');
  const local = textAt(map, 'server');
  if (node || local) {
    return {
      sourceTransportServers: textsOf(node).map(resolveServer),
      sourceTransportServersSource: node ? 'written' : 'default',
      ...present({ server: local && resolveServer(local) }),
    };
  }
  const transport = servers.filter(({ role }) => role.value !== 'clientAccess');
  const inside = transport.filter(({ role, subscribedTo }) => role.value !== 'edge' || subscribedTo);
  const [only, ...others] = inside.length > 0 ? inside : transport;
  if (!only || others.length > 0) {
    return { sourceTransportServers: [], sourceTransportServersSource: 'default' };
  }
  const reference = { value: only.name.value, at: name.at, target: only };
  return inside.length > 0
    ? { sourceTransportServers: [reference], sourceTransportServersSource: 'derived' }
    : { sourceTransportServers: [], sourceTransportServersSource: 'default', server: reference };
}

/** EXCH New-SendConnector -DNSRoutingEnabled: smart hosts are used only where it is false. */
function settleDnsRouting(map: LocatedMap | undefined, defaults: Defaults): Setting<boolean> {
  const setting = settleBoolean(map, 'dnsRoutingEnabled', defaults);
  const smartHosts = findValue(map, 'smartHosts');
  const follows = setting.source === 'default' && smartHosts && textsOf(smartHosts).length > 0;
  return follows ? { value: false, at: smartHosts.at, source: 'derived' } : setting;
}

function missingParts(connector: SendConnector, map: LocatedMap): readonly Diagnostic[] {
  const { name, partner, addressSpaces } = connector;
  // A partner that nobody declares is unknown-reference's, one without domains is the partner's own fault.
  if (addressSpaces.length > 0 || partner || hasKey(map, 'addressSpaces') || hasKey(map, 'partner'))
    return [];
  // EXCH New-SendConnector -LinkedReceiveConnector: such a connector takes what comes in there, whatever its domain.
  if (hasKey(map, 'linkedReceiveConnector')) return [];
  const message = `Send connector "${name.value}" has no "addressSpaces" and no partner to take them from.`;
  return [
    bindFault(name.at, message, 'Say which domains it sends to, such as addressSpaces: [fabrikam.com].'),
  ];
}
