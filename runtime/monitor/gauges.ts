import type { Pressure } from '../message.ts';
import type { QueueCounts } from '../queue/server-queue.ts';
import type { HopState } from '../queue/hop-queues.ts';
import type { CertificateEnd } from './certificate-ends.ts';
import type { Family, Labels } from './metrics-text.ts';

/** How things stand at one moment. */
export interface Standing {
  readonly servers: readonly {
    readonly server: string;
    readonly pressure: Pressure;
    readonly counts: QueueCounts;
    readonly hops: readonly HopState[];
  }[];
  readonly sessions: readonly {
    readonly server: string;
    readonly connector: string;
    readonly count: number;
  }[];
  /** Connections to other servers. */
  readonly outgoing: number;
  readonly certificates: readonly CertificateEnd[];
  /** Unit: milliseconds since 1970. */
  readonly now: number;
}

/** So many next hops of a server are told one by one, the longest queues first. */
const mostHops = 500;
const dayLength = 86_400_000;
const pressures: readonly Pressure[] = ['normal', 'medium', 'high'];

/** Makes gauges of how things stand. */
export function gauges({ servers, sessions, outgoing, certificates, now }: Standing): readonly Family[] {
  const perServer = (value: (of: Standing['servers'][number]) => number): Family['samples'] =>
    servers.map((of) => ({ labels: { server: of.server }, value: value(of) }));
  const gauge = (name: string, help: string, samples: Family['samples']): Family => ({
    name,
    type: 'gauge',
    help,
    samples,
  });
  const known = certificates.flatMap(({ notAfter, ...labels }) =>
    notAfter === undefined ? [] : [{ labels, value: Math.floor(((notAfter - now) / dayLength) * 100) / 100 }],
  );
  const missing = certificates.flatMap(({ notAfter, ...labels }) =>
    notAfter === undefined ? [{ labels, value: 1 }] : [],
  );
  return [
    gauge(
      'mailtopo_held_messages',
      'Messages in the queue of a server.',
      perServer(({ counts }) => counts.messages),
    ),
    gauge(
      'mailtopo_unreachable_messages',
      'Messages with a recipient that no connector leads to.',
      perServer(({ counts }) => counts.unreachable),
    ),
    gauge(
      'mailtopo_poison_messages',
      'Messages that are set aside as poison.',
      perServer(({ counts }) => counts.poison),
    ),
    gauge(
      'mailtopo_queue_length',
      'Messages that wait for a next hop, by what it does.',
      servers.flatMap(hopSamples),
    ),
    gauge(
      'mailtopo_sessions',
      'SMTP sessions of clients, by Receive connector.',
      sessions.map(({ server, connector, count }) => ({ labels: { server, connector }, value: count })),
    ),
    gauge('mailtopo_outgoing_sessions', 'Sessions to next hops, those kept open among them.', [
      { labels: {}, value: outgoing },
    ]),
    gauge(
      'mailtopo_back_pressure',
      'Back pressure: 0 normal, 1 medium, 2 high.',
      perServer(({ pressure }) => pressures.indexOf(pressure)),
    ),
    gauge('mailtopo_certificate_days_left', 'Days until the certificate of a connector runs out.', known),
    gauge(
      'mailtopo_certificate_missing',
      'Connectors that need a certificate and have none that fits.',
      missing,
    ),
  ];
}

function hopSamples({ server, hops }: Standing['servers'][number]): Family['samples'] {
  const sorted = [...hops].sort((one, other) => other.length - one.length);
  const sample = (labels: Labels, value: number): Family['samples'][number] => ({ labels, value });
  const told = sorted
    .slice(0, mostHops)
    .map(({ queue, state, length }) => sample({ server, queue, state }, length));
  const rest = sorted.slice(mostHops);
  if (rest.length === 0) return told;
  const sum = rest.reduce((all, { length }) => all + length, 0);
  return [...told, sample({ server, queue: 'all others', state: 'any' }, sum)];
}
