import type { ReceiveConnector, Server } from '../../runtime/config.ts';
import { parseAddress, sameAddress } from '../../runtime/decide/address.ts';
import { asciiDomain } from '../../runtime/decide/domain-match.ts';
import { chooseReceiveConnector } from '../../runtime/decide/receive-connector.ts';
import { domainOfPath } from '../../runtime/queue/route.ts';
import type { World } from './world.ts';

/** A server that nobody named, and why it can be no other one; or those among which one has to choose. */
export type Pick =
  | { readonly kind: 'one'; readonly server: Server; readonly because: string }
  | { readonly kind: 'several'; readonly servers: readonly Server[] };

/** A client that connects somewhere, as far as it was said. */
export interface Arrival {
  readonly client: string;
  readonly port: number;
  /** The user that it logs on as. */
  readonly auth?: string;
  readonly to: readonly string[];
}

interface Listener {
  readonly server: Server;
  readonly connector: ReceiveConnector;
}

/**
 * Finds the one server that a client can mean: by the connectors that would take it, then by the MX of the recipients.
 *
 * Setup's own connectors take everybody's connection, so one that the topology writes goes before them, and one that hears
 * anonymous clients before one that wants a logon.
 */
export function pickForClient(world: World, arrival: Arrival): Pick {
  const { client, port, auth } = arrival;
  const all = listenersFor(world, arrival);
  const at = `${client} at port ${port}`;
  const written = all.filter(({ connector }) => connector.source === 'declared');
  const open = auth === undefined ? all.filter(({ connector }) => hearsAnyone(connector)) : all;
  const left = [written, open].find(({ length }) => length > 1) ?? all;
  const { servers } = world.config;
  return (
    theOne(all, `no other server has a connector for ${at}`) ??
    theOne(written, `no other server has a connector of the topology for ${at}`) ??
    theOne(open, `no other server hears ${at} without a logon`) ??
    byMx(world, arrival.to, left) ?? {
      kind: 'several',
      servers: left.length === 0 ? servers : left.map(({ server }) => server),
    }
  );
}

/** Finds the one server in whose queue mail of users can lie: a hub or mailbox server without a second one. */
export function pickForQueue({ config }: World): Pick {
  const inside = config.servers.filter(({ role }) => role === 'hub' || role === 'mailbox');
  const [only] = inside;
  return inside.length === 1 && only !== undefined
    ? { kind: 'one', server: only, because: `no other server is a ${only.role} server` }
    : { kind: 'several', servers: inside.length === 0 ? config.servers : inside };
}

/** The address of a server that a client of this address family connects to. */
export function addressFor({ addresses }: Server, client: string): string {
  const family = parseAddress(client)?.family;
  return addresses.find((own) => parseAddress(own)?.family === family) ?? addresses[0] ?? client;
}

function listenersFor(world: World, { client, port }: Arrival): readonly Listener[] {
  // A server that connects somewhere does not connect to itself.
  const others = world.config.servers.filter(({ addresses }) => !isAmong(addresses, client));
  return others.flatMap((server) => {
    const { chosen } = chooseReceiveConnector(world.table, {
      server: server.name,
      localAddress: addressFor(server, client),
      localPort: port,
      clientAddress: client,
    });
    return chosen === undefined ? [] : [{ server, connector: chosen.connector }];
  });
}

function hearsAnyone({ permissionGroups, source }: ReceiveConnector): boolean {
  return source === 'declared' || permissionGroups.includes('AnonymousUsers');
}

function theOne([first, ...others]: readonly Listener[], because: string): Pick | undefined {
  return first === undefined || others.length > 0
    ? undefined
    : { kind: 'one', server: first.server, because };
}

/** The server that the mail hosts of all recipients are, by the facts of `dns`. */
function byMx(world: World, to: readonly string[], among: readonly Listener[]): Pick | undefined {
  const hosts = to.map((path) => domainOfPath(world.config, path)).map((domain) => mxOf(world, domain));
  const meant = among.filter(({ server }) =>
    hosts.every(({ addresses }) => addresses.some((one) => isAmong(server.addresses, one))),
  );
  const [first] = hosts;
  return first === undefined ? undefined : theOne(meant, `the MX of ${first.domain} is no other server`);
}

function mxOf(
  { config }: World,
  domain: string,
): { readonly domain: string; readonly addresses: readonly string[] } {
  const factOf = (name: string): (typeof config.dns)[number] | undefined =>
    config.dns.find((fact) => (asciiDomain(fact.name) ?? fact.name) === (asciiDomain(name) ?? name));
  const mx = factOf(domain)?.mx ?? [];
  const best = Math.min(...mx.map(([preference]) => preference));
  const names = mx.filter(([preference]) => preference === best).map(([, host]) => host);
  const addresses = names.flatMap((name) => [...(factOf(name)?.a ?? []), ...(factOf(name)?.aaaa ?? [])]);
  return { domain, addresses };
}

function isAmong(addresses: readonly string[], address: string): boolean {
  return addresses.some((own) => sameAddress(own, address));
}
