import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { WrittenScenario } from '../../src/trace/written-scenario.ts';
import { askable, asked } from '../support/asked.ts';

const contoso = readFileSync('examples/contoso/topology.yaml', 'utf8');
const northwind = readFileSync('examples/northwind/topology.yaml', 'utf8');
const withMx = northwind.replace(
  /^dns:\n/m,
  'dns:\n  northwindtraders.com: { mx: [[5, in.northwindtraders.com], [9, spare.northwindtraders.com]] }\n' +
    '  in.northwindtraders.com: { a: [192.0.2.72] }\n  spare.northwindtraders.com: { a: [192.0.2.71] }\n',
);
const toUs = { from: 'a@contoso.com', to: ['x@northwindtraders.com'] };

interface Case {
  readonly title: string;
  readonly topology: string;
  readonly scenario: WrittenScenario;
  /** The server that is asked and why; or the fault. */
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    title: 'the only one that listens there',
    topology: contoso,
    scenario: { client: '10.0.7.5', binding: '2526' },
    says: 'HUB01, for no other server has a connector for 10.0.7.5 at port 2526',
  },
  {
    title: 'all addresses at a port',
    topology: contoso,
    scenario: { client: '10.0.7.5', binding: '0.0.0.0:2526' },
    says: 'HUB01, for no other server has a connector for 10.0.7.5 at port 2526',
  },
  {
    title: 'a server does not connect to itself',
    topology: contoso,
    scenario: { client: 'HUB01' },
    says: 'EDGE01, for no other server has a connector for 10.0.0.11 at port 25',
  },
  {
    title: 'the only one with a connector that the topology writes',
    topology: contoso,
    scenario: { client: 'fabrikam' },
    says: 'EDGE01, for no other server has a connector of the topology for 198.51.100.0 at port 25',
  },
  {
    title: 'the only one that hears anonymous clients',
    topology: contoso,
    scenario: { client: '203.0.113.9' },
    says: 'EDGE01, for no other server hears 203.0.113.9 at port 25 without a logon',
  },
  {
    title: 'with a logon all of them may be meant',
    topology: contoso,
    scenario: { client: '203.0.113.9', auth: 'ann@contoso.com' },
    says: 'server: it is not said which server the client connects to; the servers are HUB01, EDGE01',
  },
  {
    title: 'the best MX of the recipient',
    topology: withMx,
    scenario: { client: 'contoso', ...toUs },
    says: 'EDGE2, for the MX of northwindtraders.com is no other server',
  },
  {
    title: 'a recipient elsewhere, whose MX is nobody of ours',
    topology: withMx,
    scenario: { client: 'contoso', ...toUs, to: [...toUs.to, 'x@contoso.com'] },
    says: 'server: it is not said which server the client connects to; it may be one of EDGE1, EDGE2',
  },
  {
    title: 'the only hub server has what lies in a queue',
    topology: contoso,
    scenario: { to: ['x@fabrikam.com'] },
    says: 'HUB01, for no other server is a hub server',
  },
  {
    title: 'one of two mailbox servers',
    topology: northwind,
    scenario: { to: ['x@contoso.com'] },
    says: 'server: it is not said which server the message lies in; it may be one of MBX1, MBX2',
  },
  {
    title: 'one that is named is not explained',
    topology: contoso,
    scenario: { client: 'fabrikam', server: 'HUB01' },
    says: 'HUB01, for undefined',
  },
];

for (const { title, topology, scenario, says } of cases) {
  test(`the server of a trace: ${title}`, async () => {
    const found = await asked(askable(topology), scenario).then(
      ({ scenario: { start, serverBecause } }) =>
        `${start.kind === 'queue' ? start.server : start.session.server}, for ${serverBecause}`,
      (thrown: unknown) => String(thrown).replace(/^Error: /, ''),
    );
    assert.equal(found, says);
  });
}
