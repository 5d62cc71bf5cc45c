import assert from 'node:assert/strict';
import { test } from 'node:test';

import { manualClock } from '../../support/manual-clock.ts';
import { runQueue } from '../../support/running-queue.ts';
import { sendConnector, transportConfig } from '../../support/transport-config.ts';

const limit = { timeout: 60_000 };
/** What a page looks at. */
const bound = 5000;

/** Nothing leads to fabrikam.com; the way to tailspin.example is closed. */
const config = transportConfig({
  sendConnectors: [
    sendConnector({ name: 'Out', to: ['tailspin.example'], sourceTransportServers: ['MBX1'] }),
  ],
  rehearsal: { listen: [], clients: [], connect: [] },
});

test(
  'desk: a page looks at 5,000 messages at most, and the next one goes on where it ended',
  limit,
  async (context) => {
    const { put, seen, queue } = await runQueue(context, config, { clock: manualClock() });
    const ids: number[] = [];
    for (let at = 0; at < bound; at += 500)
      ids.push(...(await Promise.all(Array.from({ length: 500 }, () => put('a\r\n', ['bob@fabrikam.com'])))));
    const end = Math.max(...ids);
    const page = async (after: number, name: string): Promise<readonly unknown[]> => {
      const { messages, next } = await queue.answer('MBX1', { kind: 'page', after, limit: 50, queue: name });
      return [messages?.map(({ id }) => id), next];
    };
    assert.deepEqual(await page(0, 'poison'), [[], undefined], 'just as many as are looked at');

    const last = await put('a\r\n', ['joe@tailspin.example']);
    await seen('queue waits');
    const { queues = [] } = await queue.answer('MBX1', { kind: 'list', limit: 0 });
    const tailspin = queues.find(({ messages }) => messages === 1)?.queue ?? '';
    assert.notEqual(tailspin, '');
    assert.deepEqual(await page(0, tailspin), [[], end]);
    assert.deepEqual(await page(end, tailspin), [[String(last)], undefined]);
  },
);
