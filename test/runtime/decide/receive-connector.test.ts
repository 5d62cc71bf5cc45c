import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chooseReceiveConnector, receiveConnectorTable } from '../../../runtime/decide/receive-connector.ts';
import type { ReceiveQuestion } from '../../../runtime/decide/receive-connector.ts';
import { receiveConnector } from '../../support/receive-connector.ts';

const everyone = { first: '0.0.0.0', last: '255.255.255.255' };
const network = { first: '10.0.8.0', last: '10.0.8.255' };
const printer = { first: '10.0.8.7', last: '10.0.8.7' };
const anywhere = { address: '0.0.0.0', port: 25 };
const here = { address: '192.0.2.25', port: 25 };

const table = receiveConnectorTable([
  receiveConnector({
    name: 'Default',
    bindings: [anywhere, { address: '::', port: 25 }],
    remoteIPRanges: [everyone],
  }),
  receiveConnector({ name: 'Network', bindings: [anywhere], remoteIPRanges: [network] }),
  receiveConnector({ name: 'Printer', bindings: [anywhere], remoteIPRanges: [everyone, printer].slice(1) }),
  receiveConnector({ name: 'Here', bindings: [here], remoteIPRanges: [everyone] }),
  receiveConnector({ name: 'Here again', bindings: [here], remoteIPRanges: [everyone] }),
  receiveConnector({ name: 'Off', enabled: false, bindings: [here], remoteIPRanges: [printer] }),
  receiveConnector({ name: 'Elsewhere', server: 'HUB01', bindings: [anywhere], remoteIPRanges: [everyone] }),
  receiveConnector({ name: 'Submission', bindings: [{ address: '0.0.0.0', port: 587 }] }),
  receiveConnector({
    name: 'IPv6',
    bindings: [{ address: '::', port: 25 }],
    remoteIPRanges: [{ first: '2001:db8::', last: '2001:db8::ffff' }],
  }),
]);

const question: ReceiveQuestion = {
  server: 'EDGE01',
  localAddress: '10.0.9.25',
  localPort: 25,
  clientAddress: '198.51.100.10',
};

const cases: readonly {
  readonly title: string;
  readonly ask: Partial<ReceiveQuestion>;
  readonly chosen?: string;
  readonly eliminated: Readonly<Record<string, string>>;
}[] = [
  {
    title: 'the smallest range wins over the whole Internet',
    ask: { clientAddress: '10.0.8.7' },
    chosen: 'Printer',
    eliminated: { Default: 'wider range', Network: 'wider range', Here: 'other local address' },
  },
  {
    title: 'the next address falls to the network',
    ask: { clientAddress: '10.0.8.8' },
    chosen: 'Network',
    eliminated: { Printer: 'client outside ranges', Default: 'wider range' },
  },
  {
    title: 'a binding of one address goes before one of all addresses, then the order written',
    ask: { localAddress: '192.0.2.25' },
    chosen: 'Here',
    eliminated: {
      Default: 'wildcard binding',
      'Here again': 'listed later',
      Off: 'disabled',
      Elsewhere: 'other server',
    },
  },
  {
    title: 'the smaller range wins over the binding of one address',
    ask: { localAddress: '192.0.2.25', clientAddress: '10.0.8.9' },
    chosen: 'Network',
    eliminated: { Here: 'wider range' },
  },
  {
    title: 'an IPv4-mapped client is the IPv4 client',
    ask: { clientAddress: '::ffff:10.0.8.7', localAddress: '::ffff:10.0.9.25' },
    chosen: 'Printer',
    eliminated: { IPv6: 'other local address' },
  },
  {
    title: 'an IPv6 client meets IPv6 bindings only',
    ask: { clientAddress: '2001:db8::7', localAddress: '2001:db8:1::25' },
    chosen: 'IPv6',
    eliminated: { Default: 'client outside ranges', Network: 'other local address' },
  },
  { title: 'a port nobody binds', ask: { localPort: 26 }, eliminated: { Default: 'other port' } },
  {
    title: 'a client that is in no range',
    ask: { clientAddress: '2001:db9::1', localAddress: '2001:db8:1::25' },
    eliminated: { Default: 'client outside ranges', IPv6: 'client outside ranges' },
  },
];

for (const { title, ask, chosen, eliminated } of cases) {
  test(`receive connector: ${title}`, () => {
    const choice = chooseReceiveConnector(table, { ...question, ...ask });
    assert.equal(choice.chosen?.connector.name, chosen);
    assert.equal(choice.eliminated.length, table.length - (chosen === undefined ? 0 : 1));
    for (const [name, reason] of Object.entries(eliminated)) {
      assert.equal(choice.eliminated.find(({ connector }) => connector.name === name)?.reason, reason, name);
    }
  });
}

test('receive connector: says which binding and range matched', () => {
  const { chosen } = chooseReceiveConnector(table, { ...question, clientAddress: '10.0.8.7' });
  assert.deepEqual([chosen?.binding, chosen?.range], [anywhere, printer]);
});
