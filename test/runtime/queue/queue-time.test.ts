import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeDisk } from '../../../runtime/queue/disk.ts';
import { QueueTime } from '../../../runtime/queue/queue-time.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { listeningLog, temporaryFolder } from '../../support/spool.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

const hour = 3_600_000;

function options(folder: string, clock = manualClock(), disk = nodeDisk) {
  return { disk, folder, clock, log: listeningLog(), longestStandstill: 24 * hour };
}

test('queue time: it passes with the process, whatever the time of day does', async () => {
  const clock = manualClock();
  const given = options(temporaryFolder(), clock);
  const time = await QueueTime.resume(given, 0);
  const start = time.now();
  clock.pass(hour);
  clock.jump(1000 * hour);
  clock.pass(hour);
  clock.jump(-5000 * hour);
  assert.equal(time.now() - start, 2 * hour);
  await time.save();
  assert.deepEqual(given.log.events, ['time of day jumped']);
  await time.save();
  assert.equal(given.log.events.length, 1, 'a jump is told of once');
});

const standstills: readonly { title: string; stood: number; counted: number; events: readonly string[] }[] = [
  { title: 'a short standstill counts', stood: hour, counted: hour, events: [] },
  {
    title: 'a long one counts up to the bound',
    stood: 1000 * hour,
    counted: 24 * hour,
    events: ['standstill not believed'],
  },
  { title: 'a clock set back counts as none', stood: -hour, counted: 0, events: ['standstill not believed'] },
];

for (const { title, stood, counted, events } of standstills) {
  test(`queue time: ${title}`, async () => {
    const folder = temporaryFolder();
    const clock = manualClock();
    const before = await QueueTime.resume(options(folder, clock), 0);
    clock.pass(hour);
    await before.save();
    const end = before.now();
    clock.jump(stood);
    const given = options(folder, clock);
    const after = await QueueTime.resume(given, 0);
    assert.equal(after.now() - end, counted);
    assert.deepEqual(given.log.events, events);
  });
}

test('queue time: it never goes back behind what the log knows', async () => {
  const folder = temporaryFolder();
  await (await QueueTime.resume(options(folder), 0)).save();
  assert.ok((await QueueTime.resume(options(folder), 5 * hour)).now() >= 5 * hour);
});

for (const text of ['', '{"wall":', '{"wall":"x","time":null}']) {
  test(`queue time: a mark of ${JSON.stringify(text)} is as good as none`, async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'time'), text);
    assert.equal((await QueueTime.resume(options(folder), 7)).now(), 7);
  });
}

for (const operation of ['writeWhole', 'rename'] as const) {
  test(`queue time: a disk that refuses ${operation} is told of, and nothing stops`, async () => {
    const disk = watchedDisk();
    const given = options(temporaryFolder(), manualClock(), disk);
    const time = await QueueTime.resume(given, 0);
    disk.fail(operation, 'EROFS');
    await time.save();
    assert.deepEqual(given.log.events, ['queue time not written']);
  });
}
