import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { cliFolder } from '../support/run-cli.ts';

const { folder, write, run } = cliFolder();
const good = readFileSync('examples/document/topology.yaml', 'utf8');
const posix = process.platform === 'win32' ? { skip: 'no pipes and links as on Unix' } : {};

if (process.platform !== 'win32') {
  write('good.yaml', good);
  spawnSync('mkfifo', [join(folder, 'pipe.yaml')]);
  symlinkSync('circle.yaml', join(folder, 'circle.yaml'));
  symlinkSync('nowhere', join(folder, 'dangling.yaml'));
  symlinkSync('good.yaml/x', join(folder, 'through-a-file.yaml'));
  symlinkSync('/dev/zero', join(folder, 'endless.yaml'));
  const server = createServer().listen(join(folder, 'socket.yaml'));
  after(() => server.close());
}

const unreadable: readonly (readonly [name: string, reason: string])[] = [
  ['pipe.yaml', 'it is not a regular file'],
  ['endless.yaml', 'it is not a regular file'],
  ['socket.yaml', 'it is not a regular file'],
  ['.', 'it is a folder'],
  ['circle.yaml', 'its symbolic links lead in a circle'],
  ['dangling.yaml', 'no such file or folder'],
];

for (const [name, reason] of unreadable) {
  for (const command of [['lint'], ['lint', '--fix'], ['fmt'], ['compile', '-o', 'out']]) {
    test(`${command.join(' ')} ${name}: ${reason}`, posix, () => {
      const { code, out, err } = run([...command, name]);
      assert.deepEqual(
        { code, out, err },
        { code: 2, out: '', err: `mailtopo: cannot read ${name}: ${reason}\n` },
      );
    });
  }
}

test('a glob passes over what is no file, and over links that lead to none', posix, () => {
  const { code, err } = run(['lint', '*.yaml']);
  assert.deepEqual({ code, err }, { code: 0, err: 'mailtopo: 0 errors, 0 warnings in 1 file\n' });
});

/** Runs the command line with a file of the system as its standard input. */
function runOn(
  input: string,
  args: readonly string[],
): { readonly code: number | null; readonly err: string } {
  const descriptor = openSync(input, 'r');
  const options = {
    stdio: [descriptor, 'ignore', 'pipe'] as const,
    encoding: 'utf8',
    timeout: 60_000,
  } as const;
  const cli = resolve('dist/bin/mailtopo.js');
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    ...options,
    stdio: [...options.stdio],
  });
  closeSync(descriptor);
  return { code: status, err: stderr };
}

test('standard input that is a folder, or has no end, is exit 2', posix, () => {
  const folderSaid = 'mailtopo: cannot read standard input: it is a folder\n';
  assert.deepEqual(runOn(folder, ['lint', '-']), { code: 2, err: folderSaid });
  const endless = 'mailtopo: cannot read standard input: it is larger than 32 MB\n';
  assert.deepEqual(runOn('/dev/zero', ['lint', '-']), { code: 2, err: endless });
});

const mark = '\ufeff';
for (const args of [['lint', '--fix'], ['fmt'], ['lint', '--add-suppressions', '--reason', 'it is so']]) {
  test(`${args.join(' ')}: a byte-order mark of standard input stays, and where there is none, none comes`, () => {
    assert.equal(run([...args, '-'], mark + good).out, mark + good);
    assert.equal(run([...args, '-'], good).out, good);
  });
}

interface Bytes {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly place: string;
  readonly message: RegExp;
}

const wide = Buffer.from(good, 'utf16le');
const undecodable: readonly Bytes[] = [
  {
    title: 'a byte of Latin-1',
    bytes: Buffer.from('a: 1\nb: M\xfcnchen\n', 'latin1'),
    place: '2:5',
    message: /not UTF-8 from here/,
  },
  {
    title: 'a character cut at the end',
    bytes: Buffer.from('a: 1\nb: ü').subarray(0, -1),
    place: '2:4',
    message: /not UTF-8 from here/,
  },
  {
    title: 'UTF-16 with its mark',
    bytes: Buffer.concat([Buffer.of(0xff, 0xfe), wide]),
    place: '1:1',
    message: /UTF-16/,
  },
  { title: 'UTF-16 without a mark', bytes: wide, place: '1:1', message: /UTF-16/ },
  {
    title: 'UTF-16 from a large machine',
    bytes: Buffer.from(wide).swap16(),
    place: '1:1',
    message: /UTF-16/,
  },
];

for (const { title, bytes, place, message } of undecodable) {
  for (const args of [['lint', '--format', 'compact'], ['lint', '--fix', '--format', 'compact'], ['fmt']]) {
    test(`${args.join(' ')}: ${title} is told at its place, and the input is no output`, () => {
      const { code, out, err } = run([...args, '-', '--stdin-filename', 'x.yaml'], bytes);
      const said = args.includes('--fix') || args[0] === 'fmt' ? err : out;
      assert.equal(code, 1);
      assert.match(said, new RegExp(`^x\\.yaml:${place}: error: `, 'm'));
      assert.match(said, message);
      if (said === err) assert.equal(out, '');
    });
  }
}
