/** Compares commands by running them in turns, for on a shared machine only what ran side by side compares. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

export interface Competitor {
  readonly name: string;
  readonly command: readonly [string, ...(readonly string[])];
  /** Exit codes other than 0 that are an answer, such as that something was found. */
  readonly answers?: readonly number[];
  readonly cwd?: string;
}

/** Unit: milliseconds; `ratio` is the median of what each run took against the first competitor's in the same round. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly ratio: number;
}

function run({ command: [program, ...args], cwd }: Competitor): SpawnSyncReturns<string> {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const done = spawnSync(program, args, { cwd, stdio: [...stdio], encoding: 'utf8' });
  if (done.error) throw done.error;
  return done;
}

/** Makes sure that each competitor reads what it is given: what it is to find fault with it does find fault with. */
export function mustFail(competitors: readonly Competitor[]): void {
  for (const competitor of competitors) {
    const { status, stdout } = run(competitor);
    if (status === 0) throw new Error(`${competitor.name} finds nothing wrong with what is wrong: ${stdout}`);
  }
}

/** Unit: milliseconds, from the start of the process to its end. */
function timeOf(competitor: Competitor): number {
  const begun = process.hrtime.bigint();
  const { status, stdout, stderr } = run(competitor);
  const taken = Number(process.hrtime.bigint() - begun) / 1e6;
  if (status !== 0 && !(competitor.answers ?? []).includes(status ?? -1))
    throw new Error(`${competitor.name} ended with ${status}: ${stderr}${stdout}`);
  return taken;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[Math.ceil(sorted.length / 2) - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs all competitors in each round, each round in another order; a first round, which warms the disk, does not count. */
export function pairedRuns(competitors: readonly Competitor[], rounds: number): readonly Measured[] {
  const taken = competitors.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const place of competitors.keys()) {
      const index = (place + Math.max(round, 0)) % competitors.length;
      const competitor = competitors[index];
      if (competitor === undefined) continue;
      const time = timeOf(competitor);
      if (round >= 0) taken[index]?.push(time);
    }
  }
  return competitors.map(({ name }, index) => {
    const own = taken[index] ?? [];
    return {
      name,
      median: median(own),
      least: Math.min(...own),
      ratio: median(own.map((time, round) => time / (taken[0]?.[round] ?? NaN))),
    };
  });
}

/** Prints a table of what was measured. */
export function printMeasured(title: string, measured: readonly Measured[]): void {
  const width = Math.max(...measured.map(({ name }) => name.length));
  console.log(`\n${title}\n${''.padEnd(width)}   median      least  ratio to the first`);
  for (const { name, median: middle, least, ratio } of measured) {
    const times = [middle, least].map((time) => `${time.toFixed(0)} ms`.padStart(9)).join('  ');
    console.log(`${name.padEnd(width)}  ${times}  ${ratio.toFixed(2).padStart(8)}`);
  }
}
