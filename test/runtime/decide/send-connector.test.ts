import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendConnector, Server } from '../../../runtime/config.ts';
import { chooseSendConnector } from '../../../runtime/decide/send-connector.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

const servers = [
  server({ name: 'MBX1', site: 'Munich' }),
  server({ name: 'MBX2', site: 'Munich' }),
  server({ name: 'MBX3', site: 'Berlin' }),
  server({ name: 'EDGE1', role: 'edge', subscribedTo: 'Munich' }),
  server({ name: 'EDGE2', role: 'edge' }),
];

interface Case {
  readonly title: string;
  readonly connectors: readonly SendConnector[];
  readonly from?: string;
  readonly domain?: string;
  readonly size?: number;
  /** The winner, `none` or `too large`. */
  readonly chosen: string;
  /** `name: reason`, in the order of elimination. */
  readonly eliminated?: readonly string[];
}

function connector(name: string, to: string, more: Partial<SendConnector> = {}): SendConnector {
  return sendConnector({ name, to: to.split(','), sourceTransportServers: ['MBX1'], ...more });
}

// The first three are the documented examples of connector selection.
const cases: readonly Case[] = [
  {
    title: 'an exact domain beats a wildcard and the wildcard beats *',
    connectors: [
      connector('A', '*'),
      connector('B', '*.contoso.net'),
      connector('C', 'marketing.contoso.net'),
    ],
    domain: 'marketing.contoso.net',
    chosen: 'C',
    eliminated: ['A: less specific address space', 'B: less specific address space'],
  },
  {
    title: 'the lower cost wins between equal spaces',
    connectors: [connector('A', 'fabrikam.com;20'), connector('B', 'fabrikam.com;10')],
    chosen: 'B',
    eliminated: ['A: higher cost'],
  },
  {
    title: 'the lowest name decides in the end',
    connectors: [connector('beta', '*'), connector('Alpha', '*'), connector('Gamma', '*')],
    chosen: 'Alpha',
    eliminated: ['beta: later name', 'Gamma: later name'],
  },
  {
    title: 'a dear exact domain beats a cheap *',
    connectors: [connector('A', '*;1'), connector('B', 'fabrikam.com;100')],
    chosen: 'B',
    eliminated: ['A: less specific address space'],
  },
  {
    title: 'the longer wildcard is more specific',
    connectors: [connector('A', '*.com'), connector('B', '*.fabrikam.com')],
    domain: 'mail.fabrikam.com',
    chosen: 'B',
    eliminated: ['A: less specific address space'],
  },
  {
    title: 'a wildcard covers its own domain',
    connectors: [connector('A', '*.fabrikam.com')],
    chosen: 'A',
  },
  {
    title: 'a domain does not cover what is below it',
    connectors: [connector('A', 'fabrikam.com')],
    domain: 'mail.fabrikam.com',
    chosen: 'none',
    eliminated: ['A: no matching address space'],
  },
  {
    title: 'letters may be large or small, and a final dot is no label',
    connectors: [connector('A', 'FABRIKAM.com')],
    domain: 'Fabrikam.COM.',
    chosen: 'A',
  },
  {
    title: 'fewest hops: this server, then its site, then another site',
    connectors: [
      connector('A', '*', { sourceTransportServers: ['MBX3'] }),
      connector('B', '*', { sourceTransportServers: ['MBX2'] }),
      connector('C', '*', { sourceTransportServers: ['MBX1'] }),
    ],
    chosen: 'C',
    eliminated: ['A: more hops', 'B: more hops'],
  },
  {
    title: 'cost comes before hops',
    connectors: [
      connector('A', '*;1', { sourceTransportServers: ['MBX3'] }),
      connector('B', '*;2', { sourceTransportServers: ['MBX1'] }),
    ],
    chosen: 'A',
    eliminated: ['B: higher cost'],
  },
  {
    title: 'a subscribed Edge server is of its site',
    connectors: [
      connector('A', '*', { sourceTransportServers: ['MBX3'] }),
      connector('B', '*', { sourceTransportServers: ['EDGE1'] }),
    ],
    chosen: 'B',
    eliminated: ['A: more hops'],
  },
  {
    title: 'a connector too small loses even where it fits best',
    connectors: [connector('A', 'fabrikam.com', { maxMessageSize: 1000 }), connector('B', '*')],
    size: 1001,
    chosen: 'B',
    eliminated: ['A: message too large'],
  },
  {
    title: 'no connector takes the size',
    connectors: [connector('A', '*', { maxMessageSize: 1000 })],
    size: 1001,
    chosen: 'too large',
    eliminated: ['A: message too large'],
  },
  {
    title: 'disabled connectors do not count',
    connectors: [connector('A', '*', { enabled: false })],
    chosen: 'none',
    eliminated: ['A: disabled'],
  },
  {
    title: 'a scoped connector is seen in the site of its source servers only',
    connectors: [connector('A', 'fabrikam.com', { isScopedConnector: true }), connector('B', '*')],
    from: 'MBX3',
    chosen: 'B',
    eliminated: ['A: out of scope'],
  },
  {
    title: 'a connector that lives on an Edge server without subscription is its own affair',
    connectors: [connector('A', 'fabrikam.com', { sourceTransportServers: ['EDGE2'] }), connector('B', '*')],
    chosen: 'B',
    eliminated: ['A: out of scope'],
  },
  {
    title: 'an Edge server sees nothing but its own connectors',
    connectors: [connector('A', 'fabrikam.com'), connector('B', '*', { sourceTransportServers: ['EDGE2'] })],
    from: 'EDGE2',
    chosen: 'B',
    eliminated: ['A: out of scope'],
  },
  {
    title: '-- is every accepted domain, on an Edge server',
    connectors: [
      connector('A', '*', { sourceTransportServers: ['EDGE1'] }),
      connector('B', '--', { sourceTransportServers: ['EDGE1'] }),
    ],
    from: 'EDGE1',
    domain: 'contoso.com',
    chosen: 'B',
    eliminated: ['A: less specific address space'],
  },
  {
    title: '-- means nothing inside, or mail would come back to the Edge server',
    connectors: [connector('A', '--', { sourceTransportServers: ['EDGE1'] })],
    domain: 'contoso.com',
    chosen: 'none',
    eliminated: ['A: no matching address space'],
  },
];

for (const {
  title,
  connectors,
  from = 'MBX1',
  domain = 'fabrikam.com',
  size = 1,
  chosen,
  eliminated,
} of cases) {
  test(`send connector: ${title}`, () => {
    const config = transportConfig({ servers, sendConnectors: connectors });
    const choice = chooseSendConnector(config, { server: named(from), domain, size });
    assert.equal(choice.kind === 'chosen' ? choice.connector.name : choice.kind, chosen);
    const lost = choice.eliminated.map(({ connector: { name }, reason }) => `${name}: ${reason}`);
    assert.deepEqual(lost, eliminated ?? []);
  });
}

function named(name: string): Server {
  const found = servers.find((one) => one.name === name);
  assert.ok(found);
  return found;
}
