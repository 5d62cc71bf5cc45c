import type { Endpoint, ReceiveConnector, Server } from '../../runtime/config.ts';
import { isWildcard } from '../../runtime/decide/address.ts';
import { chooseReceiveConnector, receiveConnectorTable } from '../../runtime/decide/receive-connector.ts';
import { parseIpAddress, printIpAddress, bitsIn, type IpFamily } from '../mail/ip-address.ts';
import type { IpInterval } from '../mail/ip-ranges.ts';
import { endpointText } from '../trace/endpoint-text.ts';
import type { World } from '../trace/world.ts';

/** All clients that meet the same Receive connector at an endpoint: for every question they are one. */
export interface ClientClass {
  readonly server: Server;
  readonly endpoint: Endpoint;
  readonly connector: ReceiveConnector;
  readonly addresses: readonly IpInterval[];
}

/**
 * Divides all addresses of clients, at every endpoint of every server, by the connector that takes them.
 *
 * Between two neighbouring ends of ranges nothing can change, so one address of each such piece stands for all.
 */
export function clientClasses(world: World): readonly ClientClass[] {
  return world.config.servers.flatMap((server) => {
    const own = world.config.receiveConnectors.filter((one) => one.server === server.name && one.enabled);
    const table = receiveConnectorTable(own);
    return endpointsOf(server, own).flatMap((endpoint) => {
      const byConnector = new Map<ReceiveConnector, IpInterval[]>();
      for (const piece of piecesFor(own, endpoint)) {
        const { chosen } = chooseReceiveConnector(table, {
          server: server.name,
          localAddress: endpoint.address,
          localPort: endpoint.port,
          clientAddress: printIpAddress({ family: piece.family, value: piece.first }),
        });
        if (chosen === undefined) continue;
        const pieces = byConnector.get(chosen.connector) ?? [];
        byConnector.set(chosen.connector, pieces);
        const last = pieces.at(-1);
        if (last !== undefined && last.last + 1n === piece.first)
          pieces[pieces.length - 1] = { ...last, last: piece.last };
        else pieces.push(piece);
      }
      return [...byConnector].map(([connector, addresses]) => ({ server, endpoint, connector, addresses }));
    });
  });
}

/** Lists where a server listens; a binding of all addresses listens at each of them. */
export function endpointsOf(server: Server, connectors: readonly ReceiveConnector[]): readonly Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const { address, port } of connectors.flatMap(({ bindings }) => bindings)) {
    const family = parseIpAddress(address)?.family;
    const all = isWildcard(address)
      ? server.addresses.filter((own) => parseIpAddress(own)?.family === family)
      : [address];
    for (const one of all) found.set(endpointText({ address: one, port }), { address: one, port });
  }
  return [...found.values()];
}

/** Cuts the addresses of the endpoint's family at the ends of all ranges. */
export function piecesFor(
  connectors: readonly ReceiveConnector[],
  { address }: Endpoint,
): readonly IpInterval[] {
  const family: IpFamily = parseIpAddress(address)?.family ?? 'ipv4';
  const beyond = 1n << BigInt(bitsIn[family]);
  const cuts = new Set<bigint>([0n, beyond]);
  for (const { first, last } of connectors.flatMap(({ remoteIPRanges }) => remoteIPRanges)) {
    const [from, to] = [parseIpAddress(first), parseIpAddress(last)];
    if (from?.family !== family || to?.family !== family) continue;
    cuts.add(from.value).add(to.value + 1n);
  }
  const ordered = [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return ordered.slice(0, -1).map((first, at) => ({ family, first, last: (ordered[at + 1] ?? beyond) - 1n }));
}

/** Writes addresses as ranges, such as `10.0.7.1-10.0.7.20`. */
export function intervalText({ family, first, last }: IpInterval): string {
  const from = printIpAddress({ family, value: first });
  return first === last ? from : `${from}-${printIpAddress({ family, value: last })}`;
}

/** A domain of nobody, for everything that no pattern of the topology names. */
export const elsewhere = 'elsewhere.invalid';

/** Lists domains of which one stands for all that are treated alike: each that is named, one below it, and one of nobody. */
export function domainClasses({ config, partners }: World): readonly string[] {
  const named = [
    ...config.acceptedDomains.map(({ domain }) => domain),
    ...config.sendConnectors.flatMap(({ addressSpaces }) => addressSpaces.map(({ space }) => space)),
    ...partners.flatMap(({ domains }) => domains),
    ...config.tlsSendDomainSecureList,
    ...config.tlsReceiveDomainSecureList,
    ...config.delivery.map(({ domain }) => domain),
  ];
  return [...new Set([...named.flatMap(probesOf), elsewhere])];
}

/** The domains that stand for a pattern: itself and one below it. */
export function probesOf(pattern: string): readonly string[] {
  if (pattern === '*' || pattern === '--') return [];
  const domain = pattern.replace(/^\*\./, '');
  return [domain, `anything.${domain}`];
}
