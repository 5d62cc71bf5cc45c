import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets } from '../../src/rule-kit/secrets.ts';

/** A text, and what of it is secret. */
interface Case {
  readonly title: string;
  readonly text: string;
  readonly secrets: readonly string[];
}

const github = `ghp_${'a1B2'.repeat(9)}`;

const cases: readonly Case[] = [
  { title: 'a password in a URL', text: 'smtp://scan:hunter2@mail.example', secrets: ['hunter2'] },
  { title: 'a URL without a password', text: 'https://scan@mail.example/x', secrets: [] },
  { title: 'a port is no password', text: 'http://mail.example:2525/a@b', secrets: [] },
  { title: 'a variable in a URL', text: 'smtp://scan:${PASS}@a.b and smtp://scan:<pass>@a.b', secrets: [] },
  { title: 'a comment that tells it', text: '# old password: Sommer2019!\n', secrets: ['Sommer2019!'] },
  { title: 'the German word, and CRLF', text: '# Kennwort = geheim1\r\n', secrets: ['geheim1'] },
  { title: 'a sentence', text: '# the password is rotated every 2 months', secrets: [] },
  { title: 'a name that is no password', text: '# password: ask-anna', secrets: [] },
  { title: 'a hint in several words', text: '# password: 2-person rule', secrets: [] },
  { title: 'a variable', text: 'password: SCANNER_PASSWORD2', secrets: [] },
  { title: 'a path', text: 'secret: /run/secrets/scanner1', secrets: [] },
  { title: 'a host', text: '# token: vault1.contoso.com', secrets: [] },
  { title: 'passwordFrom is another word', text: 'passwordFrom: abc123', secrets: [] },
  { title: 'a value in braces', text: '{ password: "abc123", x: 1 }', secrets: ['abc123'] },
  {
    title: 'a private key',
    text: '-----BEGIN EC PRIVATE KEY-----\nMHcC',
    secrets: ['-----BEGIN EC PRIVATE KEY-----'],
  },
  { title: 'a certificate', text: '-----BEGIN CERTIFICATE-----', secrets: [] },
  { title: 'a token of a service', text: `user: ${github}`, secrets: [github] },
];

for (const { title, text, secrets } of cases) {
  test(title, () => {
    const found = findSecrets(text).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(found, secrets);
  });
}

test('a long text of words that begin like a URL is read to its end', () => {
  assert.deepEqual(findSecrets('a.b-c+'.repeat(200_000)), []);
  assert.deepEqual(findSecrets('password '.repeat(100_000)), []);
});
