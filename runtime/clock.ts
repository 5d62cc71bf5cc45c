/** Where time comes from, so that a test can hold it still. */
export interface Clock {
  /** Unit: milliseconds since 1970. */
  now(): number;
  /** Time that only ever passes, whatever becomes of the time of day. Unit: milliseconds since some moment. */
  elapsed(): number;
  /**
   * Runs something once, later; the answer calls it off. Waiting does not keep the process alive.
   * Unit: milliseconds.
   */
  after(delay: number, run: () => void): () => void;
}

/** The longest delay that a timer of Node takes; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delay, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, delay), longestDelay));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
