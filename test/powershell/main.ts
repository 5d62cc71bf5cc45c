/** The lane of the PowerShell engine: emitted scripts are parsed, run and run again. Prints `N passed, N failed`. */
import { checkLiterals, checkScripts } from './parsed.ts';
import { buildHost } from './engine.ts';
import { checkRuns } from './runs.ts';

/** Says what holds; a check that throws is one that failed. */
export type Check = (title: string, holds: () => void) => void;

const host = buildHost();
if (host === undefined) process.exit(2);

let passed = 0;
let failed = 0;
const check: Check = (title, holds) => {
  try {
    holds();
    passed += 1;
  } catch (fault) {
    failed += 1;
    console.log(
      `not ok: ${title}\n   ${fault instanceof Error ? fault.message.replaceAll('\n', '\n   ') : String(fault)}`,
    );
  }
};

checkLiterals(host, check);
await checkScripts(host, check);
await checkRuns(host, check);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
