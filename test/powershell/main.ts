/**
 * The lane of the PowerShell engine: emitted scripts are parsed by it and run on a fake Exchange. Prints what was done and
 * `N passed, N failed`; with `--long` it does ten times as much.
 */
import { teachVersions } from './catalogue.ts';
import { checkChanges } from './changes.ts';
import { checkCompletion } from './completion.ts';
import { checkConstraints } from './constraints.ts';
import { checkDefaultCertificate } from './default-certificate.ts';
import { checkBackToDrift, checkDrifts, driftsOf } from './drift.ts';
import { buildHost, startHost, type Host } from './engine.ts';
import { checkApplyFaults, checkReadFaults, checkRollbackFaults } from './faults.ts';
import { generate } from './generated.ts';
import { inFolder, share, tally } from './lane.ts';
import { checkLanguage, checkLiterals } from './language.ts';
import { checkMutations } from './mutations.ts';
import { checkScripts } from './parsed.ts';
import { placesIn } from './place.ts';
import { checkPreflight } from './preflight.ts';
import { checkRequests } from './requests.ts';
import { checkRunbook } from './runbook.ts';
import { checkOrder } from './runs.ts';
import { examplesInAllVersions, type Sample } from './topologies.ts';

const isLong = process.argv.includes('--long');
const generatedCount = isLong ? 10_000 : 1_000;
/** Generated topologies whose scripts are run, too. */
const runCount = isLong ? 240 : 24;
/** Those of them that drift and meet faults, too. */
const deepCount = runCount / 2;

const command = buildHost();
if (command === undefined) process.exit(2);
const hosts = [startHost(command), startHost(command)];
const { check, passed, failures } = tally((text) => console.log(text));
const counts = new Map<string, number>();
const count = (what: string, number: number): void => void counts.set(what, (counts.get(what) ?? 0) + number);
const begun = Date.now();
const told = (what: string): void => console.log(`   ${what} (${Math.round((Date.now() - begun) / 1000)} s)`);

await Promise.all(hosts.map(teachVersions));
await share(hosts, [checkLanguage, checkLiterals, checkCompletion], (host, work) => work(host, check));
const parts: readonly (readonly [string, (host: Host, tell: typeof check) => Promise<number>])[] = [
  ['mutations caught', checkMutations],
  ['constraints enforced', checkConstraints],
  ['changes of place', checkChanges],
  ['looks ahead', checkPreflight],
  ['default certificates', checkDefaultCertificate],
  ['certificates from request to use', checkRequests],
];
await share(hosts, parts, async (host, [what, work]) => count(what, await work(host, check)));
told('literals, language, constraints, mutations, changes of place, default certificates');

const examples = examplesInAllVersions();
count('examples in versions', examples.length);
await share(hosts, examples, async (host, { plan, text, title }) =>
  count('scripts of examples', await checkScripts(host, plan, text, title, check)),
);
await share(hosts, examples, (host, sample) =>
  runSample(host, sample, sample.origin === 'as written' || isLong ? 'all' : 'order'),
);
told('examples');

const indexes = Array.from({ length: generatedCount }, (_, index) => index);
await share(hosts, indexes, async (host, index) => {
  const { plan, text, refused } = generate(index);
  count('drafts that lint refused', refused);
  count('scripts of generated topologies', await checkScripts(host, plan, text, `generated ${index}`, check));
});
count('generated topologies', generatedCount);
told('generated topologies parsed');

await share(hosts, indexes.slice(0, runCount), async (host, index) => {
  const { plan, text } = generate(index);
  await runSample(
    host,
    { title: `generated ${index}`, plan, text, origin: 'as written' },
    index < deepCount ? 'all' : 'order',
  );
});
count('generated topologies run', runCount);
told('generated topologies run');

for (const host of hosts) host.stop();
for (const [what, number] of counts) console.log(`   ${what}: ${number}`);
console.log(`${passed()} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed() === 0 ? 1 : 0;

/** Runs the scripts of each place of a topology; `order` is from nothing to applied and back alone. */
async function runSample(host: Host, sample: Sample, depth: 'order' | 'all'): Promise<void> {
  const { plan, text, title } = sample;
  if (depth === 'all')
    await inFolder(async (folder) =>
      count('scripts run as the runbook says', await checkRunbook(host, sample, folder, check)),
    );
  await inFolder(async (folder) => {
    for (const place of await placesIn(plan, text, folder, title)) {
      const applied = await checkOrder(host, place, text, check);
      if (applied === undefined) continue;
      count(place.isRemote ? 'places run through a remote shell' : 'places run in a local shell', 1);
      if (depth === 'all' && applied.isSound) {
        const drifts = await driftsOf(applied);
        count('drifts', await checkDrifts(applied, drifts, check));
        count('ways back to a drift', await checkBackToDrift(applied, drifts, check));
        const kinds = isLong ? 'all kinds' : 'one kind each';
        count('faults', await checkApplyFaults(applied, kinds, check));
        count('faults', await checkReadFaults(applied, kinds, check));
        count('faults', await checkRollbackFaults(applied, kinds, check));
      }
      await applied.forget();
    }
  });
}
