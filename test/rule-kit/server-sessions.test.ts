import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capturedServers } from '../../src/rule-kit/server-sessions.ts';
import { bind } from '../support/topology-text.ts';

/** Connectors on MBX1, and which of them take mail of another server away. */
interface Case {
  readonly title: string;
  readonly connectors: string;
  readonly captured: readonly string[];
}

const rest = 'permissionGroups: [AnonymousUsers]';

const cases: readonly Case[] = [
  {
    title: 'a network with another server in it',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.0/24], ${rest} }`,
    captured: ['A takes MBX2'],
  },
  {
    title: 'the address of the server itself',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.11], ${rest} }`,
    captured: [],
  },
  {
    title: 'the Edge server of the site, and one without subscription',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:25"], remoteIPRanges: [192.0.2.0/24], ${rest} }`,
    captured: ['A takes EDGE1'],
  },
  {
    title: 'a port that no server comes to',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.0.0/24], ${rest} }`,
    captured: [],
  },
  {
    title: 'the port of Transport behind the frontend',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:2525"], remoteIPRanges: [10.0.0.0/24], ${rest} }`,
    captured: ['A takes MBX2'],
  },
  {
    title: 'a connector for the servers that is more specific still',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.0/24], ${rest} }
  MBX1\\B: { usage: internal, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.12] }`,
    captured: [],
  },
  {
    title: 'of two in the way the more specific one',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.0/24], ${rest} }
  MBX1\\B: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.12], ${rest} }`,
    captured: ['B takes MBX2'],
  },
  {
    title: 'authentication without the group',
    connectors: `MBX1\\A: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.12], authMechanism: [Tls, ExchangeServer], ${rest} }`,
    captured: ['A takes MBX2'],
  },
  {
    title: 'a connector that is off',
    connectors: `MBX1\\A: { enabled: false, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.12], ${rest} }`,
    captured: [],
  },
];

for (const { title, connectors, captured } of cases) {
  test(title, () => {
    const { value } = bind(`mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016" }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
  MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12], site: Munich }
  EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
  EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.26] }
receiveConnectors:
  ${connectors}
`);
    assert.ok(value);
    const found = capturedServers(value).map(
      ({ connector, peer }) => `${connector.name.value} takes ${peer.name.value}`,
    );
    assert.deepEqual(found, captured);
  });
}
