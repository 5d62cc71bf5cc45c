import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../../runtime/log.ts';
import { FileSpool } from '../../../runtime/queue/spool.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { powerDisk, type PowerDisk } from '../../support/power-disk.ts';
import { put, textOf } from '../../support/spool.ts';

/** The same numbers for the same seed, so that a failure can be met again. */
function randomNumbers(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Life {
  /** Got 250 and was not ended. */
  readonly owed: Set<string>;
  readonly offered: Set<string>;
}

const lengths = [20, 90, 300, 1500];

/** Opens a spool with tiny limits, so that segments follow each other, are carried forward and removed all the time. */
function openTiny(disk: PowerDisk): Promise<FileSpool> {
  return FileSpool.open({
    disk,
    folder: '/spool',
    clock: manualClock(),
    log: silentLog,
    largeLength: 1000,
    segmentLength: 1200,
    cacheLength: 400,
  });
}

/** Takes messages and ends most of them, in several hands at once, until the power fails. */
async function live(disk: PowerDisk, random: () => number, { owed, offered }: Life): Promise<void> {
  const spool = await openTiny(disk);
  const hand = async (): Promise<void> => {
    for (;;) {
      const text = `${offered.size} ${'x'.repeat(lengths[Math.floor(random() * 4)] ?? 0)}`;
      offered.add(text);
      const id = await put(spool, text).catch(() => undefined);
      // It got 452, and its client keeps it.
      if (id === undefined) continue;
      const message = spool.get(id);
      assert.ok(message);
      owed.add(text);
      // Some stay for long, and hold up the segment that they lie in.
      if (random() < 0.2) continue;
      owed.delete(text);
      spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
      if (random() < 0.3) await spool.flush().catch(() => undefined);
    }
  };
  await Promise.all([hand(), hand(), hand()]);
}

for (let seed = 1; seed <= 200; seed += 1) {
  const faults = seed % 2 === 0 ? 0 : 5;
  test(`power failure ${seed}, ${faults} faults in a hundred: what got 250 is there, and nothing that nobody sent`, async () => {
    const random = randomNumbers(seed);
    const disk = powerDisk({ failsAt: 20 + Math.floor(random() * 400), faults }, random);
    const life: Life = { owed: new Set(), offered: new Set() };
    await Promise.race([live(disk, random, life), disk.failed]);

    const after = await openTiny(disk.afterFailure());
    const found = new Set<string>();
    for (const message of after.messages()) found.add(await textOf(after, message));
    assert.deepEqual(
      [...life.owed].filter((text) => !found.has(text)),
      [],
      'lost',
    );
    assert.deepEqual(
      [...found].filter((text) => !life.offered.has(text)),
      [],
      'strange',
    );
    await put(after, 'still takes mail');
    await after.close();
  });
}
