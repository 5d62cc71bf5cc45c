import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery, SendConnector, TransportConfig } from '../../../runtime/config.ts';
import { decideNextHop, nextHop, type NextHop } from '../../../runtime/decide/next-hop.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

const servers = [
  server({ name: 'MBX1', site: 'Munich' }),
  server({ name: 'MBX2', site: 'Munich' }),
  server({ name: 'MBX3', site: 'Berlin' }),
  server({ name: 'CAS1', role: 'clientAccess', site: 'Berlin' }),
  server({ name: 'EDGE1', role: 'edge', subscribedTo: 'Munich' }),
  server({ name: 'EDGE2', role: 'edge' }),
];

const edgeSync: readonly SendConnector[] = [
  sendConnector({ name: 'out', to: ['*;100'], sourceTransportServers: ['EDGE1'] }),
  sendConnector({
    name: 'in',
    to: ['--'],
    sourceTransportServers: ['EDGE1'],
    smartHosts: [{ host: '--', kind: 'fqdn' }],
  }),
];

const store: Delivery = { domain: 'contoso.com', kind: 'smtp', host: '10.0.0.40', port: 2525 };

interface Case {
  readonly title: string;
  readonly from: string;
  readonly to?: string;
  readonly size?: number;
  readonly more?: Partial<TransportConfig>;
  readonly hop: string;
}

const cases: readonly Case[] = [
  { title: 'a mailbox server delivers for an authoritative domain', from: 'MBX1', hop: 'delivery default' },
  { title: 'into what delivery names', from: 'MBX1', more: { delivery: [store] }, hop: 'delivery 10.0.0.40' },
  {
    title: 'a clientAccess server hands on to the nearest mailbox server',
    from: 'CAS1',
    hop: 'servers MBX3 MBX1 MBX2',
  },
  {
    title: 'a clientAccess server hands on mail for others as well',
    from: 'CAS1',
    to: 'fabrikam.com',
    hop: 'servers MBX3 MBX1 MBX2',
  },
  {
    title: 'a subscribed Edge server hands accepted domains inwards by EdgeSync',
    from: 'EDGE1',
    more: { sendConnectors: edgeSync },
    hop: 'servers MBX1 MBX2',
  },
  {
    title: 'and does so where the topology does not list that connector',
    from: 'EDGE1',
    more: { sendConnectors: edgeSync.slice(0, 1) },
    hop: 'servers MBX1 MBX2',
  },
  {
    title: 'a delivery entry does not make an Edge server deliver what belongs inside',
    from: 'EDGE1',
    more: { sendConnectors: edgeSync, delivery: [store] },
    hop: 'servers MBX1 MBX2',
  },
  {
    title: 'an Edge server without subscription uses its inbound connector',
    from: 'EDGE2',
    more: {
      sendConnectors: [
        sendConnector({
          name: 'inbound',
          to: ['contoso.com'],
          sourceTransportServers: ['EDGE2'],
          smartHosts: [{ host: '10.0.0.11', kind: 'address' }],
        }),
      ],
    },
    hop: 'connector inbound',
  },
  {
    title: 'a * connector leads out, so the Edge server delivers itself',
    from: 'EDGE2',
    more: { sendConnectors: [sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['EDGE2'] })] },
    hop: 'delivery default',
  },
  {
    title: 'an internal relay domain goes through a Send connector',
    from: 'MBX1',
    to: 'relay.example',
    more: {
      acceptedDomains: [{ domain: 'relay.example', type: 'internalRelay' }],
      sendConnectors: [
        sendConnector({ name: 'relay', to: ['relay.example'], sourceTransportServers: ['MBX1'] }),
      ],
    },
    hop: 'connector relay',
  },
  {
    title: 'an internal relay domain that delivery names is delivered',
    from: 'MBX1',
    to: 'relay.example',
    more: {
      acceptedDomains: [{ domain: 'relay.example', type: 'internalRelay' }],
      delivery: [{ domain: 'relay.example', kind: 'maildir', folder: 'relay' }],
    },
    hop: 'delivery relay',
  },
  {
    title: 'an external relay domain leaves an Edge server outwards',
    from: 'EDGE1',
    to: 'customer.example',
    more: {
      acceptedDomains: [{ domain: 'customer.example', type: 'externalRelay' }],
      sendConnectors: edgeSync,
    },
    hop: 'connector out',
  },
  {
    title: 'mail for others goes to the Edge server of the site',
    from: 'MBX1',
    to: 'fabrikam.com',
    more: { sendConnectors: edgeSync },
    hop: 'servers EDGE1 by out',
  },
  {
    title: 'and from another site first into the site of the subscription',
    from: 'MBX3',
    to: 'fabrikam.com',
    more: { sendConnectors: edgeSync },
    hop: 'servers MBX1 MBX2 by out',
  },
  {
    title: 'source servers of the own site come first',
    from: 'MBX2',
    to: 'fabrikam.com',
    more: {
      sendConnectors: [sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX3', 'MBX1'] })],
    },
    hop: 'servers MBX1 MBX3 by out',
  },
  { title: 'nobody covers the domain', from: 'MBX1', to: 'fabrikam.com', hop: 'unreachable' },
  {
    title: 'nobody takes the size',
    from: 'MBX1',
    to: 'fabrikam.com',
    size: 2000,
    more: {
      sendConnectors: [
        sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], maxMessageSize: 1000 }),
      ],
    },
    hop: 'too large',
  },
];

for (const { title, from, to = 'contoso.com', size = 1, more, hop } of cases) {
  test(`next hop: ${title}`, () => {
    const config = transportConfig({ servers, ...more });
    const found = servers.find(({ name }) => name === from);
    assert.ok(found);
    assert.equal(inWords(nextHop(config, { server: found, domain: to, size })), hop);
  });
}

function inWords(hop: NextHop): string {
  switch (hop.kind) {
    case 'delivery':
      if (hop.delivery === undefined) return 'delivery default';
      return `delivery ${hop.delivery.kind === 'smtp' ? hop.delivery.host : hop.delivery.folder}`;
    case 'connector':
      return `connector ${hop.connector.name}`;
    case 'servers': {
      const by = hop.because !== 'mailboxes' && hop.connector ? ` by ${hop.connector.name}` : '';
      return `servers ${hop.servers.map(({ name }) => name).join(' ')}${by}`;
    }
    default:
      return hop.kind;
  }
}

test('the way is told with what decided it', () => {
  const config = transportConfig({ servers, sendConnectors: edgeSync });
  const ask = (name: string, domain: string): string => {
    const from = servers.find((one) => one.name === name);
    assert.ok(from);
    const { hop, accepted, choice } = decideNextHop(config, { server: from, domain, size: 1 });
    const lost = choice?.eliminated.map(({ connector, reason }) => `${connector.name}: ${reason}`).join(', ');
    return [hop.kind, accepted?.type ?? 'not ours', choice?.kind ?? 'not asked', lost ?? ''].join('; ');
  };
  assert.equal(ask('MBX1', 'contoso.com'), 'delivery; authoritative; not asked; ');
  assert.equal(
    ask('EDGE1', 'contoso.com'),
    'servers; authoritative; chosen; out: less specific address space',
  );
  assert.equal(ask('EDGE1', 'fabrikam.com'), 'connector; not ours; chosen; in: no matching address space');
  assert.equal(
    ask('EDGE2', 'fabrikam.com'),
    'unreachable; not ours; none; out: out of scope, in: out of scope',
  );
  assert.equal(ask('CAS1', 'fabrikam.com'), 'servers; not ours; not asked; ');
});
