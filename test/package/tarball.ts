import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.ts';
import { mustRun, runCommand } from './run-command.ts';

/** What has to be in it, whatever else is. */
const required: readonly string[] = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'dist/bin/cli.cjs',
  'dist/bin/lint.cjs',
  'dist/bin/mailtopo.js',
  'dist/bin/rule-texts.json',
  'dist/bin/validate-topology.cjs',
  'dist/man/mailtopo.1',
  'dist/rules/index.js',
  'dist/runtime/main.js',
  'dist/src/index.d.ts',
  'dist/src/index.js',
  'dist/src/page/in-page.js',
  'dist/src/schema/topology.schema.json',
  'dist/src/schema/validate-topology.js',
];

/** What may be in it: what runs, its types and its facts. */
const allowed =
  /^(CHANGELOG\.md|LICENSE|README\.md|package\.json|dist\/man\/mailtopo\.1|dist\/(bin|rules|runtime|src)\/.+\.(js|d\.ts|json)|dist\/bin\/(cli|lint|validate-topology)\.cjs|dist\/bin\/(cli|lint)-v[\d.]+-[a-z\d]+\.cache|dist\/src\/launcher\.(cjs|d\.cts))$/;
const forbidden = /^dist\/src\/dev\/|\.test\.|tsbuildinfo/;

/** Unit: bytes, packed and unpacked. Twice what it takes today: enough to grow, and a stray folder is noticed. */
const largest = { packed: 4_000_000, unpacked: 14_000_000 } as const;

/** What `npm pack --json` tells; npm 12 will print an object with the name as its key. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

function readPacked(text: string): Packed {
  const [packed] = Object.values(JSON.parse(text) as Readonly<Record<string, Packed>>);
  assert.ok(packed !== undefined, text);
  return packed;
}

/** Checks what `npm pack` makes of a checkout in which `npm ci` was run; gives the path of the tarball. */
export function checkTarball(checks: Checks, checkout: string, scratch: string): string {
  const destination = join(scratch, 'tarball');
  mkdirSync(destination);
  const text = mustRun(['npm', 'pack', '--json', '--pack-destination', destination], { cwd: checkout });
  const packed = readPacked(text);
  checkContents(checks, packed);
  checks.check('npm pack builds first, and prints the name of the tarball and nothing else', () => {
    rmSync(join(checkout, 'dist'), { recursive: true });
    const { code, out } = runCommand(['npm', 'pack'], { cwd: checkout });
    assert.equal(code, 0);
    // pre-commit installs the file that is named here.
    assert.equal(out, `${packed.filename}\n`);
    assert.ok(existsSync(join(checkout, packed.filename)));
    assert.ok(existsSync(join(checkout, 'dist', 'bin', 'mailtopo.js')));
    rmSync(join(checkout, packed.filename));
  });
  checks.check('package.json is as npm would publish it', () => {
    const before = readFileSync(join(checkout, 'package.json'), 'utf8');
    mustRun(['npm', 'pkg', 'fix'], { cwd: checkout });
    const after = readFileSync(join(checkout, 'package.json'), 'utf8');
    writeFileSync(join(checkout, 'package.json'), before);
    assert.deepEqual(JSON.parse(after), JSON.parse(before));
  });
  checks.check('building and packing leave a checkout as it was committed', () => {
    assert.equal(mustRun(['git', 'status', '--porcelain'], { cwd: checkout }), '');
  });
  assert.deepEqual(readdirSync(destination), [packed.filename]);
  return join(destination, packed.filename);
}

function checkContents(checks: Checks, { files, size, unpackedSize }: Packed): void {
  const paths = files.map(({ path }) => path);
  checks.check('the tarball holds what it takes', () => {
    assert.deepEqual(
      required.filter((path) => !paths.includes(path)),
      [],
    );
  });
  checks.check('the tarball holds nothing else', () => {
    assert.deepEqual(
      paths.filter((path) => !allowed.test(path) || forbidden.test(path)),
      [],
    );
  });
  checks.check('the command line can be executed', () => {
    const mode = files.find(({ path }) => path === 'dist/bin/mailtopo.js')?.mode ?? 0;
    assert.equal(mode & 0o111, 0o111);
  });
  checks.check('the tarball stays small', () => {
    assert.ok(size < largest.packed, `${size} bytes packed`);
    assert.ok(unpackedSize < largest.unpacked, `${unpackedSize} bytes unpacked`);
  });
}
