import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { recordHeaderLength, scanSegment } from '../../../runtime/queue/record.ts';
import { parseSegmentFileName } from '../../../runtime/queue/segment.ts';
import { listeningLog, openSpool, put, temporaryFolder, textsIn } from '../../support/spool.ts';

/** The one segment of a log that is not empty. */
function segmentIn(folder: string): { readonly path: string; readonly bytes: Buffer; readonly mark: Buffer } {
  for (const name of readdirSync(join(folder, 'log'))) {
    const path = join(folder, 'log', name);
    const bytes = readFileSync(path);
    if (bytes.length > 0) return { path, bytes, mark: parseSegmentFileName(name)?.mark ?? Buffer.alloc(8) };
  }
  throw new Error('the log is empty');
}

function recordsOf(bytes: Buffer, mark: Buffer): { readonly from: number; readonly to: number }[] {
  return [...scanSegment(bytes, mark)].flatMap((result) =>
    result.kind === 'record'
      ? [{ from: result.record.offset, to: result.record.offset + result.record.length }]
      : [],
  );
}

test('recovery: cut anywhere in its last record, a log gives back all records before it', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder);
  await put(spool, 'first');
  await put(spool, 'second');
  await put(spool, 'last');
  const { bytes, mark } = segmentIn(folder);
  const last = recordsOf(bytes, mark).at(-1);
  assert.ok(last);
  for (let cut = last.from; cut < last.to; cut += 1) {
    const results = [...scanSegment(bytes.subarray(0, cut), mark)];
    const expected: readonly string[] =
      cut === last.from ? ['record', 'record'] : ['record', 'record', 'torn'];
    assert.deepEqual(
      results.map(({ kind }) => kind),
      expected,
      `cut at ${cut - last.from} of ${last.to - last.from}`,
    );
  }
  await spool.close();
});

test('recovery: a torn write is cut off for good', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder);
  await put(spool, 'first');
  await put(spool, 'torn');
  const { path, bytes } = segmentIn(folder);
  truncateSync(path, bytes.length - 3);
  const log = listeningLog();
  const again = await openSpool(folder, { log });
  assert.deepEqual(await textsIn(again), ['first']);
  assert.deepEqual(log.events, ['torn write cut off']);
  assert.deepEqual(readdirSync(join(folder, 'corrupt')), []);
  await again.close();
  const third = await openSpool(folder, { log });
  assert.deepEqual(log.events, ['torn write cut off']);
  await third.close();
  await spool.close();
});

test('recovery: a damaged record is set aside and named, the rest goes on', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder);
  for (const text of ['first', 'damaged', 'third']) await put(spool, text);
  const { path, bytes, mark } = segmentIn(folder);
  const damaged = recordsOf(bytes, mark)[1];
  assert.ok(damaged);
  bytes[damaged.to - 2] = (bytes[damaged.to - 2] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const log = listeningLog();
  const again = await openSpool(folder, { log });
  assert.deepEqual(await textsIn(again), ['first', 'third']);
  assert.deepEqual(log.events, ['damaged record set aside']);
  const name = `segment-1-at-${damaged.from}`;
  assert.deepEqual(readdirSync(join(folder, 'corrupt')).sort(), [`${name}.reason`, `${name}.record`]);
  const kept = readFileSync(join(folder, 'corrupt', `${name}.record`));
  assert.deepEqual(kept, bytes.subarray(damaged.from, damaged.to));
  await again.close();
  await spool.close();
});

test('recovery: a message that carries a record of the log stays one message', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder);
  await put(spool, 'first');
  const stolen = segmentIn(folder).bytes.toString('latin1');
  const other = temporaryFolder();
  const target = await openSpool(other);
  await put(target, stolen);
  const { path, bytes } = segmentIn(other);
  bytes[20] = (bytes[20] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
  const again = await openSpool(other);
  assert.deepEqual(await textsIn(again), []);
  await Promise.all([spool.close(), target.close(), again.close()]);
});

test('recovery: a large message whose file is short is set aside', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { largeLength: 10 });
  await put(spool, 'long enough for a file');
  await put(spool, 'first');
  const [name = ''] = readdirSync(join(folder, 'large'));
  truncateSync(join(folder, 'large', name), 5);
  const log = listeningLog();
  const again = await openSpool(folder, { log });
  assert.deepEqual(await textsIn(again), ['first']);
  assert.deepEqual(log.events, ['message lost its bytes']);
  assert.ok(readdirSync(join(folder, 'corrupt')).includes(`large-${name}`));
  await Promise.all([spool.close(), again.close()]);
});

test('recovery: whatever bits flip, every undamaged message comes back', async () => {
  const root = temporaryFolder();
  let run = 0;
  const texts = fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 8 });
  const flips = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(texts, flips, async (given, places) => {
      const folder = join(root, String((run += 1)));
      const spool = await openSpool(folder);
      const numbered = given.map((text, index) => `${index}:${text}`);
      for (const text of numbered) await put(spool, text);
      const { path, bytes, mark } = segmentIn(folder);
      const records = recordsOf(bytes, mark);
      const damaged = new Set<number>();
      for (const place of places) {
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ 0x10;
        damaged.add(records.findIndex(({ from, to }) => from <= at && at < to));
      }
      writeFileSync(path, bytes);
      const again = await openSpool(folder);
      const found = await textsIn(again);
      for (const [index, text] of numbered.entries()) {
        if (!damaged.has(index)) assert.ok(found.includes(text), `message ${index} is gone`);
      }
      for (const text of found) assert.ok(numbered.includes(text), 'a damaged message was handed out');
      await Promise.all([spool.close(), again.close()]);
    }),
    { numRuns: 60 },
  );
});

test('recovery: the state of the disk at any moment holds every message that was committed', async () => {
  const root = temporaryFolder();
  const folder = join(root, 'live');
  const spool = await openSpool(folder, { segmentLength: 300, largeLength: 120 });
  const committed: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const text = `${index}:${'y'.repeat(index * 20)}`;
    await put(spool, text);
    committed.push(text);
    const copy = join(root, `copy-${index}`);
    cpSync(folder, copy, { recursive: true });
    const again = await openSpool(copy);
    assert.deepEqual(await textsIn(again), committed);
    await again.close();
  }
  await spool.close();
});

test('recovery: a header is as long as the layout says', () => {
  assert.equal(recordHeaderLength, 8 + 1 + 3 + 4 + 4 + 8 + 4 + 4);
});
