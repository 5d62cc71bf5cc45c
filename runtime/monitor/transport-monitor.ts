import type { IncomingMessage } from 'node:http';

import type { Clock } from '../clock.ts';
import type { Endpoint } from '../config.ts';
import type { RunningQueue } from '../queue/queue.ts';
import type { Renewal, RunningServer } from '../server/server.ts';
import type { Answer } from './answer.ts';
import type { Viewed } from '../viewer/viewed.ts';
import { certificateEnds, type CertificateEnd } from './certificate-ends.ts';
import type { Counters } from './counters.ts';
import { gauges } from './gauges.ts';
import type { Family } from './metrics-text.ts';
import { openMonitor, type Monitor } from './monitor.ts';

/** What a monitor looks at. */
export interface TransportMonitorOptions {
  readonly at: Endpoint;
  readonly serverNames: readonly string[];
  /** By which topology mail is received now. */
  readonly ruling: () => Renewal;
  readonly queue: RunningQueue;
  readonly server: RunningServer;
  readonly counters: Counters;
  readonly clock: Clock;
  readonly isStopping: () => boolean;
  /** Absent where there is no Queue Viewer. */
  readonly viewer?: ViewerOptions;
}

/** What the Queue Viewer needs besides. */
export interface ViewerOptions extends Pick<Viewed, 'errors' | 'gate' | 'log'> {
  readonly answer: (viewed: Viewed, request: IncomingMessage) => Promise<Answer | undefined>;
}

/** Opens the monitor of a transport. Fails: rejects with StartFailure where it cannot listen. */
export function openTransportMonitor(options: TransportMonitorOptions): Promise<Monitor> {
  const { at, serverNames, queue, server, counters, clock, ruling, isStopping, viewer } = options;
  const certificates = (now: number): readonly CertificateEnd[] =>
    certificateEnds({ ...ruling(), serverNames }, now);
  const pressures = (): readonly string[] =>
    serverNames.flatMap((name) => {
      const { pressure } = queue.spool(name);
      return pressure === 'normal' ? [] : [`${name}: back pressure is ${pressure}`];
    });
  const viewed: Viewed | undefined = viewer && {
    ...viewer,
    serverNames,
    queue,
    server,
    clock,
    config: () => ruling().config,
    certificates: () => certificates(clock.now()),
  };
  return openMonitor({
    at,
    ...(viewer && viewed && { pages: (request) => viewer.answer(viewed, request) }),
    ...(viewer && { onFault: (thrown) => viewer.log('error', 'viewer failed', { reason: String(thrown) }) }),
    whyNotReady: () => [...(isStopping() ? ['stopping'] : []), ...pressures()],
    metrics() {
      const [counts, hops, now] = [queue.counts(), queue.hops(), clock.now()];
      const servers = [...counts].map(([name, held]) => ({
        server: name,
        pressure: queue.spool(name).pressure,
        counts: held,
        hops: hops.get(name) ?? [],
      }));
      const standing = { servers, sessions: server.sessions(), outgoing: queue.sessions(), now };
      return [
        ...counters.families(),
        ...gauges({ ...standing, certificates: certificates(now) }),
        ...processFamilies(),
      ];
    },
  });
}

/** Of the process, under the names that Prometheus' own clients use. */
function processFamilies(): readonly Family[] {
  const { user, system } = process.cpuUsage();
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    type: 'gauge',
    help,
    samples: [{ labels: {}, value }],
  });
  return [
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time spent.',
      samples: [{ labels: {}, value: (user + system) / 1_000_000 }],
    },
    gauge('process_resident_memory_bytes', 'Memory in use.', process.memoryUsage.rss()),
    gauge(
      'process_start_time_seconds',
      'When the process started, in seconds since 1970.',
      Math.round(performance.timeOrigin / 1000),
    ),
  ];
}
