import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { exchangeVersions } from '../../src/exchange/version.ts';
import { filesBelow } from '../support/golden.ts';
import { cliFolder } from '../support/run-cli.ts';

const { folder, run, write } = cliFolder();

const rough = '\ufeffmailtopo:   1 # language\r\norganization: {exchangeVersion: 2016}\r\n';
const neat = '\ufeffmailtopo: 1 # language\r\norganization: { exchangeVersion: "2016" }\r\n';

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

test('fmt: a file is written in its form; mark, line ends, mode and link stay', () => {
  mkdirSync(join(folder, 'real'));
  write('real/rough.yaml', rough);
  chmodSync(join(folder, 'real/rough.yaml'), 0o640);
  symlinkSync('real/rough.yaml', join(folder, 'linked.yaml'));
  write('neat.yaml', neat);
  const before = statSync(join(folder, 'neat.yaml')).mtimeMs;
  const { code, out, err } = run(['fmt', 'linked.yaml', 'neat.yaml']);
  assert.deepEqual([code, out, err], [0, '', 'mailtopo: formatted 1 of 2 files\n']);
  assert.equal(textOf('real/rough.yaml'), neat);
  assert.equal(statSync(join(folder, 'real/rough.yaml')).mode & 0o7777, 0o640);
  assert.ok(lstatSync(join(folder, 'linked.yaml')).isSymbolicLink());
  assert.equal(statSync(join(folder, 'neat.yaml')).mtimeMs, before, 'a neat file is not written');
});

test('fmt --check: names the files that would change, and writes nothing', () => {
  write('check.yaml', rough);
  assert.deepEqual(run(['fmt', '--check', 'check.yaml', 'neat.yaml']), {
    code: 1,
    out: 'check.yaml\n',
    err: 'mailtopo: would format 1 of 2 files\n',
  });
  assert.equal(textOf('check.yaml'), rough);
  assert.equal(run(['fmt', '--check', 'neat.yaml']).code, 0);
});

test('fmt --diff: shows what would change, and writes nothing', () => {
  write('diff.yaml', rough);
  const { code, out } = run(['fmt', '--diff', 'diff.yaml']);
  assert.equal(code, 1);
  assert.match(out, /^--- a\/diff\.yaml\n\+\+\+ b\/diff\.yaml\n@@/);
  assert.match(out, /^\+organization: \{ exchangeVersion: "2016" \}\r$/m);
  assert.equal(textOf('diff.yaml'), rough);
  assert.deepEqual(
    [run(['fmt', '--diff', 'neat.yaml']).code, run(['fmt', '--diff', 'neat.yaml']).out],
    [0, ''],
  );
});

test('fmt -: of standard input the form goes to standard output, mark and all', () => {
  assert.deepEqual([run(['fmt', '-'], rough).code, run(['fmt', '-'], rough).out], [0, neat]);
  const check = run(['fmt', '--check', '-', '--stdin-filename', 'x.yaml'], rough);
  assert.deepEqual([check.code, check.out], [1, 'x.yaml\n']);
});

test('fmt: a file with a fault of syntax is left alone and reported, and the others are written', () => {
  write('broken.yaml', 'a:  [\n');
  write('beside.yaml', rough);
  const { code, out, err } = run(['fmt', 'broken.yaml', 'beside.yaml']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /^broken\.yaml:\d+:\d+: error: .*\[yaml-syntax\]$/m);
  assert.equal(textOf('broken.yaml'), 'a:  [\n');
  assert.equal(textOf('beside.yaml'), neat);
  assert.equal(run(['fmt', '-'], 'a:  [\n').out, 'a:  [\n', 'an editor gets its text back');
});

test('fmt: bytes that are not UTF-8 are left alone', () => {
  const { code, out, err } = run(['fmt', '-'], Uint8Array.of(0x61, 0xff));
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /not UTF-8/);
});

test('fmt: no file is a fault of usage', () => {
  assert.equal(run(['fmt']).code, 2);
  assert.equal(run(['fmt', 'nowhere.yaml']).code, 2);
});

test('fmt: the examples are in their form', () => {
  const files = filesBelow('examples').filter((path) => /^[^/]+\/topology\.yaml$/.test(path));
  assert.ok(files.length > 3);
  assert.deepEqual(run(['fmt', '--check', ...files.map((path) => resolve('examples', path))]).out, '');
});

for (const version of exchangeVersions) {
  test(`fmt: the starter for ${version} is in its form`, () => {
    const starter = run(['init', '-', '--exchange-version', version]).out;
    assert.ok(starter.includes('sendConnectors:'));
    assert.equal(run(['fmt', '-'], starter).out, starter);
  });
}
