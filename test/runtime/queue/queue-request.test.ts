import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQueueRequest } from '../../../runtime/queue/queue-request.ts';

const prefix = '01234567-89ab-cdef-0123-456789abcdef';

const good: readonly unknown[] = [
  { kind: 'list', limit: 3 },
  { kind: 'list', limit: 3, queue: 'poison' },
  { kind: 'retry', of: { kind: 'all' } },
  { kind: 'suspend', of: { kind: 'queue', key: 'a' } },
  { kind: 'remove', of: { kind: 'messages', ids: [1, 2] }, dsn: 'with' },
  { kind: 'export', of: { kind: 'all' }, prefix },
];

for (const request of good) {
  test(`queue request: ${JSON.stringify(request)}`, () => {
    assert.deepEqual(parseQueueRequest(JSON.stringify(request)), request);
  });
}

const bad: readonly string[] = [
  '',
  'null',
  '[]',
  '{"kind":"list"}',
  '{"kind":"retry"}',
  '{"kind":"retry","of":{"kind":"messages","ids":["1"]}}',
  '{"kind":"remove","of":{"kind":"all"}}',
  '{"kind":"export","of":{"kind":"all"},"prefix":"../../x"}',
];

for (const text of bad) {
  test(`queue request: ${JSON.stringify(text)} is none`, () => {
    assert.equal(parseQueueRequest(text), undefined);
  });
}
