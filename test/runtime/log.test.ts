import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLog } from '../../runtime/log.ts';

const cases = [
  { title: 'a plain event', client: 'mail.fabrikam.com', shown: '"client":"mail.fabrikam.com"' },
  {
    title: 'a forged line',
    client: 'a\r\n{"event":"b"}',
    shown: String.raw`"client":"a\r\n{\"event\":\"b\"}"`,
  },
  { title: 'a terminal escape', client: '\u001b[2J\u009b', shown: String.raw`"client":"\u001b[2J\u009b"` },
  { title: 'other line ends', client: '\u2028\u2029', shown: String.raw`"client":"\u2028\u2029"` },
];

for (const { title, client, shown } of cases) {
  test(`log: ${title} is one line`, () => {
    const lines: string[] = [];
    jsonLog(
      (line) => lines.push(line),
      () => 0,
    )('info', 'client connected', { client, none: undefined });
    assert.deepEqual(lines, [
      `{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"client connected",${shown}}\n`,
    ]);
    assert.equal(lines.join('').split(/[\n\u2028\u2029\u0085]/).length, 2);
  });
}
