import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ConnectionCount, MessageRate } from '../../../runtime/server/limits.ts';

const unlimited = {
  maxInboundConnection: 'unlimited',
  maxInboundConnectionPerSource: 'unlimited',
  maxInboundConnectionPercentagePerSource: 100,
} as const;

const cases: readonly {
  readonly title: string;
  readonly limits: Parameters<ConnectionCount['admit']>[0];
  /** Clients in the order in which they come; a minus takes one of theirs off. */
  readonly clients: readonly string[];
  readonly admitted: readonly boolean[];
}[] = [
  { title: 'no limit', limits: unlimited, clients: ['a', 'a', 'a'], admitted: [true, true, true] },
  {
    title: 'all together',
    limits: { ...unlimited, maxInboundConnection: 2 },
    clients: ['a', 'b', 'c', '-a', 'c'],
    admitted: [true, true, false, true],
  },
  {
    title: 'from one source',
    limits: { ...unlimited, maxInboundConnectionPerSource: 1 },
    clients: ['a', 'a', 'b', '-a', 'a'],
    admitted: [true, false, true, true],
  },
  {
    title: 'a share of what is free',
    limits: { ...unlimited, maxInboundConnection: 200, maxInboundConnectionPercentagePerSource: 2 },
    clients: ['a', 'a', 'a', 'a', 'b'],
    admitted: [true, true, true, false, true],
  },
  {
    title: 'a share of little is still one',
    limits: { ...unlimited, maxInboundConnection: 10, maxInboundConnectionPercentagePerSource: 2 },
    clients: ['a', 'a', 'b'],
    admitted: [true, false, true],
  },
];

for (const { title, limits, clients, admitted } of cases) {
  test(`connection limits: ${title}`, () => {
    const count = new ConnectionCount();
    const releases = new Map<string, () => void>();
    const outcomes = clients.flatMap((client) => {
      if (client.startsWith('-')) {
        // Taking the same one off twice must not make room for two.
        releases.get(client.slice(1))?.();
        releases.get(client.slice(1))?.();
        return [];
      }
      const release = count.admit(limits, client);
      if (release !== undefined) releases.set(client, release);
      return [release !== undefined];
    });
    assert.deepEqual(outcomes, admitted);
  });
}

test('message rate: by address and minute', () => {
  const rate = new MessageRate();
  const limits = { messageRateLimit: 2, messageRateSource: 'IPAddress' } as const;
  const count = (client: string, second: number): string =>
    rate.count(limits, { clientAddress: client }, second * 1000);
  const outcomes = [count('a', 0), count('a', 1), count('a', 59), count('b', 59), count('a', 60)];
  assert.deepEqual(outcomes, [
    'within the rate',
    'within the rate',
    'too many',
    'within the rate',
    'within the rate',
  ]);
});

const sources = [
  { messageRateSource: 'User', from: [{}, {}], outcome: 'within the rate' },
  { messageRateSource: 'User', from: [{ user: 'ann' }, { user: 'bob' }], outcome: 'within the rate' },
  { messageRateSource: 'User', from: [{ user: 'ann' }, { user: 'ann' }], outcome: 'too many' },
  { messageRateSource: 'All', from: [{ user: 'ann' }, { user: 'bob' }], outcome: 'too many' },
  { messageRateSource: 'None', from: [{ user: 'ann' }, { user: 'ann' }], outcome: 'within the rate' },
] as const;

for (const { messageRateSource, from, outcome } of sources) {
  test(`message rate: ${messageRateSource}, ${JSON.stringify(from)}`, () => {
    const rate = new MessageRate();
    const limits = { messageRateLimit: 1, messageRateSource };
    const outcomes = from.map((who) => rate.count(limits, { clientAddress: '192.0.2.1', ...who }, 0));
    assert.equal(outcomes.at(-1), outcome);
  });
}
