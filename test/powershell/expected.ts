/**
 * What the fake Exchange shall hold after apply, worked out from the plan alone: nothing here knows the scripts or how they
 * compare.
 */
import assert from 'node:assert/strict';
import { cmdletsWith, parametersFor, settingOf } from '../../src/exchange/cmdlets.ts';
import { parseIpRange } from '../../src/mail/ip-range.ts';
import type { ParameterValue, PlannedParameter, Step } from '../../src/plan/step.ts';
import { nounOf } from './catalogue.ts';
import type { Place } from './place.ts';
import { entriesOfOthers, type World } from './world.ts';

/** A property of an object as the fake writes it canonically: one text, truth value, number or sorted list of texts. */
export type Canonical = string | number | boolean | null | readonly string[];

/** One property that the topology sets. */
export interface ExpectedProperty {
  readonly kind: 'SendConnector' | 'ReceiveConnector' | 'AcceptedDomain' | 'TransportConfig';
  /** The key of the object among its kind. */
  readonly key: string;
  readonly property: string;
  readonly value: Canonical;
  readonly parameter?: PlannedParameter;
}

const objects = {
  'send-connector': 'sendConnector',
  'receive-connector': 'receiveConnector',
  'transport-config': 'transportConfig',
} as const;

/** Lists the properties that a place's steps ask for; lists that are shared are not among them. */
export function expectedProperties({ at, version, shell }: Place): readonly ExpectedProperty[] {
  return at.steps.flatMap((step): readonly ExpectedProperty[] => {
    if (step.kind === 'accepted-domain') {
      const value = `${step.type.charAt(0).toUpperCase()}${step.type.slice(1)}`;
      return [{ kind: 'AcceptedDomain', key: step.domain, property: 'DomainType', value }];
    }
    if (
      step.kind !== 'send-connector' &&
      step.kind !== 'receive-connector' &&
      step.kind !== 'transport-config'
    )
      return [];
    const object = objects[step.kind];
    const kind = nounOf[object] as ExpectedProperty['kind'];
    const key =
      step.kind === 'transport-config'
        ? ''
        : step.kind === 'send-connector'
          ? step.name
          : `${step.server}\\${step.name}`;
    return step.parameters.flatMap((parameter): readonly ExpectedProperty[] => {
      const setting = settingOf(object, parameter.key);
      if (parameter.source === 'default' || setting === undefined || setting.internal !== undefined)
        return [];
      if (!cmdletsWith(setting, version).some(({ cmdlet }) => cmdlet === `Set-${kind}`)) return [];
      if (shell.role === 'edge' && parameter.key === 'sourceTransportServers') return [];
      if (step.kind === 'transport-config' && parameter.value.kind === 'list') return [];
      return [
        { kind, key, property: parameter.parameter, value: canonicalOf(parameter, setting.type), parameter },
      ];
    });
  });
}

function canonicalOf({ value, parameter }: PlannedParameter, type: string): Canonical {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'number':
      return value.value;
    case 'limit':
      return String(value.value);
    case 'size':
      return sizeText(value, type);
    case 'time-span':
      return String(value.seconds);
    case 'null':
      return null;
    case 'enum':
      return value.names
        .map((name) => name.toLowerCase())
        .toSorted()
        .join(',');
    case 'list':
      return value.items.map((item) => canonicalText(item, type)).toSorted();
    case 'text':
      return parameter === 'Banner' || parameter === 'Comment' ? value.text : canonicalText(value.text, type);
  }
}

/** Exchange rounds limits up to kilobytes. Source: EXCH Set-SendConnector -MaxMessageSize. */
function sizeText({ bytes }: Extract<ParameterValue, { kind: 'size' }>, type: string): string {
  if (bytes === 'unlimited') return bytes;
  return String(type === 'Unlimited' ? Math.ceil(bytes / 1024) * 1024 : bytes);
}

/** Types whose values differ in case alone and are the same. */
const caseless: ReadonlySet<string> = new Set([
  ...['SmartHost', 'IPAddress', 'IPBinding', 'SmtpDomain', 'Fqdn', 'SmtpDomainWithSubdomains'],
  ...['ServerIdParameter', 'AcceptedDomainIdParameter', 'ReceiveConnectorIdParameter'],
]);

function canonicalText(text: string, type: string): string {
  if (type === 'IPRange') {
    const range = parseIpRange(text);
    assert.ok(range, text);
    const bits = range.family === 'ipv4' ? 32 : 128;
    return `${bits}:${range.first}-${range.last}`;
  }
  if (type === 'AddressSpace') return addressSpaceText(text);
  return caseless.has(type) ? text.replace(/^\[([^\]]*)\]$/, '$1').toLowerCase() : text;
}

function addressSpaceText(text: string): string {
  const [, type = 'smtp', space, cost = '1'] = /^(?:([a-z0-9]+):)?(.+?)(?:;(\d+))?$/i.exec(text) ?? [];
  return `${type}:${space ?? ''};${cost}`.toLowerCase();
}

