import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeDisk, type Disk } from '../../../runtime/queue/disk.ts';
import { CorruptMessage } from '../../../runtime/queue/message-bytes.ts';
import { envelopeTo, openSpool, put, temporaryFolder, textOf, textsIn } from '../../support/spool.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

const large = 'x'.repeat(1000);

test('spool: a commit resolves only after the flush', async () => {
  const disk = watchedDisk();
  const spool = await openSpool(temporaryFolder(), { disk });
  const release = disk.holdFlushes();
  let outcome = 'waits';
  const committed = put(spool, 'a').then(() => (outcome = 'committed'));
  while (!disk.done.includes('flush')) await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(outcome, 'waits');
  release();
  await committed;
  assert.deepEqual(disk.done.slice(-2), ['write', 'flush']);
  await spool.close();
});

test('spool: messages that wait together share one flush', async () => {
  const disk = watchedDisk();
  const spool = await openSpool(temporaryFolder(), { disk });
  const release = disk.holdFlushes();
  const first = put(spool, 'first');
  while (!disk.done.includes('flush')) await new Promise(setImmediate);
  const others = Array.from({ length: 50 }, (_, index) => put(spool, `other ${index}`));
  await new Promise(setImmediate);
  release();
  await Promise.all([first, ...others]);
  assert.equal(disk.done.filter((name) => name === 'flush').length, 2);
  assert.equal([...spool.messages()].length, 51);
  await spool.close();
});

test('spool: what is open comes back after a crash, what has ended does not', async () => {
  const folder = temporaryFolder();
  const before = await openSpool(folder, { largeLength: 100 });
  const ended = await put(before, 'ended');
  await put(before, 'half', ['a@fabrikam.com', 'b@fabrikam.com']);
  await put(before, large);
  for (const message of before.messages()) {
    const recipients = message.id === ended ? [0] : [1];
    if (message.size < 100) before.change(message, { kind: 'ended', recipients, as: 'delivered' });
  }
  await before.flush();

  const after = await openSpool(folder, { largeLength: 100 });
  assert.deepEqual(await textsIn(after), ['half', large]);
  const [half] = after.messages();
  assert.deepEqual(half?.state.recipients, [{}, { ended: 'delivered' }]);
  await after.close();
});

test('spool: the caller may use its buffer again', async () => {
  const spool = await openSpool(temporaryFolder());
  const writer = spool.open();
  const buffer = Buffer.from('first');
  await writer.write(buffer);
  buffer.write('other');
  await writer.write(buffer);
  await writer.commit(envelopeTo(['bob@fabrikam.com']));
  assert.deepEqual(await textsIn(spool), ['firstother']);
  await spool.close();
});

test('spool: numbers of messages are never given twice', async () => {
  const folder = temporaryFolder();
  const before = await openSpool(folder);
  const first = await put(before, 'a');
  await before.close();
  const after = await openSpool(folder);
  assert.ok((await put(after, 'b')) > first);
  await after.close();
});

test('spool: a large message lies in a file of its own until it has ended', async () => {
  const folder = temporaryFolder();
  const disk = watchedDisk();
  const spool = await openSpool(folder, { largeLength: 100, disk });
  await spool.flush();
  const writer = spool.open();
  for (const piece of large.match(/.{1,90}/g) ?? []) await writer.write(Buffer.from(piece));
  await writer.commit(envelopeTo(['bob@fabrikam.com']));
  assert.deepEqual(disk.done.slice(-5), ['flush', 'close', 'flushFolder', 'write', 'flush']);
  assert.equal(readdirSync(join(folder, 'large')).length, 1);
  const [message] = spool.messages();
  assert.ok(message);
  assert.equal(await textOf(spool, message), large);
  spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
  assert.equal(readdirSync(join(folder, 'large')).length, 1, 'kept until the log says that it has ended');
  await spool.close();
  assert.equal(readdirSync(join(folder, 'large')).length, 0);
});

