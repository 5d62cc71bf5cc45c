/**
 * Runs the tests: the quick ones, then each slower lane whose tools are there.
 *
 * `npm test` names a lane that cannot run and goes on; with `--all`, as CI calls it, such a lane fails.
 * With names of lanes, only those run, and all they need must be there; `--long` has the lane of PowerShell do ten times as much.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './pages/find-chromium.ts';

interface Lane {
  readonly name: string;
  readonly shows: string;
  /** Tells what is missing; undefined where the lane can run. */
  readonly missing: () => string | undefined;
  readonly command: readonly string[];
}

function has(tool: string, argument = '--version'): boolean {
  return spawnSync(tool, [argument], { stdio: 'ignore' }).status === 0;
}

/** The folders whose tests are lanes of their own. */
const slow: ReadonlySet<string> = new Set([
  'powershell',
  'peers',
  'crash',
  'bench',
  'package',
  'proof',
  'sendmail',
  'pages',
]);

function testsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return slow.has(entry.name) ? [] : testsIn(path);
    return path.endsWith('.test.js') ? [path] : [];
  });
}

function script(folder: string): readonly string[] {
  return [process.execPath, join('dist', 'test', folder, 'main.js')];
}

const lanes: readonly Lane[] = [
  {
    name: 'quick',
    shows: 'rules, stages, goldens, transport without a network',
    missing: () => undefined,
    command: [process.execPath, '--test', ...testsIn(join('dist', 'test'))],
  },
  {
    name: 'crash',
    shows: 'kill -9 under load and a bad disk lose nothing that got 250',
    missing: () => undefined,
    command: script('crash'),
  },
  {
    name: 'trace',
    shows: 'a trace and the bundle agree on random topologies and sessions',
    missing: () => undefined,
    command: [...script('proof'), ...(process.argv.includes('--long') ? ['--long'] : [])],
  },
  {
    name: 'package',
    shows: 'npm pack installs, and the hook and the action do what they promise',
    missing: () => undefined,
    command: script('package'),
  },
  {
    name: 'pages',
    shows: 'the pages in a real browser: the trace, axe-core, no request, hostile names',
    missing: () => (findChromium() === undefined ? 'Chromium (chromium)' : undefined),
    command: [process.execPath, '--test', '--test-concurrency=1', ...testsIn(join('dist', 'test', 'pages'))],
  },
  {
    name: 'powershell',
    shows: 'emitted scripts on the real PowerShell engine',
    missing: () =>
      has('dotnet') || has('pwsh') ? undefined : 'the .NET SDK 10 (dotnet), or PowerShell 7.6 (pwsh)',
    command: script('powershell'),
  },
  {
    name: 'peers',
    shows: 'mail to and from real Postfix, Exim and OpenSMTPD over mutual TLS, by a real name server',
    missing: () => {
      if (process.platform !== 'linux' || !existsSync('/etc/debian_version'))
        return 'Debian, for its mail servers';
      const makesNamespaces =
        spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'ip', 'link', 'set', 'lo', 'up'])
          .status === 0;
      return has('apt-get') && makesNamespaces
        ? undefined
        : 'root and iproute2, for networks of the mail servers';
    },
    command: script('peers'),
  },
  {
    name: 'sendmail',
    shows: "Sendmail's own m4 files take what is emitted for it, and its rulesets decide as promised",
    missing: () => {
      if (process.platform !== 'linux' || !existsSync('/etc/debian_version'))
        return 'Debian, for its Sendmail';
      const makesNamespaces = spawnSync('unshare', ['--mount', '--uts', 'true']).status === 0;
      return has('apt-get') && makesNamespaces ? undefined : 'root, for an /etc/mail of its own';
    },
    command: script('sendmail'),
  },
];

/** The exit code of a lane that finds only when it runs that this machine lacks something; it says what. */
const lacking = 2;

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const all = process.argv.includes('--all') || chosen.length > 0;
let passed = 0;
const failed: string[] = [];
const skipped: string[] = [];

for (const { name, shows, missing, command } of lanes) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n== ${name}: ${shows}`);
  const lack = missing();
  if (lack !== undefined) {
    console.log(`   ${all ? 'cannot run' : 'not run here'}: it needs ${lack}`);
    (all ? failed : skipped).push(name);
    continue;
  }
  const [tool = '', ...rest] = command;
  // A long run is for the lanes that know one; the others take no arguments.
  const long = process.argv.includes('--long') && name === 'powershell' ? ['--long'] : [];
  const { status } = spawnSync(tool, [...rest, ...long], { stdio: 'inherit' });
  if (status === 0) passed += 1;
  else if (status === lacking && !all) skipped.push(name);
  else failed.push(name);
}

if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`);
if (skipped.length > 0) console.log(`\nnot run: ${skipped.join(', ')}`);
console.log(`\nlanes: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
