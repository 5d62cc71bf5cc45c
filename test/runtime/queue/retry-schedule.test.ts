import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideByAge, queueRetryDelay, type AgeDecision } from '../../../runtime/queue/retry-schedule.ts';
import { hubIntervals } from '../../support/transport-config.ts';

const edge = {
  ...hubIntervals,
  transientFailureRetryInterval: 600,
  outboundConnectionFailureRetryInterval: 1800,
};
const eager = { ...hubIntervals, queueGlitchRetryCount: 0, transientFailureRetryCount: 1 };

/** Seconds after the first, second … failure; the documented clocks of hub and Edge servers come first. */
const schedules = [
  { title: 'hub', intervals: hubIntervals, delays: [60, 60, 60, 60, 300, 300, 300, 300, 300, 300, 600, 600] },
  { title: 'Edge', intervals: edge, delays: [60, 60, 60, 60, 600, 600, 600, 600, 600, 600, 1800, 1800] },
  { title: 'without glitches', intervals: eager, delays: [300, 600, 600] },
];

for (const { title, intervals, delays } of schedules) {
  test(`retry schedule: ${title}`, () => {
    assert.deepEqual(
      delays.map((_, index) => queueRetryDelay(intervals, index + 1)),
      delays,
    );
  });
}

const ages: readonly { hours: number; decision: AgeDecision }[] = [
  { hours: 0, decision: 'wait' },
  { hours: 3.99, decision: 'wait' },
  { hours: 4, decision: 'tell of delay' },
  { hours: 47.99, decision: 'tell of delay' },
  { hours: 48, decision: 'expire' },
  { hours: 1000, decision: 'expire' },
];

for (const { hours, decision } of ages) {
  test(`retry schedule: a message of ${hours} hours: ${decision}`, () => {
    assert.equal(decideByAge(hubIntervals, hours * 3_600_000), decision);
  });
}
