import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { RotatingFile, type RotatingFileOptions } from '../../../runtime/exchange-logs/rotating-file.ts';
import { waitUntil } from '../../peers/wait-until.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { watchedDisk, type WatchedDisk } from '../../support/watched-disk.ts';

const plenty = { size: 100 * 1024 ** 3, free: 50 * 1024 ** 3 };
const start = Date.UTC(2026, 10, 24, 8);

interface Kept {
  readonly file: RotatingFile;
  readonly folder: string;
  readonly clock: ManualClock;
  readonly disk: WatchedDisk;
  readonly lost: { readonly lines: number; readonly reason: string }[];
  names(): readonly string[];
  text(name: string): string;
}

function keep(changes: Partial<RotatingFileOptions> = {}): Kept {
  const folder = join(temporaryFolder(), 'logs');
  const clock = manualClock(start);
  const disk = watchedDisk();
  const lost: { lines: number; reason: string }[] = [];
  const file = new RotatingFile({
    disk: { ...disk, space: () => Promise.resolve(plenty) },
    folder,
    prefix: 'RECV',
    period: 'hour',
    head: () => '#head\n',
    fileLength: 100,
    totalLength: 1000,
    days: 30,
    clock,
    onLost: (lines, reason) => void lost.push({ lines, reason }),
    ...changes,
  });
  return {
    file,
    folder,
    clock,
    disk,
    lost,
    names: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    text: (name) => readFileSync(join(folder, name), 'utf8'),
  };
}

/** Writes and closes; the next write begins a new file. */
async function put({ file }: Kept, text: string): Promise<void> {
  file.write(text);
  await file.close();
}

test('rotating file: lines gather, and nobody but the owner may read them', async () => {
  const kept = keep();
  kept.file.write('one\n');
  kept.file.write('two\n');
  assert.equal(kept.file.writableLength, 8);
  await kept.file.close();
  assert.deepEqual(kept.names(), ['RECV2026112408-1.LOG']);
  assert.equal(kept.text('RECV2026112408-1.LOG'), '#head\none\ntwo\n');
  assert.equal(statSync(join(kept.folder, 'RECV2026112408-1.LOG')).mode & 0o777, 0o600);
  assert.equal(kept.disk.done.filter((one) => one === 'write').length, 2);
  assert.equal(kept.file.writableLength, 0);
});

test('rotating file: a new hour, a full file and a new start have a new file', async () => {
  const kept = keep();
  await put(kept, 'one\n');
  await put(kept, 'two\n');
  kept.clock.pass(3_600_000);
  await put(kept, `${'x'.repeat(90)}\n`);
  assert.deepEqual(kept.names(), ['RECV2026112408-1.LOG', 'RECV2026112408-2.LOG', 'RECV2026112409-1.LOG']);
});

test('rotating file: what is too old goes, and what is another log stays', async () => {
  const kept = keep();
  mkdirSync(kept.folder, { recursive: true });
  const others = [
    'RECV2026102407-1.LOG',
    'RECV2026102508-1.LOG',
    'RECV20261023-1.LOG',
    'SEND2020010100-1.LOG',
    'RECV2020.txt',
  ];
  for (const name of others) writeFileSync(join(kept.folder, name), 'x');
  await put(kept, 'one\n');
  assert.deepEqual(kept.names(), [
    'RECV2020.txt',
    'RECV2026102508-1.LOG',
    'RECV2026112408-1.LOG',
    'SEND2020010100-1.LOG',
  ]);
});

test('rotating file: together the files stay below their total, and the oldest go first', async () => {
  const kept = keep({ totalLength: 250 });
  for (let number = 0; number < 12; number += 1) await put(kept, `${'x'.repeat(60)}\n`);
  const lengths = kept.names().map((name) => kept.text(name).length);
  assert.ok(lengths.reduce((sum, length) => sum + length, 0) <= 250, `${lengths}`);
  assert.equal(kept.names().at(-1), 'RECV2026112408-12.LOG');
});

test('rotating file: a full disk costs lines, tells how many, and whole lines go on later', async () => {
  const kept = keep();
  await put(kept, 'before\n');
  kept.disk.fail('write', 'ENOSPC');
  await put(kept, 'lost 1\n');
  await put(kept, 'lost 2\nlost 3\n');
  kept.disk.fail('write', undefined);
  kept.clock.pass(10_000);
  await put(kept, 'after\n');
  assert.equal(
    kept.lost.reduce((sum, { lines }) => sum + lines, 0),
    3,
  );
  assert.match(kept.lost[0]?.reason ?? '', /ENOSPC/);
  const lines = kept.names().flatMap((name) => kept.text(name).split('\n'));
  assert.deepEqual(
    lines.filter((line) => line !== '' && !line.startsWith('#')),
    ['before', 'after'],
  );
});

test('rotating file: a write that is cut off leaves no half line', async () => {
  const kept = keep();
  kept.file.write('whole\n');
  kept.clock.pass(200);
  while (kept.file.writableLength > 0) await new Promise((resolve) => setImmediate(resolve));
  kept.disk.fail('write', 'ENOSPC');
  await put(kept, 'a line that is longer than what is taken of it\n');
  assert.equal(kept.text('RECV2026112408-1.LOG'), '#head\nwhole\n');
});

test('rotating file: where mail would soon be refused for the disk, old files go and no new one comes', async () => {
  const gone = { size: 100 * 1024 ** 3, free: 1024 ** 2 };
  let space = plenty;
  const kept = keep({ disk: { ...watchedDisk(), space: () => Promise.resolve(space) } });
  await put(kept, 'one\n');
  space = gone;
  await put(kept, 'two\n');
  assert.deepEqual(kept.names(), []);
  assert.match(kept.lost[0]?.reason ?? '', /short of room/);
});

test('rotating file: what is much does not wait for the clock', async () => {
  const kept = keep({ fileLength: 1_000_000 });
  const row = `${'x'.repeat(1023)}\n`;
  for (let number = 0; number < 64; number += 1) kept.file.write(row);
  await waitUntil('the rows to be written', () => (kept.file.writableLength === 0 ? true : undefined));
  assert.equal(kept.clock.now(), start);
  assert.equal(kept.text('RECV2026112408-1.LOG'), `#head\n${row.repeat(64)}`);
  await kept.file.close();
});
