import type { Clock } from '../clock.ts';
import type { TransportConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { CertificateEnd } from '../monitor/certificate-ends.ts';
import type { RunningQueue } from '../queue/queue.ts';
import type { RunningServer } from '../server/server.ts';
import type { RecentErrors } from './recent-errors.ts';
import type { TokenGate } from './token.ts';

/** What the viewer looks at. */
export interface Viewed {
  /** The servers that run here. */
  readonly serverNames: readonly string[];
  /** The topology by which mail is received now. */
  readonly config: () => TransportConfig;
  readonly certificates: () => readonly CertificateEnd[];
  readonly queue: RunningQueue;
  readonly server: RunningServer;
  readonly errors: RecentErrors;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent where nobody may act. */
  readonly gate?: TokenGate;
}
