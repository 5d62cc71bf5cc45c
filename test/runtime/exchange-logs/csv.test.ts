import assert from 'node:assert/strict';
import { test } from 'node:test';

import { csvRow } from '../../../runtime/exchange-logs/csv.ts';

const cases: readonly (readonly [what: string, fields: readonly string[], row: string])[] = [
  ['plain fields stand as they are', ['a', '', 'b c'], 'a,,b c'],
  ['a comma is quoted', ['a,b', 'c'], '"a,b",c'],
  ['a quote is doubled', ['say "x"', 'y'], '"say ""x""",y'],
  ['a line end does not end the row', ['a\r\n2026,forged', 'b'], '"a\\u000d\\u000a2026,forged",b'],
  ['a quote and a line end do neither', ['a"\r\nforged', 'b'], '"a""\\u000d\\u000aforged",b'],
  [
    'other line ends and controls are written out',
    ['\u2028\u0085\u0000\u001b[2J'],
    '\\u2028\\u0085\\u0000\\u001b[2J',
  ],
];

for (const [what, fields, row] of cases) {
  test(`csv: ${what}`, () => assert.equal(csvRow(fields), `${row}\r\n`));
}
