import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { TransportConfig } from '../../../runtime/config.ts';
import {
  clientAddressOn,
  planSockets,
  rehearsalSourceAddress,
  servedBy,
  whereListens,
} from '../../../runtime/server/endpoints.ts';
import { receiveConnector, receivingConfig } from '../../support/receive-connector.ts';

const all = { address: '0.0.0.0', port: 25 };
const allIPv6 = { address: '::', port: 25 };
const one = { address: '192.0.2.25', port: 25 };
const submission = { address: '192.0.2.25', port: 587 };
const hub = { address: '10.0.0.11', port: 25 };

const base = receivingConfig([
  receiveConnector({ name: 'one', bindings: [one, submission] }),
  receiveConnector({ name: 'off', bindings: [{ ...one, port: 26 }], enabled: false }),
  receiveConnector({ name: 'hub', server: 'HUB01', bindings: [hub] }),
]);
const withWildcard = receivingConfig([
  receiveConnector({ name: 'all', bindings: [all, allIPv6] }),
  receiveConnector({ name: 'one', bindings: [one, submission] }),
]);
const servers = [
  ...base.servers,
  { name: 'HUB01', role: 'hub', fqdn: 'hub01', exchangeVersion: '2016', addresses: ['10.0.0.11'] } as const,
];
const rehearsal = (listen: TransportConfig['rehearsal']['listen']): Partial<TransportConfig> => ({
  servers,
  rehearsal: { listen, connect: [], clients: [{ local: '127.0.0.1', address: '198.51.100.10' }] },
});
const local = (port: number): { address: string; port: number } => ({ address: '127.0.0.1', port });
const text = ({ address, port }: { address: string; port: number }): string => `${address} ${port}`;

const cases: readonly {
  readonly title: string;
  readonly config: TransportConfig;
  readonly names: readonly string[];
  readonly mode: 'real' | 'rehearsal';
  readonly sockets: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    title: 'one socket per endpoint of the servers chosen',
    config: { ...base, servers },
    names: ['EDGE01'],
    mode: 'real',
    sockets: { '192.0.2.25 25': ['192.0.2.25 25'], '192.0.2.25 587': ['192.0.2.25 587'] },
  },
  {
    title: 'a wildcard takes its port and family',
    config: withWildcard,
    names: ['EDGE01'],
    mode: 'real',
    sockets: {
      '0.0.0.0 25': ['0.0.0.0 25', '192.0.2.25 25'],
      ':: 25': [':: 25'],
      '192.0.2.25 587': ['192.0.2.25 587'],
    },
  },
  {
    title: 'what a rehearsal does not map gets a free port, address by address',
    config: withWildcard,
    names: ['EDGE01'],
    mode: 'rehearsal',
    sockets: { '127.0.0.1 0': ['192.0.2.25 25', '10.0.9.25 25', '192.0.2.25 587'] },
  },
  {
    title: 'the address itself is looked for before the binding as written',
    config: {
      ...withWildcard,
      ...rehearsal([
        { binding: all, local: local(2500) },
        { binding: one, local: local(2525) },
      ]),
    },
    names: ['EDGE01'],
    mode: 'rehearsal',
    sockets: {
      '127.0.0.1 2525': ['192.0.2.25 25'],
      '127.0.0.1 2500': ['10.0.9.25 25'],
      '127.0.0.1 0': ['192.0.2.25 587'],
    },
  },
  {
    title: 'addresses of one server share a socket, those of two do not',
    config: {
      ...receivingConfig([
        receiveConnector({ bindings: [all] }),
        receiveConnector({ name: 'hub', server: 'HUB01', bindings: [all] }),
      ]),
      ...rehearsal([{ binding: all, local: local(2500) }]),
    },
    names: ['EDGE01', 'HUB01'],
    mode: 'rehearsal',
    sockets: { '127.0.0.1 2500': ['192.0.2.25 25', '10.0.9.25 25'], '127.0.0.1 0': ['10.0.0.11 25'] },
  },
];

for (const { title, config, names, mode, sockets } of cases) {
  test(`endpoints: ${title}`, () => {
    const found: Record<string, string[]> = {};
    for (const planned of planSockets(config, names, mode)) {
      (found[text(planned.local)] ??= []).push(...planned.serves.map(text));
    }
    assert.deepEqual(found, sockets);
  });
}

test('endpoints: where an endpoint is listened on', () => {
  const endpoints = [
    { server: 'EDGE01', ...all, local: all },
    { server: 'EDGE01', ...one, local: local(2525) },
  ];
  assert.deepEqual(whereListens(endpoints, 'EDGE01', one), local(2525));
  assert.deepEqual(whereListens(endpoints, 'EDGE01', { address: '10.0.9.25', port: 25 }), all);
  assert.equal(whereListens(endpoints, 'EDGE01', { address: '::1', port: 25 }), undefined);
  assert.equal(whereListens(endpoints, 'HUB01', one), undefined);
});

test('endpoints: a wildcard socket belongs to the server whose address was met', () => {
  const config = { ...base, servers };
  const socket = {
    local: all,
    serves: [
      { server: 'EDGE01', ...all },
      { server: 'HUB01', ...all },
    ],
  };
  assert.equal(servedBy(config, socket, '10.0.0.11', 'real')?.server, 'HUB01');
  assert.equal(servedBy(config, socket, '::ffff:192.0.2.25', 'real')?.server, 'EDGE01');
  assert.equal(servedBy(config, socket, '203.0.113.1', 'real')?.server, 'EDGE01');
  assert.deepEqual(servedBy(config, socket, '127.0.0.1', 'rehearsal'), { server: 'EDGE01', ...all });
});

test('endpoints: as whom a client counts', () => {
  const config = { ...base, ...rehearsal([]) };
  const served = { server: 'EDGE01', ...one };
  const count = (remote: string, mode: 'real' | 'rehearsal'): string =>
    clientAddressOn(config, served, remote, mode);
  assert.equal(count('127.0.0.1', 'rehearsal'), '198.51.100.10');
  assert.equal(count('127.0.0.9', 'rehearsal'), '127.0.0.9');
  assert.equal(count('127.0.0.1', 'real'), '127.0.0.1');
  assert.equal(rehearsalSourceAddress(config, 'HUB01'), '127.25.0.2');
  assert.equal(count('127.25.0.2', 'rehearsal'), '10.0.0.11');
  assert.equal(count('127.25.0.2', 'real'), '127.25.0.2');
  assert.equal(rehearsalSourceAddress(config, 'HUB09'), undefined);
});
