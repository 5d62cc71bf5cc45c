import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pressure } from '../../../runtime/message.ts';
import {
  diskThresholds,
  memoryThresholds,
  nextPressure,
  worstPressure,
} from '../../../runtime/queue/pressure.ts';

const gigabyte = 1024 ** 3;

const cases: readonly { title: string; used: readonly number[]; pressures: readonly Pressure[] }[] = [
  { title: 'rises step by step', used: [71, 72, 74, 75], pressures: ['normal', 'medium', 'medium', 'high'] },
  { title: 'rises at once', used: [10, 90], pressures: ['normal', 'high'] },
  {
    title: 'stays high until it is well below',
    used: [80, 74, 73, 72],
    pressures: ['high', 'high', 'high', 'medium'],
  },
  {
    title: 'stays medium until it is well below',
    used: [72, 71, 70],
    pressures: ['medium', 'medium', 'normal'],
  },
  { title: 'falls at once', used: [80, 10], pressures: ['high', 'normal'] },
];

for (const { title, used, pressures } of cases) {
  test(`pressure: ${title}`, () => {
    let pressure: Pressure = 'normal';
    const found = used.map((value) => (pressure = nextPressure(pressure, value, memoryThresholds)));
    assert.deepEqual(found, pressures);
  });
}

const disks: readonly { title: string; size: number; free: number; pressure: Pressure }[] = [
  {
    title: 'a large disk that is nine tenths full',
    size: 1000 * gigabyte,
    free: 100 * gigabyte,
    pressure: 'normal',
  },
  { title: 'a large disk with 600 MB', size: 1000 * gigabyte, free: 600 * 1024 ** 2, pressure: 'medium' },
  { title: 'a large disk with 400 MB', size: 1000 * gigabyte, free: 400 * 1024 ** 2, pressure: 'high' },
  { title: 'a small disk with a quarter', size: gigabyte, free: 0.25 * gigabyte, pressure: 'normal' },
  { title: 'a small disk with a twentieth', size: gigabyte, free: 0.05 * gigabyte, pressure: 'high' },
];

for (const { title, size, free, pressure } of disks) {
  test(`pressure: ${title} is ${pressure}`, () => {
    assert.equal(nextPressure('normal', size - free, diskThresholds(size)), pressure);
  });
}

test('pressure: the worst resource counts', () => {
  assert.equal(worstPressure(['normal', 'medium', 'normal']), 'medium');
  assert.equal(worstPressure(['medium', 'high']), 'high');
  assert.equal(worstPressure([]), 'normal');
});
