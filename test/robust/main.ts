import { parseArgs } from 'node:util';
import { inputs } from './inputs.ts';

/*
 * The long form of the robustness test. What fails is told with its seed, and
 * `node dist/test/robust/main.js --seed N --runs 500` meets it again.
 */

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' } },
});
const firstSeed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
const batch = 500;

for (const { title, share, check } of inputs) {
  const runs = Math.ceil(Number(values.runs) * share);
  for (let done = 0; done < runs; done += batch) {
    const seed = firstSeed + done / batch;
    try {
      check({ numRuns: Math.min(batch, runs - done), seed });
    } catch (thrown) {
      console.log(`not ok: ${title}, seed ${seed}`);
      throw thrown;
    }
  }
  console.log(`${title}: ${runs} done from seed ${firstSeed}`);
}
