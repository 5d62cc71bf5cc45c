import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Carrier, CarrierSession } from '../../../runtime/client/carrier.ts';
import type { Parcel } from '../../../runtime/client/deliver.ts';
import { ConnectionSlots } from '../../../runtime/queue/connection-slots.ts';
import { Fifo } from '../../../runtime/queue/fifo.ts';
import { HopQueue } from '../../../runtime/queue/hop-queue.ts';
import { manualClock } from '../../support/manual-clock.ts';

/** A queue of numbers whose carrier only counts; sessions deliver one number a turn. */
function countingQueue(slots: ConnectionSlots) {
  const clock = manualClock();
  const seen = { opened: 0, closed: 0, open: 0, most: 0, delivered: [] as number[], faults: [] as unknown[] };
  let breaks: unknown;
  const carrier: Carrier = {
    keepOpen: 60_000,
    async open() {
      if (breaks !== undefined) throw breaks;
      seen.opened += 1;
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      await new Promise(setImmediate);
      const session: CarrierSession = {
        isOpen: true,
        left: Number.POSITIVE_INFINITY,
        async carry(deliveries) {
          let answered = 0;
          for (;;) {
            const parcel = await deliveries.take();
            if (parcel === undefined) return answered;
            await new Promise(setImmediate);
            answered += 1;
            deliveries.settle(parcel, { kind: 'answered', recipients: [] });
          }
        },
        onLost: () => undefined,
        close() {
          seen.closed += 1;
          seen.open -= 1;
        },
        breakOff: () => undefined,
      };
      return { kind: 'open', session };
    },
  };
  const queue = new HopQueue<number>({
    carrier,
    clock,
    slots,
    retryDelay: () => 1000,
    load: (waited) => Promise.resolve({ waited } as unknown as Parcel & { readonly waited: number }),
    settle: (waited) => void seen.delivered.push(waited),
    onRefused: () => 'put off',
    onRetry: () => undefined,
    onFault: (thrown) => void seen.faults.push(thrown),
    onEmpty: () => undefined,
  });
  return { queue, clock, seen, breakWith: (thrown: unknown) => void (breaks = thrown) };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

const limit = { timeout: 10_000 };

test('hop queue: one more session for twenty messages, and never more than twenty', limit, async () => {
  for (const [messages, sessions] of [
    [1, 1],
    [19, 1],
    [45, 3],
    [1000, 20],
  ] as const) {
    const { queue, seen } = countingQueue(new ConnectionSlots());
    for (let index = 0; index < messages; index += 1) queue.push(index);
    await until(() => seen.delivered.length === messages);
    assert.equal(seen.most, sessions);
    assert.deepEqual(
      [...seen.delivered].sort((a, b) => a - b),
      Array.from({ length: messages }, (_, index) => index),
    );
    await queue.finish();
    assert.equal(seen.open, 0);
  }
});

test('hop queue: an idle session is used again, and ends after a while', limit, async () => {
  const { queue, clock, seen } = countingQueue(new ConnectionSlots());
  queue.push(1);
  await until(() => seen.delivered.length === 1);
  await new Promise(setImmediate);
  queue.push(2);
  await until(() => seen.delivered.length === 2);
  await new Promise(setImmediate);
  assert.equal(seen.opened, 1);
  clock.pass(60_000);
  await until(() => seen.closed === 1);
});

test('hop queue: where no connection is free, an idle one of another queue makes room', limit, async () => {
  const slots = new ConnectionSlots(1);
  const first = countingQueue(slots);
  const second = countingQueue(slots);
  first.queue.push(1);
  await until(() => first.seen.delivered.length === 1);
  await new Promise(setImmediate);
  second.queue.push(2);
  await until(() => second.seen.delivered.length === 1);
  assert.equal(first.seen.open, 0);
  await Promise.all([first.queue.finish(), second.queue.finish()]);
});

test('slots: a free one that nobody wants any more is offered to the next', () => {
  const slots = new ConnectionSlots(1);
  assert.ok(slots.take());
  let taken = 0;
  slots.whenFree(() => undefined);
  slots.whenFree(() => void (taken += slots.take() ? 1 : 0));
  slots.release();
  assert.equal(taken, 1);
});

test('hop queue: a fault of ours makes the queue wait, not the process end', limit, async () => {
  const { queue, clock, seen, breakWith } = countingQueue(new ConnectionSlots());
  breakWith(new Error('injected'));
  queue.push(1);
  await until(() => seen.faults.length === 1);
  assert.ok(queue.gate.retryAt !== undefined);
  breakWith(undefined);
  clock.pass(1000);
  await until(() => seen.delivered.length === 1);
  await queue.finish();
});

test('hop queue: to stop is to give up sessions that are not open yet', limit, async () => {
  let given: AbortSignal | undefined;
  const carrier: Carrier = {
    keepOpen: 0,
    open: (stop) =>
      new Promise((resolve) => {
        given = stop;
        stop.addEventListener('abort', () =>
          resolve({ kind: 'put off', from: 'server', reply: '421 stopped' }),
        );
      }),
  };
  const retries: string[] = [];
  const queue = new HopQueue<number>({
    carrier,
    clock: manualClock(),
    slots: new ConnectionSlots(),
    retryDelay: () => 1000,
    load: () => Promise.resolve(undefined),
    settle: () => undefined,
    onRefused: () => 'put off',
    onRetry: (reply) => void retries.push(reply),
    onFault: () => undefined,
    onEmpty: () => undefined,
  });
  queue.push(1);
  await until(() => given !== undefined);
  await queue.finish();
  assert.deepEqual({ retries, left: queue.length }, { retries: [], left: 1 });
});

test('fifo: keeps its order however long it grows', () => {
  const fifo = new Fifo<number>();
  const taken: number[] = [];
  for (let index = 0; index < 10_000; index += 1) {
    fifo.push(index);
    if (index % 3 !== 0) taken.push(fifo.shift() ?? -1);
  }
  while (fifo.length > 0) taken.push(fifo.shift() ?? -1);
  assert.deepEqual(
    taken,
    Array.from({ length: 10_000 }, (_, index) => index),
  );
  assert.equal(fifo.shift(), undefined);
});
