import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionRefused } from '../../runtime/client/open-session.ts';
import { refused } from '../../src/probe/host.ts';

const unable = (code: string): string => `421 4.2.1 Unable to connect: ${code}`;
const cases: readonly [title: string, address: string, reply: string, kind: string][] = [
  ['no IPv6 here', '2001:db8::25', unable('ENETUNREACH'), 'no way from here'],
  ['no address of IPv6 here', '2001:db8::25', unable('EADDRNOTAVAIL'), 'no way from here'],
  ['nobody listens there', '2001:db8::25', unable('ECONNREFUSED'), 'refused'],
  ['a route is missing', '198.51.100.10', unable('ENETUNREACH'), 'refused'],
];
for (const [title, address, reply, kind] of cases) {
  test(`a session that does not come about: ${title}`, () => {
    const outcome = refused(new SessionRefused('connection', reply), { address, port: 25 });
    assert.deepEqual([outcome.kind, 'reply' in outcome && outcome.reply], [kind, reply]);
  });
}

test('a fault of ours is no refusal', () => {
  assert.throws(() => refused(new TypeError('ours'), { address: '192.0.2.1', port: 25 }), /ours/);
});
