import { parseAddress, isWildcard } from '../../runtime/decide/address.ts';
import type { Endpoint, Server } from '../../runtime/config.ts';
import { mailboxKey } from '../../runtime/users/mailbox-key.ts';
import { nearest } from '../base/nearest.ts';
import { parseTcpBinding, printTcpBinding } from '../mail/tcp-binding.ts';
import { printIpAddress } from '../mail/ip-address.ts';
import { certificateOf } from './departure.ts';
import type { ClientCertificate, ClientSession, ClientTls } from './scenario.ts';
import { serverNamed, type World } from './world.ts';
import { Faulty, quoted, requireLine, sameWord, type WrittenScenario } from './written-scenario.ts';

/** Reads a certificate from a file; undefined where there is no such file. */
export type ReadCertificate = (path: string) => ClientCertificate | { readonly fault: string } | undefined;

export function theServer(world: World, name: string | undefined, role: string): Server {
  const { servers } = world.config;
  const [only] = servers;
  if (name !== undefined) {
    const server = serverNamed(world, name);
    if (server !== undefined) return server;
    const names = servers.map((one) => one.name);
    const meant = nearest(name, names);
    const hint = meant === undefined ? `the servers are ${names.join(', ')}` : `did you mean "${meant}"?`;
    throw new Faulty('server', `there is no server ${quoted(name)}; ${hint}`);
  }
  if (servers.length === 1 && only) return only;
  throw new Faulty(
    'server',
    `it is not said which server ${role}; the servers are ${servers.map((one) => one.name).join(', ')}`,
  );
}

export function sessionOf(
  world: World,
  written: WrittenScenario,
  readCertificate: ReadCertificate,
): ClientSession {
  const client = clientOf(world, written.client);
  const place = placeOf(world, written, client.address);
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
  return {
    client: client.address,
    ...place,
    helo,
    greeting: 'EHLO',
    tls,
    ...(certificate && { certificate }),
    ...(auth !== undefined && { auth }),
  };
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

function placeOf(
  world: World,
  { server: name, binding }: WrittenScenario,
  client: string,
): { readonly server: string; readonly binding: Endpoint } {
  const port = /^:?(\d{1,5})$/.exec(binding ?? ':25')?.[1];
  if (port !== undefined) {
    if (Number(port) < 1 || Number(port) > 65_535) throw new Faulty('binding', `${quoted(port)} is no port`);
    const server = theServer(world, name, 'the client connects to');
    return { server: server.name, binding: { address: addressFor(server, client), port: Number(port) } };
  }
  const parsed = parseTcpBinding(binding ?? '');
  if (parsed === undefined)
    throw new Faulty('binding', `${quoted(binding ?? '')} is no address and port such as 192.0.2.25:25`);
  const address = printIpAddress(parsed.address);
  const owner = world.config.servers.find(({ addresses }) => addresses.includes(address));
  const server =
    name === undefined && owner ? owner : theServer(world, name, `has ${printTcpBinding(parsed)}`);
  return {
    server: server.name,
    binding: { address: isWildcard(address) ? addressFor(server, client) : address, port: parsed.port },
  };
}

function addressFor({ addresses }: Server, client: string): string {
  const family = parseAddress(client)?.family;
  return addresses.find((own) => parseAddress(own)?.family === family) ?? addresses[0] ?? client;
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
