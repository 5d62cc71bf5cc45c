import type { QueueIntervals } from '../../../runtime/config.ts';
import type { PlannedServer } from '../../plan/step.ts';

const minute = 60;
const hour = 60 * minute;

/**
 * Tells how long a server waits between attempts; an Edge server, which faces the Internet, waits longer.
 *
 * Unit: seconds, except for the counts.
 * Source: EXCH Set-TransportServer, Set-TransportService; the message interval is that of the concept page, where the
 * reference of later versions says 5 minutes.
 */
export function queueIntervals({ role }: PlannedServer): QueueIntervals {
  const edge = role === 'edge';
  return {
    queueGlitchRetryCount: 4,
    queueGlitchRetryInterval: minute,
    transientFailureRetryCount: 6,
    transientFailureRetryInterval: (edge ? 10 : 5) * minute,
    outboundConnectionFailureRetryInterval: (edge ? 30 : 10) * minute,
    messageRetryInterval: 15 * minute,
    delayNotificationTimeout: 4 * hour,
    messageExpirationTimeout: 48 * hour,
  };
}
