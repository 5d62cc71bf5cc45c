/** How the command line starts: with what V8 made of it, without, and with what V8 refuses. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { Script } from 'node:vm';

/** The caches that the build made, perhaps with another version of Node than the one that runs the tests. */
const cacheNames = readdirSync('dist/bin').filter((name) => name.endsWith('.cache'));
const suffix = `-${process.version}-${process.arch}.cache`;
const isOurs = cacheNames.every((name) => name.endsWith(suffix));
const root = mkdtempSync(join(tmpdir(), 'mailtopo-launcher-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Installs the built package, whose cache may then be harmed. */
function installed(name: string): string {
  const folder = join(root, name);
  mkdirSync(join(folder, 'dist'), { recursive: true });
  cpSync('dist/bin', join(folder, 'dist', 'bin'), { recursive: true });
  copyFileSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('dist/rules'), join(folder, 'dist', 'rules'));
  return folder;
}

/** Runs a program with a home of its own. */
function run(folder: string, flags: readonly string[], args: readonly string[]): unknown {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, join(folder, 'dist', 'bin', 'mailtopo.js'), ...args],
    { encoding: 'utf8', env: { ...process.env, HOME: join(folder, 'home'), XDG_CACHE_HOME: '' } },
  );
  return { stdout, stderr, status };
}

const whole = installed('whole');
const runs: readonly (readonly string[])[] = [
  ['lint', 'examples/contoso/topology.yaml'],
  ['lint', '--format', 'sarif', 'README.md'],
  ['explain', 'open-relay'],
  ['fmt', '--check', 'examples/contoso/topology.yaml'],
];
const expected = runs.map((args) => run(whole, [], args));

test('V8 takes what it made of the bundles itself, and refuses that of another version', () => {
  assert.deepEqual(
    cacheNames.map((name) => name.replace(/-.*/, '')),
    ['cli', 'lint'],
  );
  for (const name of cacheNames) {
    const file = join('dist', 'bin', name.replace(/-.*/, '.cjs'));
    const source = readFileSync(file, 'latin1');
    assert.equal(source, readFileSync(file, 'utf8'), 'the bundle is ASCII');
    const cachedData = readFileSync(join('dist', 'bin', name));
    assert.equal(new Script(source, { cachedData }).cachedDataRejected, !isOurs, name);
  }
});

const cases: readonly {
  readonly title: string;
  readonly flags: readonly string[];
  readonly harm: (cache: string) => void;
}[] = [
  { title: 'without a cache', flags: [], harm: (cache) => rmSync(cache) },
  { title: 'with an empty cache', flags: [], harm: (cache) => writeFileSync(cache, '') },
  {
    title: 'with half a cache',
    flags: [],
    harm: (cache) => writeFileSync(cache, readFileSync(cache).subarray(0, 100_000)),
  },
  { title: 'with flags that the cache was not made for', flags: ['--no-opt'], harm: () => {} },
];

for (const { title, flags, harm } of cases) {
  test(`the program does the same ${title}`, () => {
    const folder = installed(title.replaceAll(' ', '-'));
    for (const name of cacheNames) harm(join(folder, 'dist', 'bin', name));
    for (const [index, args] of runs.entries())
      assert.deepEqual(run(folder, flags, args), expected[index], args.join(' '));
  });
}

test('the program loads a transport that it compiled', () => {
  const folder = installed('loads');
  const output = join(folder, 'out');
  symlinkSync(resolve('dist/runtime'), join(folder, 'dist', 'runtime'));
  symlinkSync(resolve('dist/src'), join(folder, 'dist', 'src'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const compiled = run(folder, [], ['compile', 'examples/contoso/topology.yaml', '-o', output]);
  assert.equal((compiled as { readonly status: number }).status, 0, JSON.stringify(compiled));
  const listed = run(folder, [], ['queue', 'list', output]);
  assert.deepEqual(listed, {
    stdout: 'HUB01 (no queue yet)\n\nEDGE01 (no queue yet)\n',
    stderr: '',
    status: 0,
  });
});

// Files alone are linted by the smaller bundle; an option that changes nothing leads to the other one.
const operands: readonly (readonly string[])[] = [
  ['examples/contoso/topology.yaml'],
  ['README.md', 'examples/contoso/topology.yaml'],
  ['examples/*/topology.yaml', 'examples/document/topology.yaml'],
  ['no-such-file.yaml'],
  ['no-such-*.yaml'],
  ['examples'],
  ['help'],
  ['lint'],
  [''],
];

for (const words of operands) {
  test(`both bundles say the same of lint ${JSON.stringify(words)}`, () => {
    const short = run(whole, [], ['lint', ...words]);
    const long = run(whole, [], ['lint', '--stdin-filename', '<stdin>', ...words]);
    assert.deepEqual(short, long);
  });
}

test('what is compared is what the program should do', () => {
  const statuses = expected.map((one) => (one as { readonly status: number }).status);
  assert.deepEqual(statuses, [0, 1, 0, 0]);
});
