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
import { Module } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { Script } from 'node:vm';

/** The cache that the build made, perhaps with another version of Node than the one that runs the tests. */
const cacheName = readdirSync('dist/bin').find((name) => name.endsWith('.cache')) ?? 'no cache';
const isOurs = cacheName === `lint-${process.version}-${process.arch}.cache`;
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

test('V8 takes what it made of lint itself, and refuses that of another version', () => {
  const file = join('dist', 'bin', 'lint.cjs');
  const source = readFileSync(file, 'latin1');
  assert.equal(source, readFileSync(file, 'utf8'), 'the bundle is ASCII');
  const cachedData = readFileSync(join('dist', 'bin', cacheName));
  assert.equal(new Script(Module.wrap(source), { cachedData }).cachedDataRejected, !isOurs);
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
    harm(join(folder, 'dist', 'bin', cacheName));
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

test('what is compared is what the program should do', () => {
  const statuses = expected.map((one) => (one as { readonly status: number }).status);
  assert.deepEqual(statuses, [0, 1, 0, 0]);
});
