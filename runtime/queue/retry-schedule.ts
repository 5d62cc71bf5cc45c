import type { QueueIntervals } from '../config.ts';

/**
 * How long a queue waits after its next hop could not be reached so many times in a row: soon at first, for most trouble is
 * short, then less often, then at a steady pace until the messages expire.
 *
 * Unit: seconds. Source: EXCH configure message intervals.
 */
export function queueRetryDelay(intervals: QueueIntervals, failures: number): number {
  if (failures <= intervals.queueGlitchRetryCount) return intervals.queueGlitchRetryInterval;
  const glitchesAndTransients = intervals.queueGlitchRetryCount + intervals.transientFailureRetryCount;
  if (failures <= glitchesAndTransients) return intervals.transientFailureRetryInterval;
  return intervals.outboundConnectionFailureRetryInterval;
}

/** What a message's age asks for; delays are told once, which the caller sees to. */
export type AgeDecision = 'wait' | 'tell of delay' | 'expire';

/** Decides by age. Unit: milliseconds for the age, seconds for the intervals. */
export function decideByAge(intervals: QueueIntervals, age: number): AgeDecision {
  if (age >= intervals.messageExpirationTimeout * 1000) return 'expire';
  return age >= intervals.delayNotificationTimeout * 1000 ? 'tell of delay' : 'wait';
}
