import assert from 'node:assert/strict';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { before, test } from 'node:test';

import { silentLog } from '../../../runtime/log.ts';
import { StartFailure } from '../../../runtime/start-failure.ts';
import { hashPassword, isPassword, parsePasswordHash } from '../../../runtime/users/password-hash.ts';
import type { Users } from '../../../runtime/users/logon.ts';
import { mailboxKey } from '../../../runtime/users/mailbox-key.ts';
import { parseUserLines } from '../../../runtime/users/user-lines.ts';
import { userTool } from '../../../runtime/users/user-tool.ts';
import { openUsers } from '../../../runtime/users/users.ts';
import { temporaryFolder } from '../../support/spool.ts';

/** Made by Python's hashlib.scrypt of `Grüße 1`, with another cost than ours. */
const foreign = '$scrypt$ln=11,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$YleksB5ibwDtAxDarNM95nqfJOUIhGe8lc6WNB9lVk0';
let hash = '';

before(async () => void (hash = await hashPassword('correct horse')));

test('password hash: one password, two hashes, and no other password fits', async () => {
  const other = await hashPassword('correct horse');
  assert.notEqual(other, hash);
  assert.match(hash, /^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  const parsed = parsePasswordHash(hash);
  assert.ok(parsed);
  assert.equal(await isPassword('correct horse', parsed), true);
  assert.equal(await isPassword('correct hors', parsed), false);
});

test('password hash: another program made it, and typed the umlaut in two pieces', async () => {
  const parsed = parsePasswordHash(foreign);
  assert.ok(parsed);
  assert.equal(await isPassword('Gru\u0308ße 1', parsed), true);
});

const hashes = [
  '$scrypt$ln=15,r=8,p=3$c2FsdHNhbHRzYWx0c2FsdA$',
  '$scrypt$ln=15,r=8,p=3$c2Fs$AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$scrypt$ln=9,r=8,p=3$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$scrypt$ln=25,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '$scrypt$ln=15,r=0,p=3$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'correct horse',
  '',
];

for (const text of hashes) {
  test(`password hash: ${JSON.stringify(text)} is none`, () => {
    assert.equal(parsePasswordHash(text), undefined);
  });
}

const goodHash = '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const lines = [
  { text: '', names: [] },
  {
    text: `# words\n\nscanner:${goodHash}:\r\nCONTOSO\\ann:${goodHash}:a@b.example`,
    names: ['scanner', 'CONTOSO\\ann'],
  },
  { text: 'scanner', fault: 'line 1: its hash is none; make the line with the command "user"' },
  {
    text: `\nscanner:secret:a@b.example`,
    fault: 'line 2: its hash is none; make the line with the command "user"',
  },
  { text: `scanner:${goodHash}:a@b.example,b`, fault: 'line 1: one of its addresses is none' },
  { text: `scanner:${goodHash}:a@b.example:`, fault: 'line 1: it is not of the form name:hash:addresses' },
  { text: ` :${goodHash}:`, fault: 'line 1: it is not of the form name:hash:addresses' },
  { text: `ann:${goodHash}:\nANN:${goodHash}:`, fault: 'line 2: a user of this name stands above' },
];

for (const { text, names, fault } of lines) {
  test(`user lines: ${JSON.stringify(text.replaceAll(goodHash, 'HASH'))}`, () => {
    const found = parseUserLines(text);
    assert.equal(found.fault, fault);
    if (names !== undefined)
      assert.deepEqual(
        [...found.users.values()].map(({ name }) => name),
        names,
      );
  });
}

const mailboxes = [
  { address: 'Ann@Contoso.COM', key: 'ann@contoso.com' },
  { address: 'ann@bücher.example', key: 'ann@xn--bcher-kva.example' },
  { address: '@contoso.com' },
  { address: 'ann' },
  { address: 'ann <x>@contoso.com' },
];

for (const { address, key } of mailboxes) {
  test(`mailbox: ${address} is ${key ?? 'none'}`, () => assert.equal(mailboxKey(address), key));
}

async function outcomeOf(users: Users, name: string, password: string): Promise<string> {
  const outcome = await users.logOn(name, password);
  return outcome.kind === 'wrong' ? `wrong, ${outcome.known ?? 'unknown'}` : outcome.kind;
}

