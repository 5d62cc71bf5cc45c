import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { html } from '../../../runtime/viewer/html.ts';
import { RecentErrors } from '../../../runtime/viewer/recent-errors.ts';
import { readToken, TokenGate } from '../../../runtime/viewer/token.ts';
import { temporaryFolder } from '../../support/spool.ts';

const texts: readonly (readonly [words: string, text: string])[] = [
  ['<b a="1" b=\'2\'>&', '&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;'],
  ['\u202eabc\u0000\r\n', '&lt;U+202E&gt;abc&lt;U+0000&gt;&lt;U+000D&gt;&lt;U+000A&gt;'],
  ['\ud800 \ud83d\ude00', '&lt;U+D800&gt; \ud83d\ude00'],
];

for (const [words, text] of texts) {
  test(`viewer html: ${JSON.stringify(words)} is text`, () =>
    assert.equal(
      html`<p title="${words}">${[words, html`<br />`]}</p>`.text,
      `<p title="${text}">${text}<br /></p>`,
    ));
}

test('viewer html: what has no end is cut', () => {
  assert.ok(html`${'x'.repeat(1_000_000)}`.text.length <= 4000);
});

test('viewer: only the last errors are kept', () => {
  let now = 0;
  const errors = new RecentErrors(() => (now += 1));
  for (let id = 0; id < 1000; id += 1) {
    errors.track({ server: 'MBX1', source: 'SMTP', event: 'FAIL', id, size: 1, recipients: [] });
    errors.track({ server: 'MBX1', source: 'SMTP', event: 'RECEIVE', id, size: 1, recipients: [] });
    errors.count({ kind: 'refusal', server: 'MBX1', connector: 'Clients', code: 550 });
  }
  assert.deepEqual([errors.messages.length, errors.refusals.length], [50, 50]);
  assert.equal(errors.messages[0]?.id, 999);
});

test('viewer: a queue that is put off is one of the last errors, whatever its length', () => {
  const errors = new RecentErrors(() => 0);
  const event = { server: 'MBX1', source: 'SMTP', size: 1 } as const;
  errors.track({ ...event, event: 'FAIL', id: 1, recipients: [] });
  for (let id = 2; id < 100; id += 1) {
    const status = id % 2 === 0 ? '421 4.3.2 Busy' : '451 4.4.0 DNS query failed';
    errors.track({ ...event, event: 'DEFER', id, recipients: [{ path: 'bob@fabrikam.com', status }] });
  }
  assert.deepEqual(
    errors.messages.map(({ id }) => id),
    [99, 98, 1],
  );
});

test('viewer token: of the variable, of the file, of neither', () => {
  const folder = temporaryFolder();
  assert.equal(readToken(folder, undefined), undefined);
  writeFileSync(join(folder, 'viewer-token'), 'from-the-file-0123456789\n');
  assert.equal(readToken(folder, undefined), 'from-the-file-0123456789');
  assert.equal(readToken(folder, 'from-the-variable-012345'), 'from-the-variable-012345');
  assert.throws(() => readToken(folder, 'short'), /needs 20 characters or more/);
  const other = temporaryFolder();
  mkdirSync(join(other, 'viewer-token'));
  assert.throws(() => readToken(other, undefined), /cannot read .*: it is a folder/);
});

test('viewer token: wrong ones are counted by the minute', () => {
  let now = 0;
  const gate = new TokenGate('the-right-token-0123456789', () => now);
  assert.equal(gate.judge('the-right-token-0123456789'), 'right');
  for (let tries = 0; tries < 10; tries += 1) assert.equal(gate.judge(''), 'wrong');
  assert.equal(gate.judge('the-right-token-0123456789'), 'too many tries');
  now = 60_000;
  assert.equal(gate.judge('the-right-token-0123456789'), 'right');
});
