import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isClientName, parsePathArgument } from '../../../runtime/server/command-line.ts';
import { isOriginalRecipient, isXtext, parseNotify } from '../../../runtime/server/dsn-parameters.ts';
import { Input } from '../../../runtime/server/input.ts';

const paths: readonly { readonly argument: string; readonly mailbox?: string; readonly fault?: string }[] = [
  { argument: 'FROM:<>', mailbox: '' },
  { argument: 'from:<Ann@Contoso.com>', mailbox: 'Ann@Contoso.com' },
  { argument: 'FROM: <ann@contoso.com>', mailbox: 'ann@contoso.com' },
  { argument: 'FROM:<ann>', mailbox: 'ann' },
  { argument: 'FROM:<"a> b"@contoso.com>', mailbox: '"a> b"@contoso.com' },
  { argument: 'FROM:<"a\\"<@b"@contoso.com>', mailbox: '"a\\"<@b"@contoso.com' },
  { argument: 'FROM:<ann@[192.0.2.1]>', mailbox: 'ann@[192.0.2.1]' },
  { argument: 'FROM:<ann@[IPv6:2001:db8::1]>', mailbox: 'ann@[IPv6:2001:db8::1]' },
  { argument: 'FROM:<ann@[IPv6:::ffff:192.0.2.1]>', mailbox: 'ann@[IPv6:::ffff:192.0.2.1]' },
  { argument: 'FROM:<@a.example,@b.example:ann@contoso.com>', mailbox: 'ann@contoso.com' },
  { argument: 'FROM:<ann@bücher.example>', mailbox: 'ann@bücher.example' },
  { argument: `FROM:<${'a'.repeat(315)}@contoso.com>`, mailbox: `${'a'.repeat(315)}@contoso.com` },
  { argument: `FROM:<${'a'.repeat(316)}@contoso.com>`, fault: 'not a mailbox' },
  { argument: 'FROM:ann@contoso.com', fault: 'not a path' },
  { argument: 'FROM <ann@contoso.com>', fault: 'not a path' },
  { argument: 'FROM:  <ann@contoso.com>', fault: 'not a path' },
  { argument: 'TO:<ann@contoso.com>', fault: 'not a path' },
  { argument: 'FROM:<ann@contoso.com', fault: 'not a path' },
  { argument: 'FROM:<<ann@contoso.com>>', fault: 'not a path' },
  { argument: 'FROM:<ann@contoso.com>SIZE=1', fault: 'not a path' },
  { argument: 'FROM:<ann@contoso.com> SIZE=', fault: 'bad parameter' },
  { argument: 'FROM:<ann@contoso.com> =1', fault: 'bad parameter' },
  { argument: 'FROM:<@a.example:>', fault: 'not a mailbox' },
  { argument: 'FROM:<@a.example>', fault: 'not a mailbox' },
  { argument: 'FROM:<@>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann@>', fault: 'not a mailbox' },
  { argument: 'FROM:<.ann@contoso.com>', fault: 'not a mailbox' },
  { argument: 'FROM:<a..n@contoso.com>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann.@contoso.com>', fault: 'not a mailbox' },
  { argument: 'FROM:<a n@contoso.com>', fault: 'not a mailbox' },
  { argument: 'FROM:<"ann"x@contoso.com>', fault: 'not a mailbox' },
  { argument: 'FROM:<"ann@contoso.com>', fault: 'not a path' },
  { argument: 'FROM:<ann@con_toso..com>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann@[contoso.com]>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann@[IPv6:192.0.2.1]>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann@192.0.2.1>', fault: 'not a mailbox' },
  // A zone is for one machine, and what follows its mark would be anything at all.
  { argument: 'FROM:<ann@[IPv6:fe80::1%eth0]>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann@[192.0.2.1%@contoso.com]>', fault: 'not a mailbox' },
  { argument: 'FROM:<ann@[192.0.2.1% BODY=8BITMIME]>', fault: 'not a mailbox' },
];

for (const { argument, mailbox, fault } of paths) {
  test(`path: ${argument.slice(0, 60)}`, () => {
    const path = parsePathArgument(argument, 'FROM');
    assert.equal(typeof path === 'string' ? undefined : path.mailbox, mailbox);
    assert.equal(typeof path === 'string' ? path : undefined, fault);
  });
}

