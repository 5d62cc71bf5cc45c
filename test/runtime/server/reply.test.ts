import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { catalogue } from '../../../runtime/server/reply-catalogue.ts';
import { isProtocolError, queued, repliesOf, wireText } from '../../../runtime/server/reply.ts';

for (const [name, rows] of Object.entries(catalogue)) {
  test(`reply: ${name} is well formed`, () => {
    assert.equal(rows[0]?.since, '2007');
    for (const { code, enhanced, text } of rows) {
      assert.ok(code >= 200 && code < 560);
      assert.match(text, /^[\x20-\x7e]{2,200}$/);
      // RFC 2034 §4: none with 3yz.
      assert.equal(enhanced === undefined, code === 354);
    }
  });
}

test('reply: each version has its own words', () => {
  const said = (['2007', '2010', '2013', 'SE'] as const).map((version) => {
    const { code, enhanced } = repliesOf({ exchangeVersion: version }).unableToRelay;
    const message = { messageId: '<1@a>', internalId: 7, fqdn: 'h.example' };
    return [code, enhanced, queued(version, message).lines[0]];
  });
  assert.deepEqual(said, [
    [550, '5.7.1', '<1@a> Queued mail for delivery'],
    [550, '5.7.1', '<1@a> [InternalId=7] Queued mail for delivery'],
    [550, '5.7.54', '<1@a> [InternalId=7, Hostname=h.example] Queued mail for delivery'],
    [550, '5.7.54', '<1@a> [InternalId=7, Hostname=h.example] Queued mail for delivery'],
  ]);
});

test('reply: on the wire', () => {
  assert.equal(wireText({ code: 250, lines: ['a', 'b'] }, 'shown'), '250-a\r\n250 b\r\n');
  assert.equal(wireText({ code: 250, enhanced: '2.0.0', lines: ['OK'] }, 'shown'), '250 2.0.0 OK\r\n');
  assert.equal(wireText({ code: 250, enhanced: '2.0.0', lines: ['OK'] }, 'hidden'), '250 OK\r\n');
});

test('reply: what counts as a protocol error', () => {
  const { unknownCommand, unableToRelay, invalidArguments, unsupportedParameter, tlsRequired } = repliesOf({
    exchangeVersion: '2016',
  });
  assert.ok([unknownCommand, invalidArguments, unsupportedParameter].every(isProtocolError));
  assert.ok(![unableToRelay, tlsRequired].some(isProtocolError));
});

/** Said where there is no session yet, or where something has broken: the tests that show them. */
const elsewhere: Readonly<Record<string, string>> = {
  tooManyConnections: 'server.test.ts',
  internalError: 'connection.test.ts',
};

const folder = new URL('../../../../test/runtime/transcripts/', import.meta.url);
const inTranscripts = new Set(
  readdirSync(folder).flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n')),
);

for (const [name, rows] of Object.entries(catalogue)) {
  for (const { code, enhanced, text, since, provenance } of rows) {
    test(`reply: ${name} of ${since} (${provenance}) stands in a transcript`, () => {
      const line = `${code} ${enhanced === undefined ? '' : `${enhanced} `}${text}`;
      const file = elsewhere[name];
      if (file === undefined) assert.ok(inTranscripts.has(`S: ${line}`), line);
      else {
        const source = new URL(`../../../../test/runtime/server/${file}`, import.meta.url);
        assert.ok(readFileSync(source, 'utf8').includes(`${code} ${enhanced}`.slice(0, 9)), line);
      }
    });
  }
}
