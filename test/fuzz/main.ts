import { parseArgs } from 'node:util';
import fc from 'fast-check';

import { checkClientBytes, checkMessageBytes, checkServerBytes } from './properties.ts';
import { clientBytes, messageBytes, serverBytes } from './transcripts.ts';

/*
 * The long form of the fuzz test: a million of each kind. What fails is told with its seed, and
 * `node dist/test/fuzz/main.js --seed N --runs 500` meets it again.
 */

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
});
const runs = Number(values.runs);
const firstSeed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
const batch = 500;
/** Of so many transcripts one is cut at each of its boundaries in turn, which is a hundred sessions and more. */
const thorough = 1000;

async function fuzz<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  check: (some: readonly T[]) => Promise<void> | void,
): Promise<void> {
  for (let done = 0; done < runs; done += batch) {
    const seed = firstSeed + done / batch;
    const some = fc.sample(arbitrary, { numRuns: Math.min(batch, runs - done), seed });
    try {
      await check(some);
    } catch (thrown) {
      console.log(`not ok: ${name}, seed ${seed}`);
      throw thrown;
    }
    if ((done + batch) % 100_000 === 0) console.log(`${name}: ${done + batch}`);
  }
  console.log(`${name}: ${runs} done`);
}

await fuzz('answers of a server', serverBytes, (some) => some.forEach(checkServerBytes));
await fuzz('messages', messageBytes, (some) => some.forEach(checkMessageBytes));
await fuzz('what clients say', clientBytes, async (some) => {
  await checkClientBytes(some, 'every octet');
  await checkClientBytes(
    some.filter((_, at) => at % thorough === 0),
    'every boundary',
  );
});