test('users: of file and variable, without regard to case, and whatever changes is seen at once', async () => {
  const keysFolder = temporaryFolder();
  const file = join(keysFolder, 'users');
  const events: string[] = [];
  writeFileSync(file, `scanner:${hash}:scanner@contoso.com\n`);
  const users = await openUsers({
    keysFolder,
    variable: `ann:${hash}:;bob:${hash}:`,
    log: (_level, event) => void events.push(event),
  });
  assert.equal(users.isEmpty, false);
  assert.equal(await outcomeOf(users, 'SCANNER', 'correct horse'), 'logged on');
  assert.equal(await outcomeOf(users, 'ann', 'correct horse'), 'logged on');
  assert.equal(await outcomeOf(users, 'scanner', 'wrong'), 'wrong, scanner');
  assert.equal(await outcomeOf(users, 'carl', 'correct horse'), 'wrong, unknown');

  const changed = await hashPassword('another password');
  writeFileSync(file, `scanner:${changed}:\n`);
  utimesSync(file, 1, 1);
  assert.equal(await outcomeOf(users, 'scanner', 'correct horse'), 'wrong, scanner');
  assert.equal(await outcomeOf(users, 'scanner', 'another password'), 'logged on');
  assert.deepEqual(events, ['users read']);

  writeFileSync(file, 'scanner:not a hash:\n');
  assert.equal(await outcomeOf(users, 'scanner', 'another password'), 'logged on');
  assert.deepEqual(events, ['users read', 'users not read']);
  rmSync(file);
  assert.equal(await outcomeOf(users, 'scanner', 'another password'), 'wrong, unknown');
});

test('users: too many logons at once are put off, and the rest has its turn', async () => {
  const keysFolder = temporaryFolder();
  const cheap = await cheapUsers(keysFolder);
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, number) => outcomeOf(cheap, 'scanner', `guess ${number}`)),
  );
  const busy = outcomes.filter((outcome) => outcome === 'busy').length;
  assert.equal(busy, 100 - 2 - 64);
  assert.equal(outcomes.filter((outcome) => outcome === 'wrong, scanner').length, 66);
  assert.equal(await outcomeOf(cheap, 'scanner', 'guess'), 'wrong, scanner');
});

async function cheapUsers(keysFolder: string): Promise<Users> {
  writeFileSync(join(keysFolder, 'users'), `scanner:${goodHash}:\n`);
  return openUsers({ keysFolder, log: silentLog });
}

const refusals = [
  { variable: 'ann', message: /^cannot read the users: MAILTOPO_USERS, line 1: / },
  { variable: `ann:${goodHash}:`, text: `Ann:${goodHash}:`, message: /is in MAILTOPO_USERS, too$/ },
  { text: 'ann:secret:', message: /users, line 1: its hash is none/ },
];

for (const { variable, text, message } of refusals) {
  test(`users: no start with ${message.source}`, async () => {
    const keysFolder = temporaryFolder();
    if (text !== undefined) writeFileSync(join(keysFolder, 'users'), text);
    const opened = openUsers({ keysFolder, log: silentLog, variable });
    await assert.rejects(opened, (thrown: Error) => {
      assert.ok(thrown instanceof StartFailure);
      assert.match(thrown.message, message);
      assert.doesNotMatch(thrown.message, /secret/);
      return true;
    });
  });
}

interface ToolRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function runTool(argv: readonly string[], typed: string): Promise<ToolRun> {
  const input = new PassThrough();
  input.end(typed);
  let [out, err] = ['', ''];
  const code = await userTool(argv, {
    input,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

test('user tool: what comes out is a line of the file, without the password', async () => {
  const { code, out, err } = await runTool(['scanner', 'scanner@contoso.com'], 'correct horse\n');
  assert.equal(code, 0);
  assert.doesNotMatch(out + err, /correct horse/);
  const user = parseUserLines(out).users.get('scanner');
  assert.ok(user);
  assert.deepEqual([...user.addresses], ['scanner@contoso.com']);
  assert.equal(await isPassword('correct horse', user.hash), true);
});

const toolFaults = [
  { argv: ['a:b'], typed: 'correct horse\n', err: /^mailtopo: "a:b" cannot be a name/ },
  { argv: ['--x'], typed: 'correct horse\n', err: /cannot be a name/ },
  { argv: ['ann', 'b'], typed: 'correct horse\n', err: /^mailtopo: "b" is no address/ },
  { argv: ['ann'], typed: '', err: /^mailtopo: no password was given/ },
  { argv: ['ann'], typed: 'short\n', err: /^mailtopo: a password has eight characters or more/ },
];

for (const { argv, typed, err } of toolFaults) {
  test(`user tool: ${argv.join(' ')} with ${JSON.stringify(typed)} is refused`, async () => {
    const run = await runTool(argv, typed);
    assert.equal(run.code, 2);
    assert.equal(run.out, '');
    assert.match(run.err, err);
  });
}
