import { oncePer } from '../base/once-per.ts';
import type { Span } from '../base/span.ts';
import { parseIpAddress, type IpAddress } from '../mail/ip-address.ts';
import { parseSmtpDomain } from '../mail/smtp-domain.ts';
import { serversOf } from '../model/connector-servers.ts';
import type { SendConnector, Server, Topology } from '../model/topology.ts';

/** A Send connector that hands mail to a server of the same topology. */
export interface OwnHop {
  readonly connector: SendConnector;
  readonly target: Server;
  /** What leads there: the smart host, or the address space whose MX the file declares. */
  readonly at: Span;
}

/**
 * Finds the enabled connectors that lead to servers of ours: by a smart host that is an address or the name of one, or by
 * DNS as far as `dns` declares it.
 *
 * A name that `dns` does not have is that of the server with this FQDN, or of the only one whose connectors announce it.
 */
export const ownHops: (topology: Topology) => readonly OwnHop[] = oncePer((topology: Topology) => {
  const resolve = resolverOf(topology);
  return topology.sendConnectors
    .filter(({ enabled }) => enabled.value)
    .flatMap((connector) => hopsOf(connector, resolve));
});

/** Finds the server of a topology that has an address, written as text. */
export function serverWithAddress(topology: Topology): (address: string) => Server | undefined {
  const byAddress = serversByAddress(topology);
  return (text) => {
    const address = parseIpAddress(text);
    return address && byAddress.get(keyOf(address));
  };
}

function serversByAddress({ servers }: Topology): ReadonlyMap<string, Server> {
  const byAddress = new Map<string, Server>();
  for (const server of servers) {
    for (const { parsed } of server.addresses)
      if (parsed) byAddress.set(keyOf({ family: parsed.family, value: parsed.first }), server);
  }
  return byAddress;
}

type Resolve = (name: string) => readonly Server[];

function hopsOf(connector: SendConnector, resolve: Resolve): readonly OwnHop[] {
  const byName = connector.smartHosts.flatMap(({ parsed, at }) => {
    if (parsed === undefined) return [];
    const name = parsed.kind === 'fqdn' ? parsed.domain.ascii : keyOf(parsed.address);
    return resolve(name).map((target) => ({ connector, target, at }));
  });
  if (byName.length > 0 || connector.smartHosts.length > 0 || !connector.dnsRoutingEnabled.value)
    return byName;
  return connector.addressSpaces.flatMap(({ parsed, at }) => {
    const isDomain = parsed?.kind === 'smtp' && parsed.pattern.kind === 'domain';
    if (!isDomain) return [];
    const { ascii } = parsed.pattern.domain;
    // Without a declared MX, that a domain is called like a server of ours is no sign that its mail comes here.
    return resolve(`mx ${ascii}`).map((target) => ({ connector, target, at }));
  });
}

function resolverOf(topology: Topology): Resolve {
  const { servers, dns } = topology;
  const byAddress = serversByAddress(topology);
  const byFqdn = new Map(servers.map((server) => [asciiOf(server.fqdn.value), server]));
  const announcers = announcersOf(topology);
  const facts = new Map(dns.map((fact) => [asciiOf(fact.name.value), fact]));
  const ofHost = (name: string): readonly Server[] => {
    const fact = facts.get(name);
    if (fact) return addressed([...fact.a, ...fact.aaaa], byAddress);
    const server = byAddress.get(name) ?? byFqdn.get(name);
    if (server) return [server];
    const those = announcers.get(name);
    return those?.size === 1 ? [...those] : [];
  };
  return (name) => {
    const domain = name.startsWith('mx ') ? name.slice('mx '.length) : name;
    const mx = facts.get(domain)?.mx ?? [];
    if (mx.length === 0) return name === domain ? ofHost(name) : [];
    // Mail comes to the hosts of the lowest preference; the others stand in.
    const best = mx.reduce((least, { preference }) => Math.min(least, preference), Infinity);
    return mx.filter(({ preference }) => preference === best).flatMap(({ host }) => ofHost(asciiOf(host)));
  };
}

function announcersOf({ receiveConnectors }: Topology): ReadonlyMap<string, ReadonlySet<Server>> {
  const announcers = new Map<string, Set<Server>>();
  for (const connector of receiveConnectors) {
    for (const server of serversOf(connector)) {
      const name = asciiOf(connector.fqdn.value);
      announcers.set(name, (announcers.get(name) ?? new Set()).add(server));
    }
  }
  return announcers;
}

function addressed(
  texts: readonly { readonly value: string }[],
  byAddress: ReadonlyMap<string, Server>,
): readonly Server[] {
  const servers = texts.flatMap(({ value }) => {
    const address = parseIpAddress(value);
    return (address && byAddress.get(keyOf(address))) ?? [];
  });
  return [...new Set(servers)];
}

function keyOf({ family, value }: IpAddress): string {
  return `${family} ${value}`;
}

function asciiOf(name: string): string {
  return parseSmtpDomain(name)?.ascii ?? name.toLowerCase();
}
