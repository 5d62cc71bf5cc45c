import { makePlan } from '../../src/plan/make-plan.ts';
import type { EnsureReceiveConnector } from '../../src/plan/step.ts';
import { literal } from '../../src/emit/exchange-shell/parameter-value.ts';
import { quote } from '../../src/emit/exchange-shell/quote.ts';
import { settingOf, cmdletsWith } from '../../src/exchange/cmdlets.ts';
import { bind } from '../support/topology-text.ts';
import type { Host } from './engine.ts';
import { selfSigned, type Place } from './place.ts';

/** A state of the fake Exchange. */
export interface World {
  readonly host: Host;
  readonly id: number;
}

/** One call of an Exchange cmdlet, or of something else that changes the computer. */
export interface Called {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly about: string | null;
  readonly reads: boolean;
}

/** What a run of a script came to. */
export interface Ran {
  /** An error that left the script. */
  readonly failure: string | null;
  readonly exit: number;
  readonly calls: readonly Called[];
  readonly lines: readonly string[];
  readonly prompts: number;
}

/** How a cmdlet call fails: it does nothing and tells, or it does all and the answer is lost. */
export type FaultKind = 'error' | 'terminating' | 'late';

/** What a run is given. */
export interface Running {
  readonly given?: { readonly [parameter: string]: unknown };
  readonly fault?: { readonly at: number; readonly kind: FaultKind };
}

/** Makes the Exchange that a place has before its scripts come: what setup makes, and objects of other people. */
export async function makeWorld(host: Host, place: Place, topology: string): Promise<World> {
  const { plan, version, shell } = place;
  const servers = plan.servers.map(({ name, fqdn, role, site, subscribedTo, addresses }) => ({
    ...{ name, fqdn, role, addresses, site: site ?? subscribedTo },
    subscribed: subscribedTo !== undefined,
  }));
  const world = { host, id: (await host.ask({ do: 'world', version, servers })) as number };
  const setup = setupConnectors(topology).filter(({ server }) =>
    shell.role === 'edge'
      ? server === shell.name
      : plan.servers.some((one) => one.name === server && one.role !== 'edge'),
  );
  // The script of a server comes before that of the organization, which makes accepted domains.
  const domains = place.at.steps.flatMap((step) =>
    step.kind === 'receive-connector'
      ? step.parameters.flatMap(({ key, source, value }) =>
          key === 'defaultDomain' && source !== 'default' && value.kind === 'text' ? [value.text] : [],
        )
      : [],
  );
  const strangers = [
    ...[...new Set(domains)].map(
      (domain) => `New-AcceptedDomain -Name ${quote(domain)} -DomainName ${quote(domain)} -ErrorAction Stop`,
    ),
    ...(shell.subscribedTo === undefined
      ? [
          `New-SendConnector -Name "Somebody else's" -Usage Custom -AddressSpaces 'SMTP:other.example;1' -Comment 'not ours' -ErrorAction Stop`,
          `New-AcceptedDomain -Name 'other.example' -DomainName 'other.example' -DomainType 'InternalRelay' -ErrorAction Stop`,
        ]
      : []),
    `New-ReceiveConnector -Name 'Stranger' -Usage Custom -Bindings '127.0.0.1:9925' -RemoteIPRanges '127.0.0.1' -PermissionGroups AnonymousUsers -ErrorAction Stop`,
    `Add-ADPermission -Identity '${shell.name}\\Stranger' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights 'ms-Exch-SMTP-Accept-Any-Recipient' -ErrorAction Stop`,
    `Set-TransportConfig -TLSSendDomainSecureList 'partner.example' -TLSReceiveDomainSecureList 'partner.example','other.example' -ErrorAction Stop`,
  ];
  const text = [...setup.map((one) => seed(one, place)), ...strangers].join('\n');
  const ran = await runText(world, place, text);
  if (ran.failure !== null)
    throw new Error(`${place.title}: the world cannot be made: ${ran.failure}\n${text}`);
  const file = place.certificates.get(selfSigned);
  if (file !== undefined)
    await plant(world, {
      what: 'certificate',
      on: 'server',
      keeper: shell.name,
      kind: 'ExchangeCertificate',
      file,
      isDefault: true,
    });
  return world;
}

/** Changes a state behind the back of the scripts; gives whether Exchange would have let somebody do that. */
export async function plant(
  { host, id }: World,
  change: {
    readonly what: 'set' | 'remove' | 'certificate';
    readonly on: 'store' | 'server';
    readonly keeper: string;
    readonly kind: string;
    readonly key?: string;
    readonly [more: string]: unknown;
  },
): Promise<boolean> {
  return (await host.ask({ do: 'plant', world: id, ...change })) !== false;
}

function setupConnectors(topology: string): readonly EnsureReceiveConnector[] {
  const { value } = bind(topology);
  if (value === undefined) return [];
  return makePlan({ ...value, receiveConnectors: [] }).steps.filter(
    (step) => step.kind === 'receive-connector',
  );
}

/** Writes how setup makes a connector. Source: EXCH New-ReceiveConnector -TransportRole, -LongAddressesEnabled (not on Edge). */
function seed(one: EnsureReceiveConnector, { version, shell }: Place): string {
  const isEdge = shell.role === 'edge';
  const taken = one.parameters.filter(({ key }) => {
    const setting = settingOf('receiveConnector', key);
    if (setting === undefined || setting.internal !== undefined) return false;
    if (isEdge && (key === 'transportRole' || key === 'longAddressesEnabled')) return false;
    return cmdletsWith(setting, version).some(({ cmdlet }) => cmdlet === 'New-ReceiveConnector');
  });
  const server = isEdge ? '' : ` -Server ${quote(one.server)}`;
  const written = taken.map(({ parameter, value }) => `-${parameter} ${literal(value)}`).join(' ');
  return `New-ReceiveConnector -Name ${quote(one.name)}${server} -Usage Custom ${written} -ErrorAction Stop`;
}

/** Runs commands as typed in the shell of a place, whose local commands take every object as it is. */
export async function runText(world: World, place: Place, text: string): Promise<Ran> {
  const { host, id } = world;
  const request = { do: 'run', world: id, server: place.shell.name, remote: false, given: {}, text };
  return (await host.ask(request)) as Ran;
}

/** Runs a script of a place. */
export async function runScript(
  world: World,
  place: Place,
  name: string,
  running: Running = {},
): Promise<Ran> {
  const { host, id } = world;
  return (await host.ask({
    ...{ do: 'run', world: id, server: place.shell.name, remote: place.isRemote },
    path: `${place.folder}/${name}`,
    given: running.given ?? {},
    ...(running.fault && { faultAt: running.fault.at, faultKind: running.fault.kind }),
  })) as Ran;
}

/** Copies a state, so that the copy can be changed. */
export async function copyOf({ host, id }: World): Promise<World> {
  return { host, id: (await host.ask({ do: 'copy', world: id })) as number };
}

/** Forgets states. */
export async function drop(...worlds: readonly World[]): Promise<void> {
  for (const { host, id } of worlds) await host.ask({ do: 'drop', world: id });
}

/** Tells where two states differ, one line for each property. */
export async function differences(a: World, b: World): Promise<readonly string[]> {
  return (await a.host.ask({ do: 'compare', world: a.id, with: b.id })) as readonly string[];
}
