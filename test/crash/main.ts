import { parseArgs } from 'node:util';
import { runScenario, type Outcome } from './run-scenario.ts';
import { hop, relay } from './scenarios.ts';

/*
 * Kills the transport while mail is on its way through it, starts it again, and counts: every message that got 250 must
 * arrive, whole. It may arrive again where a kill has come between a delivery and the note of it, and not otherwise. The
 * same on a disk that refuses a part of what it is asked: short writes, ENOSPC, EIO, in writes, flushes and renames.
 *
 * npm run test:crash -- [--long] [--scenario relay]... [--messages 200] [--kills 5] [--fault-rate 2]
 */

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    messages: { type: 'string' },
    kills: { type: 'string' },
    'fault-rate': { type: 'string', default: '2' },
    scenario: { type: 'string', multiple: true },
  },
});
// A hundred kills for each way through the transport, of which each finds another state.
const { messages, kills } = values.long ? { messages: 60, kills: 100 } : { messages: 200, kills: 5 };
const faultRate = Number(values['fault-rate']);
const scenarios = [
  { name: 'relay', make: relay, faultRate: 0, kills },
  { name: 'hop', make: hop, faultRate: 0, kills },
  { name: 'relay-bad-disk', make: relay, faultRate, kills: Math.ceil(kills / 5) },
  { name: 'hop-bad-disk', make: hop, faultRate, kills: Math.ceil(kills / 5) },
];

let passed = 0;
let failed = 0;

function check(isSo: boolean, what: string): void {
  if (isSo) passed += 1;
  else {
    failed += 1;
    console.log(`not ok: ${what}`);
  }
}

function judge(name: string, sent: number, outcome: Outcome): void {
  const { accepted, arrived, lost, strange, unexplained, duplicates, allowedDuplicates } = outcome;
  const faults = [...outcome.faults.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `${name}: ${outcome.kills} kills, ${faults} faults; ${accepted} accepted, ${arrived} arrived, ` +
      `${lost.length} lost, ${duplicates} duplicates of at most ${allowedDuplicates}`,
  );
  for (const [fault, count] of [...outcome.faults].sort()) console.log(`  ${fault}: ${count}`);
  const some = (numbers: readonly (number | string)[]): string => numbers.slice(0, 5).join(' ');
  check(accepted === sent, `${name}: ${sent - accepted} messages were not accepted in the end`);
  check(lost.length === 0, `${name}: got 250 and did not arrive: ${some(lost)}`);
  check(strange.length === 0, `${name}: something arrived that nobody sent, for ${some(strange)}`);
  check(unexplained.length === 0, `${name}: came again without a kill to explain it: ${some(unexplained)}`);
  check(outcome.stopped === 'cleanly', `${name}: the transport did not stop cleanly`);
}

for (const { name, make, ...hard } of scenarios) {
  if (values.scenario !== undefined && !values.scenario.includes(name)) continue;
  const hardship = {
    messages: Number(values.messages ?? messages),
    kills: Number(values.kills ?? hard.kills),
    faultRate: hard.faultRate,
  };
  const outcome = await runScenario(make, hardship);
  judge(name, hardship.messages * (hardship.kills + 1), outcome);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
