import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutLeadingZeros, type Decimal } from '../../src/mail/leading-zeros.ts';

const cases: readonly (readonly [text: string, decimal: Decimal | undefined])[] = [
  ['10.0.0.1:25', undefined],
  ['0.0.0.0', undefined],
  ['fe80::1', undefined],
  ['10.0.0.01:25', { text: '10.0.0.1:25', readings: 'same' }],
  ['10.0.0.007-10.0.0.9', { text: '10.0.0.7-10.0.0.9', readings: 'same' }],
  ['10.0.0.011', { text: '10.0.0.11', readings: 'different' }],
  ['10.0.0.1/024', { text: '10.0.0.1/24', readings: 'different' }],
  ['000.00.0.0', { text: '0.0.0.0', readings: 'same' }],
];

for (const [text, decimal] of cases) {
  test(`withoutLeadingZeros: ${text}`, () => assert.deepEqual(withoutLeadingZeros(text), decimal));
}