test('spool: a file outlives a flush that came before the record of its end', async () => {
  const folder = temporaryFolder();
  let written: (() => void) | undefined;
  let holds = false;
  const disk: Disk = {
    ...nodeDisk,
    async write(...given) {
      if (holds) await new Promise<void>((resolve) => (written = resolve));
      await nodeDisk.write(...given);
    },
  };
  const spool = await openSpool(folder, { largeLength: 100, disk });
  await put(spool, large);
  const [message] = spool.messages();
  assert.ok(message);
  holds = true;
  const other = put(spool, 'other');
  while (written === undefined) await new Promise(setImmediate);
  // Noted while the other message is written, so its flush does not cover the note.
  spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
  holds = false;
  written();
  await other;
  assert.equal(readdirSync(join(folder, 'large')).length, 1);
  await spool.close();
  assert.equal(readdirSync(join(folder, 'large')).length, 0);
});

test('spool: what comes after it is closed is refused, or costs a second delivery', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder);
  await put(spool, 'kept');
  const [message] = spool.messages();
  assert.ok(message);
  const late = spool.open();
  await late.write(Buffer.from('late'));
  await spool.close();
  spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
  await assert.rejects(late.commit(envelopeTo(['bob@fabrikam.com'])), /closed/);
  const again = await openSpool(folder);
  assert.deepEqual(await textsIn(again), ['kept']);
  await again.close();
});

test('spool: a record that was damaged under a running spool is not delivered', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { cacheLength: 0 });
  await put(spool, 'whole');
  const [message] = spool.messages();
  assert.ok(message);
  const [log = ''] = readdirSync(join(folder, 'log'));
  const bytes = readFileSync(join(folder, 'log', log));
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(join(folder, 'log', log), bytes);
  await assert.rejects(spool.bytesOf(message), CorruptMessage);
  await spool.close();
});

test('spool: a message that is given up leaves nothing', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { largeLength: 100 });
  const writer = spool.open();
  await writer.write(Buffer.from(large));
  writer.abort();
  writer.abort();
  await assert.rejects(writer.commit(envelopeTo(['bob@fabrikam.com'])));
  await spool.close();
  const again = await openSpool(folder);
  assert.deepEqual(await textsIn(again), []);
  assert.equal(readdirSync(join(folder, 'large')).length, 0);
  await again.close();
});

test('spool: files are for their owner only', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { largeLength: 100 });
  await put(spool, large);
  const [log] = readdirSync(join(folder, 'log'));
  const modes = ['log', 'large', 'corrupt', join('log', log ?? '')].map(
    (name) => statSync(join(folder, name)).mode & 0o777,
  );
  assert.deepEqual(modes, [0o700, 0o700, 0o700, 0o600]);
  await spool.close();
});

const faults: readonly { operation: keyof Disk; code: string; text: string }[] = [
  { operation: 'write', code: 'ENOSPC', text: 'small' },
  { operation: 'flush', code: 'EIO', text: 'small' },
  { operation: 'open', code: 'EROFS', text: large },
  { operation: 'write', code: 'ENOSPC', text: large },
  { operation: 'flush', code: 'EIO', text: large },
  { operation: 'flushFolder', code: 'EIO', text: large },
];

for (const { operation, code, text } of faults) {
  const size = text === large ? 'large' : 'small';
  test(`spool: ${code} on ${operation} refuses a ${size} message, and nothing of it is queued`, async () => {
    const folder = temporaryFolder();
    const disk = watchedDisk();
    const spool = await openSpool(folder, { disk, largeLength: 100 });
    const queued: number[] = [];
    spool.onCommitted = ({ id }) => queued.push(id);
    const kept = await put(spool, 'before');
    disk.fail(operation, code);
    await assert.rejects(put(spool, text), { code });
    await assert.rejects(put(spool, text), { code });
    disk.fail(operation, undefined);
    const later = await put(spool, 'after');
    assert.deepEqual(queued, [kept, later]);
    await spool.close();

    const again = await openSpool(folder, { largeLength: 100 });
    assert.deepEqual(await textsIn(again), ['before', 'after']);
    assert.equal(readdirSync(join(folder, 'large')).length, 0);
    await again.close();
  });
}

test('spool: a refused write that cannot be taken back does not come back', async () => {
  const folder = temporaryFolder();
  const disk = watchedDisk();
  const spool = await openSpool(folder, { disk });
  disk.fail('flush', 'EIO');
  disk.fail('truncate', 'EIO');
  await assert.rejects(put(spool, 'refused'), { code: 'EIO' });
  disk.fail('flush', undefined);
  await put(spool, 'taken');
  await spool.close();
  const again = await openSpool(folder);
  assert.deepEqual(await textsIn(again), ['taken']);
  await again.close();
});

