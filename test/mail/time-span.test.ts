import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTimeSpan, printTimeSpan } from '../../src/mail/time-span.ts';

interface Case {
  readonly text: string;
  readonly seconds: number | undefined;
  readonly printed?: string;
}

const cases: readonly Case[] = [
  { text: '00:10:00', seconds: 600, printed: '00:10:00' },
  { text: '1:00:00', seconds: 3600, printed: '01:00:00' },
  { text: '1.00:00:00', seconds: 86_400, printed: '1.00:00:00' },
  { text: '24855.03:14:07', seconds: 2_147_483_647, printed: '24855.03:14:07' },
  { text: '0.00:00:01', seconds: 1, printed: '00:00:01' },
  { text: '30s', seconds: 30, printed: '00:00:30' },
  { text: '10m', seconds: 600, printed: '00:10:00' },
  { text: '4h', seconds: 14_400, printed: '04:00:00' },
  { text: '2d', seconds: 172_800, printed: '2.00:00:00' },
  { text: '90 M', seconds: 5400, printed: '01:30:00' },
  { text: '5', seconds: undefined },
  { text: '10:00', seconds: undefined },
  { text: '24:00:00', seconds: undefined },
  { text: '00:60:00', seconds: undefined },
  { text: '00:00:60', seconds: undefined },
  { text: '-00:10:00', seconds: undefined },
  { text: '1h30m', seconds: undefined },
  { text: 'unlimited', seconds: undefined },
  { text: '', seconds: undefined },
];

for (const { text, seconds, printed } of cases) {
  test(`time-span: "${text}" is ${seconds ?? 'no duration'}`, () => {
    assert.equal(parseTimeSpan(text), seconds);
    if (seconds !== undefined) assert.equal(printTimeSpan(seconds), printed);
  });
}

test('time-span: a printed duration is read back', () => {
  fc.assert(fc.property(fc.nat(), (seconds) => assert.equal(parseTimeSpan(printTimeSpan(seconds)), seconds)));
});
