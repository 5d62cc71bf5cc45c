import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rehearsal } from '../../runtime/config.ts';
import { reachInRehearsal, requireLoopback } from '../../runtime/rehearsal.ts';
import { StartFailure } from '../../runtime/start-failure.ts';
import { server, transportConfig } from '../support/transport-config.ts';

function endpoint(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

const hub = server({ name: 'HUB01', addresses: ['10.0.0.11', '10.0.0.12'] });
const config = transportConfig({
  servers: [hub, server({ name: 'EDGE01', role: 'edge', addresses: ['192.0.2.25'] })],
  rehearsal: {
    listen: [
      { binding: endpoint('192.0.2.25:25'), local: endpoint('127.0.0.1:2525') },
      { binding: endpoint('0.0.0.0:2500'), local: endpoint('127.0.0.1:2501') },
    ],
    connect: [
      { remote: endpoint('198.51.100.10:25'), local: endpoint('127.0.0.1:2600') },
      { remote: endpoint('10.0.0.12:25'), local: endpoint('127.0.0.1:2601') },
    ],
    clients: [],
  },
});
const here = [{ server: 'HUB01', ...endpoint('10.0.0.11:25'), local: endpoint('127.0.0.1:40000') }];

const reached: readonly { readonly title: string; readonly to: string; readonly outcome: string }[] = [
  { title: 'a partner that is mapped', to: '198.51.100.10:25', outcome: '127.0.0.1:2600' },
  { title: 'a server in this process', to: '10.0.0.11:25', outcome: '127.0.0.1:40000' },
  { title: 'a server that is mapped', to: '10.0.0.12:25', outcome: '127.0.0.1:2601' },
  { title: 'a server in another process', to: '192.0.2.25:25', outcome: '127.0.0.1:2525' },
  { title: 'one that binds all addresses there', to: '192.0.2.25:2500', outcome: '127.0.0.1:2501' },
  {
    title: 'a server that nobody says where to find',
    to: '192.0.2.25:587',
    outcome: 'rehearsal.listen and rehearsal.connect have no entry for 192.0.2.25:587',
  },
  {
    title: 'anybody else',
    to: '203.0.113.5:25',
    outcome: 'rehearsal.connect has no entry for 203.0.113.5:25',
  },
  {
    title: 'a loopback address',
    to: '127.0.0.1:25',
    outcome: 'rehearsal.connect has no entry for 127.0.0.1:25',
  },
];

for (const { title, to, outcome } of reached) {
  test(`rehearsal: ${title}`, () => {
    const reach = reachInRehearsal(config, here, endpoint(to), undefined);
    const said = reach.kind === 'closed' ? reach.reason : `${reach.endpoint.address}:${reach.endpoint.port}`;
    assert.equal(said, outcome);
  });
}

const bounds: readonly { readonly local: string; readonly may: 'start' | 'not start' }[] = [
  { local: '127.0.0.1:25', may: 'start' },
  { local: '127.255.0.9:25', may: 'start' },
  { local: '::1:25', may: 'start' },
  { local: '::ffff:127.0.0.1:25', may: 'start' },
  { local: '0.0.0.0:25', may: 'not start' },
  { local: ':::25', may: 'not start' },
  { local: '128.0.0.1:25', may: 'not start' },
  { local: '::2:25', may: 'not start' },
  { local: 'localhost:25', may: 'not start' },
];

for (const { local, may } of bounds) {
  for (const side of ['listen', 'connect'] as const) {
    test(`rehearsal: with ${local} to ${side}, it may ${may}`, () => {
      const rehearsal: Rehearsal = {
        listen: side === 'listen' ? [{ binding: endpoint('192.0.2.25:25'), local: endpoint(local) }] : [],
        connect: side === 'connect' ? [{ remote: endpoint('192.0.2.25:25'), local: endpoint(local) }] : [],
        clients: [],
      };
      if (may === 'start') requireLoopback(rehearsal);
      else assert.throws(() => requireLoopback(rehearsal), StartFailure);
    });
  }
}
