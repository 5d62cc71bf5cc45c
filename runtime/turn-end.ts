let waiting: (() => void)[] = [];

/**
 * Runs something once all that lies ready in this turn of the event loop has been looked at.
 *
 * What several steps of a turn have to say to one socket goes in one write, and the writes of all sockets follow each other:
 * a system call costs more than most of what is done between two, above all where it wakes somebody.
 */
export function atTurnEnd(run: () => void): void {
  if (waiting.push(run) === 1) setImmediate(runAll);
}

function runAll(): void {
  const all = waiting;
  waiting = [];
  for (const run of all) run();
}
