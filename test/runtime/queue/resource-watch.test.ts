import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogFields } from '../../../runtime/log.ts';
import { nodeDisk, type Disk } from '../../../runtime/queue/disk.ts';
import { memoryShare } from '../../../runtime/queue/memory-share.ts';
import { ResourceWatch } from '../../../runtime/queue/resource-watch.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { temporaryFolder } from '../../support/spool.ts';

const size = 100 * 1024 ** 3;

function watched(more: { space?: Disk['space'] } = {}) {
  const found = { free: size, memory: 0 };
  const events: { level: string; event: string; fields: LogFields }[] = [];
  const clock = manualClock();
  const disk = { ...nodeDisk, space: async () => ({ size, free: found.free }), ...more };
  const watch = new ResourceWatch({
    disk,
    folder: '/queue',
    server: 'MBX1',
    clock,
    log: (level, event, fields = {}) => events.push({ level, event, fields }),
    memoryUsed: () => found.memory,
  });
  return { found, events, clock, watch };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

test('resource watch: it looks every two seconds, and tells of each change once', async () => {
  const { found, events, clock, watch } = watched();
  await watch.start();
  found.free = 1024 ** 2;
  assert.equal(watch.pressure, 'normal');
  for (const free of [1024 ** 2, 1024 ** 2, size]) {
    found.free = free;
    clock.pass(2000);
    await turns();
  }
  assert.equal(watch.pressure, 'normal');
  assert.deepEqual(
    events.map(({ level, event, fields }) => [level, event, fields.resource, fields.to, fields.eventId]),
    [
      ['warning', 'back pressure', 'disk', 'high', 15004],
      ['info', 'back pressure', 'disk', 'normal', 15005],
    ],
  );
  watch.stop();
});

test('resource watch: memory is watched as the disk is', async () => {
  const { found, watch } = watched();
  await watch.start();
  found.memory = 73;
  await watch.look();
  assert.equal(watch.pressure, 'medium');
  watch.stop();
});

test('resource watch: a disk that does not say how full it is exerts no pressure, and is told of', async () => {
  const { events, watch } = watched({ space: () => Promise.reject(new Error('EIO')) });
  await watch.start();
  await watch.look();
  assert.equal(watch.pressure, 'normal');
  assert.deepEqual(
    events.map(({ event }) => event),
    ['free disk space not known'],
  );
  watch.stop();
});

test('resource watch: the disk of this machine says how full it is, and the memory how large', async () => {
  const { size, free } = await nodeDisk.space(temporaryFolder());
  assert.ok(free > 0 && free <= size);
  assert.ok(memoryShare() > 16 * 1024 ** 2);
});