for (const [mailbox, isLocalPart] of [
  ['ann', true],
  ['"ann@contoso.com"', true],
  ['"a\\"@b"', true],
  ['"ann@contoso.com"@contoso.com', false],
  ['ann@[192.0.2.1]', false],
] as const) {
  test(`path: ${mailbox} is ${isLocalPart ? 'a local-part alone' : 'a mailbox with its domain'}`, () => {
    const path = parsePathArgument(`TO:<${mailbox}>`, 'TO');
    assert.equal(typeof path === 'string' ? path : path.isLocalPart, isLocalPart);
  });
}

test('path: parameters keep their order, keywords in capitals', () => {
  const path = parsePathArgument('TO:<a@b.example>  notify=NEVER X', 'TO');
  assert.deepEqual(typeof path === 'string' ? path : path.parameters, [
    { keyword: 'NOTIFY', value: 'NEVER' },
    { keyword: 'X' },
  ]);
});

const clientNames = [
  ['client.contoso.com', true],
  ['CLIENT_1', true],
  ['[192.0.2.1]', true],
  ['[IPv6:2001:db8::1]', true],
  ['192.0.2.1', true],
  ['bad name', false],
  ['a(b)', false],
  ['-', false],
] as const;

for (const [name, isName] of clientNames) {
  test(`client name: ${name}`, () => assert.equal(isClientName(name), isName));
}

test('DSN parameters: nothing that decodes to a control character', () => {
  assert.ok(isXtext('QQ+2B314159', 100));
  for (const text of ['', 'a=b', 'a+0Ab', 'a+0', 'a+2b', 'a b', '+7F', 'a'.repeat(101)]) {
    assert.ok(!isXtext(text, 100), text);
  }
  assert.deepEqual(parseNotify('success,Failure'), ['SUCCESS', 'FAILURE']);
  assert.deepEqual(parseNotify('NEVER'), ['NEVER']);
  for (const text of ['', 'NEVER,DELAY', 'DELAY,DELAY', 'SOON'])
    assert.equal(parseNotify(text), undefined, text);
  assert.ok(
    isOriginalRecipient('rfc822;ann+2Bx@contoso.com') && isOriginalRecipient('utf-8;bücher@contoso.com'),
  );
  for (const text of ['ann@contoso.com', ';ann', 'rfc822;', 'rfc822;a+0Db', 'rf c;a']) {
    assert.ok(!isOriginalRecipient(text), text);
  }
});

const lines: readonly { readonly title: string; readonly wire: string; readonly lines: readonly string[] }[] =
  [
    { title: 'two lines', wire: 'NOOP\r\nQUIT\r\n', lines: ['NOOP', 'QUIT'] },
    { title: 'an unfinished line', wire: 'NOOP\r\nQU', lines: ['NOOP'] },
    { title: 'UTF-8', wire: 'VRFY \xc3\xb6\r\n', lines: ['VRFY ö'] },
    { title: 'octets that are no UTF-8', wire: 'VRFY \xf6\r\n', lines: ['not text'] },
    { title: 'a C1 control', wire: 'VRFY \xc2\x85\r\n', lines: ['not text'] },
    { title: 'a NUL', wire: 'NO\0OP\r\n', lines: ['not text'] },
    { title: 'a tab', wire: 'MAIL\tFROM:<>\r\n', lines: ['not text'] },
    { title: 'a bare LF', wire: 'NOOP\nQUIT\r\n', lines: ['bare line end', 'QUIT'] },
    { title: 'a bare CR', wire: 'NOOP\rQUIT\r\n', lines: ['bare line end'] },
    { title: 'an overlong line', wire: `${'a'.repeat(5000)}\r\nQUIT\r\n`, lines: ['too long', 'QUIT'] },
    { title: 'no line at all', wire: 'a'.repeat(70_000), lines: ['bare line end'] },
  ];

for (const { title, wire, lines: expected } of lines) {
  for (const size of [1, 2, 3, 100_000]) {
    test(`input: ${title}, ${size} at a time`, () => {
      const bytes = Buffer.from(wire, 'latin1');
      const input = new Input();
      const found: string[] = [];
      for (let at = 0; at < bytes.length && found.length < expected.length; at += size) {
        input.append(bytes.subarray(at, at + size));
        for (let line = input.takeLine(); line !== undefined; line = input.takeLine()) {
          found.push(line.kind === 'line' ? line.text : line.kind);
        }
      }
      assert.deepEqual(found, expected);
    });
  }
}