test('spool: segments without an open message are removed', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { segmentLength: 500 });
  for (let index = 0; index < 20; index += 1) {
    await put(spool, large);
    for (const message of spool.messages())
      spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
  }
  await spool.close();
  assert.ok(readdirSync(join(folder, 'log')).length <= 2);
});

test('spool: a message that stays long does not hold back the log', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { segmentLength: 2000, cacheLength: 0 });
  const stuck = await put(spool, 'stuck', ['a@fabrikam.com', 'b@fabrikam.com']);
  const stuckMessage = spool.get(stuck);
  assert.ok(stuckMessage);
  spool.change(stuckMessage, { kind: 'ended', recipients: [1], as: 'delivered' });
  for (let index = 0; index < 50; index += 1) {
    await put(spool, large);
    for (const message of spool.messages()) {
      if (message.id !== stuck) spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
    }
  }
  assert.ok(spool.logLength < 12_000, `the log has ${spool.logLength} bytes`);
  await spool.close();

  const again = await openSpool(folder);
  assert.deepEqual(await textsIn(again), ['stuck']);
  assert.deepEqual(again.get(stuck)?.state.recipients, [{}, { ended: 'delivered' }]);
  await again.close();
});

test('spool: of messages that wait little is in memory, and the rest is read back', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { cacheLength: 0, envelopeLength: 2000 });
  for (let index = 0; index < 100; index += 1) await put(spool, `${index}`, [`m${index}@fabrikam.com`]);
  assert.ok(spool.envelopesInMemory < 10, `${spool.envelopesInMemory} envelopes`);
  const paths = [...spool.messages()].map(({ envelope }) => envelope.recipients[0]?.forwardPath);
  assert.deepEqual(
    paths,
    Array.from({ length: 100 }, (_, index) => `m${index}@fabrikam.com`),
  );
  assert.ok(spool.envelopesInMemory < 10, `${spool.envelopesInMemory} envelopes`);
  const [first] = spool.messages();
  assert.ok(first);
  spool.change(first, { kind: 'ended', recipients: [0], as: 'delivered' });
  assert.equal(first.envelope.recipients.length, 1, 'whoever speaks of it still may');
  await spool.close();
});

test('spool: an envelope that was damaged on the disk is nobody’s', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { envelopeLength: 0 });
  await put(spool, 'a');
  const [name = ''] = readdirSync(join(folder, 'log'));
  const bytes = readFileSync(join(folder, 'log', name));
  writeFileSync(
    join(folder, 'log', name),
    Buffer.from(bytes.toString('latin1').replace('bob@', 'rob@'), 'latin1'),
  );
  const [message] = spool.messages();
  assert.ok(message);
  assert.throws(() => message.envelope, CorruptMessage);
  await spool.close();
});

test('spool: messages that are still coming take bounded memory, and what is beyond goes to files', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { incomingLength: 1500 });
  const writers = [spool.open(), spool.open(), spool.open()];
  for (const writer of writers) await writer.write(Buffer.from(large));
  assert.equal(spool.memory, 1000);
  assert.equal(readdirSync(join(folder, 'large')).length, 2);
  writers[0]?.abort();
  assert.equal(spool.memory, 0);
  await writers[1]?.commit(envelopeTo(['bob@fabrikam.com']));
  writers[2]?.abort();
  assert.deepEqual(await textsIn(spool), [large]);
  await spool.close();
});

test('spool: a damaged message does not keep others in the log from going', async () => {
  const folder = temporaryFolder();
  const spool = await openSpool(folder, { segmentLength: 2000, cacheLength: 0 });
  const damaged = await put(spool, 'damaged');
  const [name = ''] = readdirSync(join(folder, 'log'));
  const bytes = readFileSync(join(folder, 'log', name));
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(join(folder, 'log', name), bytes);
  for (let index = 0; index < 50; index += 1) {
    await put(spool, large);
    for (const message of spool.messages()) {
      if (message.id !== damaged) spool.change(message, { kind: 'ended', recipients: [0], as: 'delivered' });
    }
  }
  assert.equal(spool.size, 1);
  await spool.close();
});
