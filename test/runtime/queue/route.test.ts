import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendConnector } from '../../../runtime/config.ts';
import { makeRouter } from '../../../runtime/queue/route.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

const hub = server({ name: 'MBX1' });
const cases: readonly {
  readonly title: string;
  readonly changes: Partial<SendConnector>;
  readonly keys: string;
}[] = [
  {
    title: 'by DNS each domain has a queue',
    changes: {},
    keys: 'connector out to a.example | connector out to b.example',
  },
  {
    title: 'a smart host has one',
    changes: { smartHosts: [{ host: '192.0.2.9', kind: 'address' }] },
    keys: 'connector out | connector out',
  },
  {
    title: 'unless its certificate must name the domain',
    changes: {
      smartHosts: [{ host: '192.0.2.9', kind: 'address' }],
      requireTLS: true,
      tlsAuthLevel: 'DomainValidation',
    },
    keys: 'connector out to a.example | connector out to b.example',
  },
  {
    title: 'or one of the domains is domain-secure, and the other not',
    changes: { smartHosts: [{ host: '192.0.2.9', kind: 'address' }], domainSecureEnabled: true },
    keys: 'connector out to a.example | connector out',
  },
];

for (const { title, changes, keys } of cases) {
  test(`queues: ${title}`, () => {
    const connector = sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], ...changes });
    const config = transportConfig({
      servers: [hub],
      sendConnectors: [connector],
      tlsSendDomainSecureList: ['a.example'],
    });
    const route = makeRouter(config, hub);
    assert.equal(['a.example', 'b.example'].map((domain) => route(domain, 1).key).join(' | '), keys);
  });
}
