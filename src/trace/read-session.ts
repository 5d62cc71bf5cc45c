import { parseAddress, isWildcard } from '../../runtime/decide/address.ts';
import type { Endpoint, Server } from '../../runtime/config.ts';
import { mailboxKey } from '../../runtime/users/mailbox-key.ts';
import { nearest } from '../base/nearest.ts';
import { parseTcpBinding, printTcpBinding } from '../mail/tcp-binding.ts';
import { printIpAddress } from '../mail/ip-address.ts';
import { certificateOf } from './departure.ts';
import type { ClientCertificate, ClientSession, ClientTls } from './scenario.ts';
import { addressFor, pickForClient, type Pick } from './pick-server.ts';
import { serverNamed, type World } from './world.ts';
import { Faulty, quoted, requireLine, sameWord, type WrittenScenario } from './written-scenario.ts';

/** Reads a certificate from a file; undefined where there is no such file. */
export type ReadCertificate = (path: string) => ClientCertificate | { readonly fault: string } | undefined;

/** A server, and why it is that one where nobody said so. */
export interface Picked {
  readonly server: Server;
  readonly because?: string;
}

/** Finds the server that is named; where none is, the only one, or the one that it can be. */
export function theServer(world: World, name: string | undefined, role: string, pick: () => Pick): Picked {
  const { servers } = world.config;
  const [only] = servers;
  if (name !== undefined) {
    const server = serverNamed(world, name);
    if (server !== undefined) return { server };
    const names = servers.map((one) => one.name);
    const meant = nearest(name, names);
    const hint = meant === undefined ? `the servers are ${names.join(', ')}` : `did you mean "${meant}"?`;
    throw new Faulty('server', `there is no server ${quoted(name)}; ${hint}`);
  }
  if (servers.length === 1 && only) return { server: only };
  const picked = pick();
  if (picked.kind === 'one') return picked;
  const names = picked.servers.map((one) => one.name).join(', ');
  const among = picked.servers.length < servers.length ? 'it may be one of' : 'the servers are';
  throw new Faulty('server', `it is not said which server ${role}; ${among} ${names}`);
}

/** A session as it was asked for, and why it is with that server where nobody said so. */
export interface ReadSession {
  readonly session: ClientSession;
  readonly because?: string;
}

export function sessionOf(
  world: World,
  written: WrittenScenario,
  readCertificate: ReadCertificate,
): ReadSession {
  const client = clientOf(world, written.client);
  const { because, ...place } = placeOf(world, written, client.address);
  const certificate =
    written.clientCertificate === undefined
      ? written.tls === 'mutual'
        ? client.certificate
        : undefined
      : namedCertificate(world, written.clientCertificate, readCertificate);
  const tls = tlsOf(written.tls, certificate);
  const helo = written.helo ?? `[${client.address.includes(':') ? 'IPv6:' : ''}${client.address}]`;
  requireLine('helo', helo);
  const { auth } = written;
  if (auth !== undefined && mailboxKey(auth) === undefined)
    throw new Faulty('auth', `${quoted(auth)} is no address of a user`);
  const session: ClientSession = {
    client: client.address,
    ...place,
    helo,
    greeting: 'EHLO',
    tls,
    ...(certificate && { certificate }),
    ...(auth !== undefined && { auth }),
  };
  return { session, ...(because !== undefined && { because }) };
}

interface Client {
  readonly address: string;
  /** What the topology declares that this client shows. */
  readonly certificate?: ClientCertificate;
}

