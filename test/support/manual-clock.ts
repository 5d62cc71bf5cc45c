import type { Clock } from '../../runtime/clock.ts';

/** A clock that stands still until it is moved, and then runs what has come due. */
export interface ManualClock extends Clock {
  /** Moves time on. Unit: milliseconds. */
  pass(milliseconds: number): void;
  /** Sets the time of day forward, or back, as an administrator or a time server does; no time passes. Unit: milliseconds. */
  jump(milliseconds: number): void;
}

/** Makes a clock that begins at a time. Unit: milliseconds since 1970. */
export function manualClock(start = 1_800_000_000_000): ManualClock {
  let now = start;
  let jumped = 0;
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now + jumped,
    elapsed: () => now - start,
    jump: (milliseconds) => void (jumped += milliseconds),
    after(delay, run) {
      const entry = { at: now + Math.max(0, delay), run };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
  };
}
