import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';

import { ConnectionLost, Dialogue, replyTimeout } from '../../../runtime/client/dialogue.ts';
import { manualClock } from '../../support/manual-clock.ts';

const limit = { timeout: 15_000 };

test('dialogue: a server that reads nothing holds back what is sent, and is left', limit, async (context) => {
  const listener = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  context.after(() => listener.close());
  await once(listener, 'listening');
  const accepted = once(listener, 'connection') as Promise<[Socket]>;
  const socket = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  const [other] = await accepted;
  context.after(() => other.destroy());
  const clock = manualClock();
  const dialogue = new Dialogue(socket, clock);
  const piece = Buffer.alloc(1024 * 1024);
  let taken = 0;
  let outcome: unknown;
  const sending = (async () => {
    for (;;) {
      await dialogue.sendAll(piece);
      taken += 1;
    }
  })().catch((thrown: unknown) => (outcome = thrown));
  for (let before = -1; before !== taken;) {
    before = taken;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // What the two systems buffer is all that has gone, and one piece waits in memory.
  assert.ok(taken < 100, `${taken} MB are gone`);
  assert.ok(socket.writableLength <= piece.length);
  clock.pass(replyTimeout.block - 1);
  assert.equal(dialogue.lost, undefined);
  clock.pass(1);
  await sending;
  assert.ok(outcome instanceof ConnectionLost);
  assert.equal(outcome.message, 'took no mail data for too long');
  assert.ok(socket.destroyed);
});