/** A client is an address, or a partner or server of the topology, which stands for its first address. */
function clientOf(world: World, written: string | undefined): Client {
  if (written === undefined) throw new Faulty('client', 'a session needs the address of the client');
  if (parseAddress(written) !== undefined) return { address: written };
  const partner = world.partners.find(({ name }) => sameWord(name, written));
  const first = partner?.addresses[0]?.first;
  if (partner !== undefined && first !== undefined) {
    const certificate = certificateOf(partner);
    return { address: first, ...(certificate && { certificate }) };
  }
  const server = serverNamed(world, written);
  const own = server?.addresses[0];
  if (server !== undefined && own !== undefined)
    return { address: own, certificate: { kind: 'server', name: server.name } };
  throw new Faulty(
    'client',
    `${quoted(written)} is no address, and no partner or server of the topology that has one`,
  );
}

interface Place {
  readonly server: string;
  readonly binding: Endpoint;
  readonly because?: string;
}

function placeOf(world: World, written: WrittenScenario, client: string): Place {
  const { server: name, binding, auth, to = [] } = written;
  const pickFor = (port: number) => (): Pick =>
    pickForClient(world, { client, port, to, ...(auth !== undefined && { auth }) });
  const port = /^:?(\d{1,5})$/.exec(binding ?? ':25')?.[1];
  if (port !== undefined) {
    if (Number(port) < 1 || Number(port) > 65_535) throw new Faulty('binding', `${quoted(port)} is no port`);
    const picked = theServer(world, name, 'the client connects to', pickFor(Number(port)));
    return placeAt(picked, { address: addressFor(picked.server, client), port: Number(port) });
  }
  const parsed = parseTcpBinding(binding ?? '');
  if (parsed === undefined)
    throw new Faulty('binding', `${quoted(binding ?? '')} is no address and port such as 192.0.2.25:25`);
  const address = printIpAddress(parsed.address);
  const owner = world.config.servers.find(({ addresses }) => addresses.includes(address));
  const pick = isWildcard(address)
    ? pickFor(parsed.port)
    : (): Pick => ({ kind: 'several', servers: world.config.servers });
  const picked =
    name === undefined && owner
      ? { server: owner }
      : theServer(world, name, `has ${printTcpBinding(parsed)}`, pick);
  const local = isWildcard(address) ? addressFor(picked.server, client) : address;
  return placeAt(picked, { address: local, port: parsed.port });
}

function placeAt({ server, because }: Picked, binding: Endpoint): Place {
  return { server: server.name, binding, ...(because !== undefined && { because }) };
}

function namedCertificate(
  world: World,
  written: string,
  readCertificate: ReadCertificate,
): ClientCertificate {
  const partner = world.partners.find(({ name }) => sameWord(name, written));
  if (partner !== undefined) {
    const certificate = certificateOf(partner);
    if (certificate !== undefined) return certificate;
    throw new Faulty(
      'clientCertificate',
      `the topology declares no certificate of partner ${quoted(written)}`,
    );
  }
  const server = serverNamed(world, written);
  if (server !== undefined) return { kind: 'server', name: server.name };
  const own = world.config.certificates.find(({ name }) => sameWord(name, written));
  if (own !== undefined) return { ...own, kind: 'declared' };
  const read = readCertificate(written);
  if (read === undefined)
    throw new Faulty(
      'clientCertificate',
      `${quoted(written)} is no partner, no server, no certificate and no file`,
    );
  if ('fault' in read) throw new Faulty('clientCertificate', `${quoted(written)}: ${read.fault}`);
  return read;
}

function tlsOf(written: string | undefined, certificate: ClientCertificate | undefined): ClientTls {
  const tls = written?.toLowerCase();
  switch (tls) {
    case undefined:
      return certificate === undefined ? 'none' : 'mutual';
    case 'none':
    case 'tls':
      if (certificate === undefined) return tls;
      throw new Faulty(
        'clientCertificate',
        `a client shows a certificate with tls mutual only, not with ${tls}`,
      );
    case 'mutual':
      if (certificate !== undefined) return tls;
      throw new Faulty('clientCertificate', 'mutual TLS needs the certificate that the client shows');
    default:
      throw new Faulty('tls', `${quoted(written ?? '')} is none of none, tls, mutual`);
  }
}
