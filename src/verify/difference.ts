import type { Endpoint, ReceiveConnector, Server } from '../../runtime/config.ts';
import { chooseReceiveConnector, receiveConnectorTable } from '../../runtime/decide/receive-connector.ts';
import { printIpAddress } from '../mail/ip-address.ts';
import type { IpInterval } from '../mail/ip-ranges.ts';
import { endpointText } from '../trace/endpoint-text.ts';
import { serverNamed, type World } from '../trace/world.ts';
import { Behaviours, notAtAll, type Behaviour } from './behaviour.ts';
import { grouped, split, type Change, type Single } from './changes.ts';
import { domainClasses, endpointsOf, piecesFor } from './classes.ts';

/** Compares what two topologies do, whatever they look like. */
export async function compareBehaviour(before: World, after: World): Promise<readonly Change[]> {
  const domains = [...new Set([...domainClasses(before), ...domainClasses(after)])];
  const sides = {
    before: { world: before, asked: new Behaviours(before, domains) },
    after: { world: after, asked: new Behaviours(after, domains) },
  };
  return grouped([...(await clientDifferences(sides)), ...(await mailDifferences(sides, domains))]);
}

interface Side {
  readonly world: World;
  readonly asked: Behaviours;
}

interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** A server as both topologies have it; one of them may lack it. */
function serverNames({ before, after }: Sides): readonly string[] {
  const names = [...before.world.config.servers, ...after.world.config.servers].map(({ name }) => name);
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

function connectorsOn({ world }: Side, server: Server | undefined): readonly ReceiveConnector[] {
  return world.config.receiveConnectors.filter((one) => one.server === server?.name && one.enabled);
}

async function clientDifferences(sides: Sides): Promise<readonly Single[]> {
  const found: Single[] = [];
  for (const name of serverNames(sides)) {
    const [old, young] = [sides.before, sides.after].map((side) => {
      const server = serverNamed(side.world, name);
      const connectors = connectorsOn(side, server);
      return { side, server, connectors, table: receiveConnectorTable(connectors) };
    });
    if (old === undefined || young === undefined) continue;
    const endpoints = new Map(
      [old, young]
        .flatMap(({ server, connectors }) => (server ? endpointsOf(server, connectors) : []))
        .map((endpoint) => [endpointText(endpoint), endpoint] as const),
    );
    for (const [text, endpoint] of endpoints) {
      for (const piece of piecesFor([...old.connectors, ...young.connectors], endpoint)) {
        const behaviours: Behaviour[] = [];
        for (const { side, server, table } of [old, young])
          behaviours.push(await behaviourAt(side, server, table, endpoint, piece));
        const [before = nobody, after = nobody] = behaviours;
        found.push(
          ...differing(before, after).map((one): Single => ({
            ...split(one),
            about: 'clients',
            addresses: piece,
            place: `${name} at ${text}`,
          })),
        );
      }
    }
  }
  return found;
}

const nobody: Behaviour = new Map([['taken', notAtAll]]);

async function behaviourAt(
  { asked }: Side,
  server: Server | undefined,
  table: ReturnType<typeof receiveConnectorTable>,
  endpoint: Endpoint,
  piece: IpInterval,
): Promise<Behaviour> {
  if (server === undefined) return nobody;
  const { chosen } = chooseReceiveConnector(table, {
    server: server.name,
    localAddress: endpoint.address,
    localPort: endpoint.port,
    clientAddress: printIpAddress({ family: piece.family, value: piece.first }),
  });
  if (chosen === undefined) return nobody;
  return asked.ofClients({ server, endpoint, connector: chosen.connector, addresses: [piece] });
}

/** Lists what differs; where nobody was or is heard, that says it all, but for relaying. */
function differing(before: Behaviour, after: Behaviour): readonly Pick<Single, 'key' | 'before' | 'after'>[] {
  const [was, is] = [before.has('taken') ? notAtAll : 'taken', after.has('taken') ? notAtAll : 'taken'];
  const keys = was === is ? [...new Set([...before.keys(), ...after.keys()])] : ['relay'];
  const changes = keys.flatMap((key) => {
    const [one, other] = [before.get(key) ?? notAtAll, after.get(key) ?? notAtAll];
    return one === other ? [] : [{ key, before: one, after: other }];
  });
  return was === is ? changes : [{ key: 'taken', before: was, after: is }, ...changes];
}

async function mailDifferences(
  { before, after }: Sides,
  domains: readonly string[],
): Promise<readonly Single[]> {
  const found: Single[] = [];
  for (const server of after.world.config.servers) {
    const old = serverNamed(before.world, server.name);
    if (old === undefined) continue;
    for (const domain of domains) {
      const [one, other] = [await before.asked.ofMail(old, domain), await after.asked.ofMail(server, domain)];
      const keys = [...new Set([...one.keys(), ...other.keys()])].filter(
        (key) => one.has(key) && other.has(key),
      );
      for (const key of keys) {
        const [was = '', is = ''] = [one.get(key), other.get(key)];
        if (was !== is)
          found.push({ about: 'mail', key, before: was, after: is, place: server.name, domain });
      }
    }
  }
  return found;
}
