import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseMonitorAddress } from '../../../runtime/monitor/monitor-address.ts';
import { StartFailure } from '../../../runtime/start-failure.ts';

const good: readonly (readonly [text: string, address: string, port: number])[] = [
  ['9100', '127.0.0.1', 9100],
  ['127.0.0.2:0', '127.0.0.2', 0],
  ['[::1]:9100', '::1', 9100],
];

for (const [text, address, port] of good) {
  test(`monitor address: ${text}`, () => assert.deepEqual(parseMonitorAddress(text), { address, port }));
}

const bad = [
  '',
  '65536',
  'localhost:9100',
  '0.0.0.0:9100',
  '[::]:9100',
  '10.0.0.11:9100',
  '::1:9100',
  ':9100',
  '-1',
];

for (const text of bad) {
  test(`monitor address: "${text}" is refused`, () =>
    assert.throws(() => parseMonitorAddress(text), StartFailure));
}
