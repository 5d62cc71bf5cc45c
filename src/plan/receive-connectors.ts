import { printIpRange } from '../mail/ip-range.ts';
import { printTcpBinding } from '../mail/tcp-binding.ts';
import type { ReceiveConnector, Server, Setting, SettingSource } from '../model/topology.ts';
import { addressRangeOf, endpointOf, nameOf, parsedOf } from './declared.ts';
import { effectiveParameters, type Settled } from './parameters.ts';
import { placeOn } from './places.ts';
import type { EnsureReceiveConnector, ParameterValue } from './step.ts';

/**
 * Settles one Receive connector; its place is its server, whichever shell the command is typed in.
 *
 * Source: EXCH New-ReceiveConnector -Server, DOC R1.
 */
export function planReceiveConnector(connector: ReceiveConnector, server: Server): EnsureReceiveConnector {
  return {
    kind: 'receive-connector',
    place: placeOn(server.name.value),
    made: 'declared',
    name: connector.name.value,
    server: server.name.value,
    usage: connector.usage.value,
    ...(connector.partner && { partner: nameOf(connector.partner) }),
    enabled: connector.enabled.value,
    bindings: parsedOf(connector.bindings).map(endpointOf),
    remoteIPRanges: parsedOf(connector.remoteIPRanges).map(addressRangeOf),
    fqdn: connector.fqdn.value,
    authMechanism: connector.authMechanism.value,
    permissionGroups: connector.permissionGroups.value,
    requireTLS: connector.requireTLS.value,
    domainSecureEnabled: connector.domainSecureEnabled.value,
    extendedRights: connector.extendedRights.map(({ principal, rights }) => ({
      principal: principal.value,
      rights: rights.map(({ value }) => value),
      origin: principal.at,
    })),
    parameters: effectiveParameters({
      object: 'receiveConnector',
      version: server.version.value,
      role: server.role.value,
      usage: connector.usage.value,
      written: connector.written,
      settled: settledOn(connector),
      apart: [],
      at: connector.name.at,
    }),
    origin: connector.name.at,
  };
}

function settledOn(connector: ReceiveConnector): ReadonlyMap<string, Settled> {
  const { bindings, remoteIPRanges, remoteIPRangesSource } = connector;
  const bindingsSource = connector.written.some(({ key }) => key.value.toLowerCase() === 'bindings')
    ? 'written'
    : 'default';
  const texts: readonly [string, readonly string[], SettingSource, Settled['origin'] | undefined][] = [
    ['bindings', parsedOf(bindings).map(printTcpBinding), bindingsSource, bindings[0]?.at],
    [
      'remoteIPRanges',
      parsedOf(remoteIPRanges).map(printIpRange),
      remoteIPRangesSource,
      remoteIPRanges[0]?.at,
    ],
  ];
  return new Map([
    ...texts.map(([name, items, source, origin]): [string, Settled] => [
      name,
      { value: { kind: 'list', items }, source, origin: origin ?? connector.name.at },
    ]),
    ['authMechanism', settle(connector.authMechanism, enumOf)],
    ['domainSecureEnabled', settle(connector.domainSecureEnabled, booleanOf)],
    ['enabled', settle(connector.enabled, booleanOf)],
    ['fqdn', settle(connector.fqdn, (text) => ({ kind: 'text', text }))],
    ['permissionGroups', settle(connector.permissionGroups, enumOf)],
    ['requireTLS', settle(connector.requireTLS, booleanOf)],
  ]);
}

/** Carries a setting of the model over, with its value in the plan's form. */
export function settle<T>(setting: Setting<T>, valueOf: (value: T) => ParameterValue): Settled {
  return { value: valueOf(setting.value), source: setting.source, origin: setting.at };
}

/** A boolean in the plan's form. */
export function booleanOf(value: boolean): ParameterValue {
  return { kind: 'boolean', value };
}

function enumOf(names: readonly string[]): ParameterValue {
  return { kind: 'enum', names, multi: true };
}
