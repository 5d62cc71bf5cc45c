/**
 * Proves that a trace and the bundle cannot disagree: random topologies, one session each, both asked the same.
 *
 * `--long` takes 1,000 of them and otherwise 100; `--seed N` repeats a run.
 */
import fc from 'fast-check';
import { agree } from './agree.ts';
import { designs } from './design.ts';
import { makePool } from './pool.ts';

function optionOf(name: string): number | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : Number(process.argv[at + 1]);
}

/** What must have happened in a run of such a length, so that no part of it is empty. */
const always = [/^accepted$/, /^rejected 4/, /^rejected 5/, /^delivered/];
const inLongRuns = [/^arrives over TLS/, /^arrives over no TLS/, /^waits/, /^returned/, /after [1-9] hops/];

const numRuns = optionOf('--runs') ?? (process.argv.includes('--long') ? 1000 : 100);
const seed = optionOf('--seed') ?? Date.now() % 2 ** 31;
const counts = new Map<string, number>();
const pool = await makePool();
const started = Date.now();
try {
  await fc.assert(
    fc.asyncProperty(designs, async (design) => {
      for (const word of await agree(design, pool)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }),
    { numRuns, seed, endOnFailure: true },
  );
  const words = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [word, count] of words) console.log(`${String(count).padStart(6)}  ${word}`);
  const wanted = numRuns >= 1000 ? [...always, ...inLongRuns] : always;
  const empty = wanted.filter((pattern) => !words.some(([word]) => pattern.test(word)));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${numRuns} topologies with a session each in ${seconds} s, seed ${seed}: trace and bundle agree`,
  );
  if (empty.length > 0) {
    console.log(`but nothing came out as ${empty.map(String).join(', ')}`);
    process.exitCode = 1;
  }
} catch (thrown) {
  console.log(thrown instanceof Error ? thrown.message : thrown);
  if (thrown instanceof Error && thrown.cause instanceof Error) console.log(thrown.cause.message);
  console.log(`seed ${seed}`);
  process.exitCode = 1;
} finally {
  pool.close();
}