type Found = { readonly [property: string]: Canonical };
type Keepers = { readonly [keeper: string]: { readonly [kind: string]: readonly Found[] } };

/** The whole state of a fake Exchange. */
export interface State {
  readonly stores: Keepers;
  readonly machines: Keepers;
}

/** Reads the state of a fake Exchange. */
export async function stateOf({ host, id }: World): Promise<State> {
  return (await host.ask({ do: 'state', world: id })) as State;
}

/** Names the store that a place's scripts work on: the organization's, or an Edge server's own. */
export function storeOf({ shell }: Place): string {
  return shell.role === 'edge' ? shell.name : '';
}

/** Tells everything in which a state is not what a place's steps ask for. */
export function missingIn(state: State, place: Place): readonly string[] {
  const store = state.stores[storeOf(place)] ?? {};
  const of = (kind: string, key: string): Found | undefined =>
    (store[kind] ?? []).find((one) => keyOf(kind, one) === key.toLowerCase());
  const properties = expectedProperties(place).flatMap(({ kind, key, property, value }) => {
    const is = of(kind, key)?.[property] ?? null;
    return JSON.stringify(is) === JSON.stringify(value)
      ? []
      : [`${kind} ${key} ${property} is ${JSON.stringify(is)}, shall be ${JSON.stringify(value)}`];
  });
  return [...properties, ...place.at.steps.flatMap((step) => missingOf(step, place, state))];
}

function missingOf(step: Step, place: Place, state: State): readonly string[] {
  const store = state.stores[storeOf(place)] ?? {};
  const machine = state.machines[place.shell.name] ?? {};
  const lists = store['TransportConfig']?.[0] ?? {};
  switch (step.kind) {
    case 'transport-config':
      return [
        ...step.tlsSendDomainSecureList.map((domain) => ['TLSSendDomainSecureList', domain] as const),
        ...step.tlsReceiveDomainSecureList.map((domain) => ['TLSReceiveDomainSecureList', domain] as const),
        ...step.parameters.flatMap(({ key, parameter, source, value }) =>
          value.kind === 'list' &&
          source !== 'default' &&
          settingOf('transportConfig', key)?.internal === undefined
            ? value.items.map((item) => [parameter, item] as const)
            : [],
        ),
        ...Object.entries(entriesOfOthers).flatMap(([list, entries]) =>
          entries.map((entry) => [list, entry] as const),
        ),
      ].flatMap(([list, entry]) =>
        ((lists[list] ?? []) as readonly string[]).includes(canonicalText(entry, typeOf(list)))
          ? []
          : [`${entry} is not on ${list}`],
      );
    case 'receive-connector':
      return step.extendedRights.flatMap(({ principal, rights }) =>
        rights.flatMap((right) => {
          const key = [`${step.server}\\${step.name}`, principal, right].join(' ').toLowerCase();
          const count = (store['ADPermission'] ?? []).filter(
            (one) =>
              `${String(one['Identity'])} ${String(one['User'])} ${String(one['ExtendedRights'])}`.toLowerCase() ===
              key,
          ).length;
          return count === 1 ? [] : [`${key} is granted ${count} times`];
        }),
      );
    case 'send-connector': {
      const found = (store['SendConnector'] ?? []).filter(
        (one) => keyOf('SendConnector', one) === step.name.toLowerCase(),
      );
      const user = place.plan.credentials.find(({ name }) => name === step.credential)?.username;
      const wrong = user !== undefined && found[0]?.['AuthenticationCredential'] !== user;
      return [
        ...(found.length === 1 ? [] : [`${step.name} is there ${found.length} times`]),
        ...(wrong ? [`${step.name} does not log on as ${user}`] : []),
      ];
    }
    case 'certificate': {
      const file = place.certificates.get(step.name);
      const found = (machine['ExchangeCertificate'] ?? []).filter(({ CertificateDomains: names }) =>
        step.domains.every((domain) => (names as readonly string[]).includes(domain.toLowerCase())),
      );
      if (found.length !== 1)
        return [`certificate ${step.name} (${file ?? ''}) is there ${found.length} times`];
      const services = String(found[0]?.['Services']).split(',');
      return step.services
        .filter((one) => one !== 'None' && !services.includes(one.toLowerCase()))
        .map((one) => `certificate ${step.name} does not serve ${one}`);
    }
    case 'authority':
      return step.file === undefined || (machine['Root'] ?? []).length > 0
        ? []
        : [`root ${step.name} is not trusted`];
    default:
      return [];
  }
}

function typeOf(parameter: string): string {
  return parametersFor('transportConfig').find((one) => one.parameter === parameter)?.type ?? '';
}

function keyOf(kind: string, one: Found): string {
  if (kind === 'TransportConfig') return '';
  const name = String(kind === 'AcceptedDomain' ? one['DomainName'] : one['Name']);
  return (kind === 'ReceiveConnector' ? `${String(one['Server'])}\\${name}` : name).toLowerCase();
}
