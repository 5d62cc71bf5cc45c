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
  /** How often Exchange asked whether the default SMTP certificate shall be replaced. */
  readonly questions: number;
}

/** How a cmdlet call fails: it does nothing and tells, or it does all and the answer is lost. */
export type FaultKind = 'error' | 'terminating' | 'late';

/** What a run is given. */
export interface Running {
  readonly given?: { readonly [parameter: string]: unknown };
  readonly fault?: { readonly at: number; readonly kind: FaultKind };
  /** What the administrator says to a question of Exchange; no where it is left out. */
  readonly answer?: 'yes' | 'no';
}

/** Makes the Exchange that a place has before its scripts come: what setup makes, and objects of other people. */
export async function makeWorld(host: Host, place: Place, topology: string): Promise<World> {
  const world = await emptyWorld(host, place);
  await seedDefaultDomains(world, place);
  await seedPlace(world, place, topology, 'store and server');
  return world;
}

/** Makes the Exchange that all places of a topology have before the runbook is followed; its Edge servers are synchronized. */
export async function makeWholeWorld(
  host: Host,
  places: readonly [Place, ...Place[]],
  topology: string,
): Promise<World> {
  const world = await emptyWorld(host, places[0]);
  const stores = new Set<string>();
  for (const place of places.filter((_, index) => isFirstOn(places, index))) {
    const store = place.shell.role === 'edge' ? place.shell.name : '';
    await seedPlace(world, place, topology, stores.has(store) ? 'server' : 'store and server');
    stores.add(store);
  }
  await synchronize(world, places[0]);
  return world;
}

/** The organization's scripts run in the shell of a server that may have scripts of its own. */
function isFirstOn(places: readonly Place[], index: number): boolean {
  const { name } = places[index]?.shell ?? {};
  return !places.slice(0, index).some(({ shell }) => shell.name === name);
}

async function emptyWorld(host: Host, { plan, version }: Place): Promise<World> {
  const servers = plan.servers.map(({ name, fqdn, role, site, subscribedTo, addresses }) => ({
    ...{ name, fqdn, role, addresses, site: site ?? subscribedTo },
    subscribed: subscribedTo !== undefined,
  }));
  return { host, id: (await host.ask({ do: 'world', version, servers })) as number };
}

/**
 * The scripts of a server rely on accepted domains that others have made, under whichever name; a subscribed Edge server has
 * them from the organization.
 */
async function seedDefaultDomains(world: World, place: Place): Promise<void> {
  const own = place.at.steps.flatMap((step) => (step.kind === 'accepted-domain' ? [step.domain] : []));
  const domains = place.at.steps.flatMap((step) =>
    step.kind === 'receive-connector'
      ? step.parameters.flatMap(({ key, source, value }) =>
          key === 'defaultDomain' && source !== 'default' && value.kind === 'text' ? [value.text] : [],
        )
      : [],
  );
  const missing = [...new Set(domains)].filter((domain) => !own.includes(domain));
  if (missing.length === 0) return;
  const text = missing
    .map(
      (domain) =>
        `New-AcceptedDomain -Name ${quote(`Ours, ${domain}`)} -DomainName ${quote(domain)} -ErrorAction Stop`,
    )
    .join('\n');
  const isCarried = place.shell.subscribedTo !== undefined;
  await seed(world, (isCarried ? insideOf(place) : undefined) ?? place, text);
  await synchronize(world, place);
}

/** The shell of a server inside the organization, where there is one. */
function insideOf(place: Place): Place | undefined {
  const shell = place.plan.servers.find(({ role }) => role === 'hub' || role === 'mailbox');
  return shell && { ...place, shell };
}

async function synchronize(world: World, place: Place): Promise<void> {
  const inside = insideOf(place);
  if (inside) await seed(world, inside, 'Start-EdgeSynchronization -ErrorAction Stop');
}

async function seed(world: World, place: Place, text: string): Promise<void> {
  const ran = await runText(world, place, text);
  if (ran.failure !== null)
    throw new Error(`${place.title}: the world cannot be made: ${ran.failure}\n${text}`);
}

/** What other people have on the lists of Set-TransportConfig. */
export const entriesOfOthers: { readonly [list: string]: readonly string[] } = {
  TLSSendDomainSecureList: ['partner.example'],
  TLSReceiveDomainSecureList: ['partner.example', 'other.example'],
  InternalSMTPServers: ['192.0.2.200', '192.0.2.208/29'],
  GenerateCopyOfDSNFor: ['5.7.9'],
};

async function seedPlace(
  world: World,
  place: Place,
  topology: string,
  what: 'store and server' | 'server',
): Promise<void> {
  const { plan, shell } = place;
  const setup = setupConnectors(topology).filter(({ server }) =>
    shell.role === 'edge'
      ? server === shell.name
      : plan.servers.some((one) => one.name === server && one.role !== 'edge'),
  );
  const inStore = [
    ...setup.map((one) => setupCommand(one, place)),
    ...(shell.subscribedTo === undefined
      ? [
          `New-SendConnector -Name "Somebody else's" -Usage Custom -AddressSpaces 'SMTP:other.example;1' -Comment 'not ours' -ErrorAction Stop`,
          `New-AcceptedDomain -Name 'other.example' -DomainName 'other.example' -DomainType 'InternalRelay' -ErrorAction Stop`,
        ]
      : []),
    `Set-TransportConfig ${Object.entries(entriesOfOthers)
      .map(([list, entries]) => `-${list} ${entries.map((one) => quote(one)).join(',')}`)
      .join(' ')} -ErrorAction Stop`,
  ];
  const onServer = [
    `New-ReceiveConnector -Name 'Stranger' -Usage Custom -Bindings '127.0.0.1:9925' -RemoteIPRanges '127.0.0.1' -PermissionGroups AnonymousUsers -ErrorAction Stop`,
    `Add-ADPermission -Identity '${shell.name}\\Stranger' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights 'ms-Exch-SMTP-Accept-Any-Recipient' -ErrorAction Stop`,
  ];
  await seed(world, place, [...(what === 'server' ? [] : inStore), ...onServer].join('\n'));
  const file = place.certificates.get(selfSigned);
  if (file !== undefined)
    await plant(world, {
      what: 'certificate',
      on: 'server',
      keeper: shell.name,
      kind: 'ExchangeCertificate',
      file,
      isDefault: true,
      // What setup enables its own certificate for. Source: EXCH certificates (self-signed).
      services: shell.role === 'edge' ? ['SMTP'] : ['IMAP', 'POP', 'IIS', 'SMTP'],
    });
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
function setupCommand(one: EnsureReceiveConnector, { version, shell }: Place): string {
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
    answer: running.answer ?? 'no',
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
