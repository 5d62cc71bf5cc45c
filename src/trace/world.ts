import type { Dialect, ReceiveConnector, Server, TransportConfig } from '../../runtime/config.ts';
import { noNameServer, withFacts, type NameServer } from '../../runtime/client/name-facts.ts';
import {
  setupCertificate,
  type CertificateCandidate,
  type CertificateFacts,
} from '../../runtime/decide/certificate.ts';
import { domainSecureList, type DomainSecureList } from '../../runtime/decide/inbound-security.ts';
import { receiveConnectorTable, type ReceiveConnectorTable } from '../../runtime/decide/receive-connector.ts';
import { makeReceivers, type Receiver } from '../../runtime/server/receiver.ts';
import type { Speaker } from '../../runtime/server/reply.ts';
import type { Users } from '../../runtime/users/logon.ts';
import type { PlannedPartner } from '../plan/step.ts';

/** What a world is made of. */
export interface WorldParts {
  readonly config: TransportConfig;
  readonly partners: readonly PlannedPartner[];
  /** What the files of certificates say, by the names that the topology gives them; those that could be read. */
  readonly facts: ReadonlyMap<string, CertificateFacts>;
  /** Unit: milliseconds since 1970. */
  readonly now: number;
  /** Whose replies the servers give; Exchange's where absent. */
  readonly dialect?: Dialect;
}

/** A topology, prepared so that many questions can be asked about it. */
export interface World extends WorldParts {
  readonly table: ReceiveConnectorTable;
  readonly receivers: ReadonlyMap<ReceiveConnector, Receiver>;
  /** The same where there are users who may log on. */
  readonly receiversWithUsers: ReadonlyMap<ReceiveConnector, Receiver>;
  readonly sendList: DomainSecureList;
  /** Knows what `dns` says and asks nobody. */
  readonly names: NameServer;
  /** What a connector of a server may choose a certificate from. */
  certificatesFor(server: Server): readonly CertificateCandidate[];
}

/** Stands for the users of a server, whom no topology names; who logs on in a trace knows the password. */
const someUsers: Users = { isEmpty: false, logOn: () => Promise.resolve({ kind: 'wrong' }) };

/** Prepares a topology for questions. */
export function makeWorld(parts: WorldParts): World {
  const { config, facts, now, dialect } = parts;
  const serverNames = config.servers.map(({ name }) => name);
  const declared = config.certificates.map((certificate): CertificateCandidate => {
    const read = facts.get(certificate.name);
    return { certificate, ...(read && { facts: read }) };
  });
  // The rest goes by the servers as they are: where they stand in the topology is found by the object itself.
  const speaking =
    dialect === undefined
      ? config
      : { ...config, servers: config.servers.map((server) => ({ ...server, dialect })) };
  return {
    ...parts,
    table: receiveConnectorTable(config.receiveConnectors),
    receivers: makeReceivers(speaking, serverNames, () => now),
    receiversWithUsers: makeReceivers(speaking, serverNames, () => now, { users: someUsers }),
    sendList: domainSecureList(config.tlsSendDomainSecureList, config.partners),
    names: withFacts(config.dns, noNameServer),
    certificatesFor: (server) => [...declared, { certificate: setupCertificate(server) }],
  };
}

/** The same topology with servers that give these replies, as the bundle does with `--dialect`. */
export function inDialect(world: World, dialect: Dialect | undefined): World {
  return dialect === undefined || dialect === world.dialect ? world : makeWorld({ ...world, dialect });
}

/** The same topology on a day on which every certificate that could be read is in date. */
export function allInDate(world: World): World {
  const facts = new Map(
    [...world.facts].map(([name, one]) => [name, { ...one, notAfter: Infinity }] as const),
  );
  return makeWorld({
    ...world,
    facts,
    now: Math.max(0, ...[...facts.values()].map(({ notBefore }) => notBefore)),
  });
}

/** A server with the dialect that it speaks in this world. */
export function speakerIn({ dialect }: World, { exchangeVersion }: Server): Speaker {
  return { exchangeVersion, ...(dialect && { dialect }) };
}

/** Finds a server by its name, without regard to case. */
export function serverNamed({ config }: World, name: string): Server | undefined {
  return config.servers.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
