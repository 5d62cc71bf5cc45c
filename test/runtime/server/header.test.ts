import assert from 'node:assert/strict';
import { test } from 'node:test';

import { permissionsOf } from '../../../runtime/decide/permissions.ts';
import { countHops, filteredHeader, messageIdOf } from '../../../runtime/server/header-firewall.ts';
import { HeaderReader } from '../../../runtime/server/header.ts';
import type { Header } from '../../../runtime/server/header.ts';
import { receivedField } from '../../../runtime/server/received-field.ts';
import { receiveConnector } from '../../support/receive-connector.ts';

const cases: readonly {
  readonly title: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly body: string;
}[] = [
  { title: 'two fields and a body', message: 'A: 1\r\nB: 2\r\n\r\nbody', fields: ['a', 'b'], body: 'body' },
  { title: 'a folded field', message: 'A: 1\r\n\t2\r\n 3\r\nB: 2\r\n\r\n', fields: ['a', 'b'], body: '' },
  { title: 'no header', message: '\r\nbody', fields: [], body: 'body' },
  { title: 'a body at once', message: 'just text\r\nmore\r\n', fields: [], body: 'just text\r\nmore\r\n' },
  { title: 'a body without an empty line', message: 'A: 1\r\ntext\r\n', fields: ['a'], body: 'text\r\n' },
  { title: 'a continuation of nothing', message: ' x\r\nA: 1\r\n', fields: [], body: ' x\r\nA: 1\r\n' },
  { title: 'a blank before the colon', message: 'A : 1\r\n\r\n', fields: ['a'], body: '' },
  { title: 'no name', message: ': 1\r\n\r\n', fields: [], body: ': 1\r\n\r\n' },
  { title: 'nothing but a header', message: 'A: 1\r\n', fields: ['a'], body: '' },
  { title: 'nothing', message: '', fields: [], body: '' },
];

function read(message: string, size: number): { header: Header | 'too large'; rest: string } {
  const reader = new HeaderReader(1000);
  const bytes = Buffer.from(message, 'latin1');
  for (let at = 0; at < bytes.length; at += size) {
    const header = reader.take(bytes.subarray(at, at + size));
    if (header !== undefined) return { header, rest: bytes.subarray(at + size).toString('latin1') };
  }
  return { header: reader.end(), rest: '' };
}

for (const { title, message, fields, body } of cases) {
  for (const size of [1, 2, 3, 1000]) {
    test(`header: ${title}, ${size} at a time`, () => {
      const { header, rest } = read(message, size);
      assert.ok(header !== 'too large');
      assert.deepEqual(
        header.fields.map(({ name }) => name),
        fields,
      );
      assert.equal(Buffer.from(header.body).toString('latin1') + rest, body);
    });
  }
}

test('header: one beyond its limit', () => {
  for (const size of [1, 3000]) {
    assert.equal(read(`A: ${'x'.repeat(2000)}\r\n\r\n`, size).header, 'too large');
    assert.equal(read('A: 1\r\n'.repeat(500), size).header, 'too large');
  }
});

function headerOf(message: string): Header {
  const { header } = read(message, 10_000);
  assert.ok(header !== 'too large');
  return header;
}

test('header firewall: every group of fields has its right', () => {
  const header = headerOf(
    'Received: a\r\nResent-From: b\r\nX-MS-Exchange-Organization-SCL: 1\r\nX-MS-Exchange-Forest-X: 2\r\nTo: c\r\n\r\n',
  );
  const names = (rights: readonly string[]): string => {
    const principal = 'NT AUTHORITY\\ANONYMOUS LOGON';
    const connector = receiveConnector({ permissionGroups: [], extendedRights: [{ principal, rights }] });
    const kept = Buffer.from(filteredHeader(header, permissionsOf(connector, 'anonymous'))).toString();
    return kept
      .split('\r\n')
      .map((line) => line.split(':')[0])
      .join(' ')
      .trim();
  };
  assert.equal(names([]), 'To');
  assert.equal(names(['ms-Exch-Accept-Headers-Routing']), 'Received Resent-From To');
  assert.equal(names(['ms-Exch-Accept-Headers-Organization']), 'X-MS-Exchange-Organization-SCL To');
  assert.equal(names(['ms-Exch-Accept-Headers-Forest']), 'X-MS-Exchange-Forest-X To');
});

test('header: hops are counted, our own apart', () => {
  const header = headerOf(
    'Received: from a by MAIL.contoso.com\r\n with x; d\r\nReceived: from by.example (by x)\r\n\tby other.example; d\r\n\r\n',
  );
  assert.deepEqual(countHops(header, ['mail.contoso.com']), { all: 2, local: 1 });
});

const messageIds: readonly { readonly field: string; readonly id?: string }[] = [
  { field: 'Message-ID: <1@a>', id: '<1@a>' },
  { field: 'message-id:\r\n <1@a>', id: '<1@a>' },
  { field: 'Message-ID: <1 2@a>' },
  { field: 'Message-ID: <1@a> <2@a>' },
  { field: 'Message-ID: 1@a' },
  { field: `Message-ID: <${'1'.repeat(300)}@a>` },
  { field: 'Message-ID: <\xe4@a>' },
  { field: 'Subject: <1@a>' },
];

for (const { field, id } of messageIds) {
  test(`message id: ${JSON.stringify(field.slice(0, 40))}`, () => {
    assert.equal(messageIdOf(headerOf(`${field}\r\n\r\n`)), id);
  });
}

const protocols = [
  { facts: { hello: 'HELO' }, word: 'SMTP' },
  { facts: { hello: 'HELO', isLoggedOn: true }, word: 'ESMTPA' },
  { facts: { isLoggedOn: true, tls: { protocol: 'TLSv1.3', cipher: 'X' } }, word: 'ESMTPSA' },
  { facts: { isLoggedOn: true, smtpUtf8: 'asked for' }, word: 'UTF8SMTPA' },
] as const;

for (const { facts, word } of protocols) {
  test(`received field: ${JSON.stringify(facts)} is ${word}`, () => {
    const field = receivedField({
      clientName: 'a',
      clientAddress: '192.0.2.1',
      fqdn: 'mail.contoso.com',
      hello: 'EHLO',
      smtpUtf8: 'not asked for',
      isLoggedOn: false,
      id: '1.1',
      at: 0,
      ...facts,
    });
    assert.ok(field.includes(` with ${word} (`), field);
  });
}

test('received field: what the client says cannot break out of it', () => {
  const field = receivedField({
    clientName: 'a\r\nBcc: x;(y)',
    clientAddress: '192.0.2.1',
    fqdn: 'mail.contoso.com',
    hello: 'EHLO',
    smtpUtf8: 'not asked for',
    isLoggedOn: false,
    id: '1.1',
    at: 0,
  });
  assert.equal(
    field,
    'Received: from a??Bcc:?x??y? (192.0.2.1) by mail.contoso.com\r\n with ESMTP (mailtopo)\r\n' +
      ' id 1.1; Thu, 1 Jan 1970 00:00:00 +0000\r\n',
  );
});
