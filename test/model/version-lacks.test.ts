import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionLacks } from '../../src/model/version-lacks.ts';
import { bind, underlined } from '../support/topology-text.ts';

const head = `
organization: { name: Contoso, exchangeVersion: "2010" }
servers:
  HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.1] }
  HUB2: { role: hub, fqdn: hub2.contoso.com, addresses: [10.0.0.3], exchangeVersion: "2007" }
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.2], exchangeVersion: "2016" }
`;

interface Case {
  readonly title: string;
  readonly text: string;
  /** What is lacking, in which version, and what is underlined. */
  readonly found: readonly (readonly [string, string, string])[];
}

const cases: readonly Case[] = [
  {
    title: 'one of two source servers lacks a parameter',
    text: 'sendConnectors: { A: { sourceTransportServers: [MBX1, HUB1], frontendProxyEnabled: true } }',
    found: [['parameter', '2010', 'frontendProxyEnabled']],
  },
  {
    title: 'without source servers the version of the organization counts',
    text: 'sendConnectors: { A: { frontendProxyEnabled: true } }',
    found: [['parameter', '2010', 'frontendProxyEnabled']],
  },
  {
    title: 'the version of the server that a Receive connector is on',
    text: 'receiveConnectors: { A: { server: MBX1, transportRole: HubTransport }, B: { server: HUB1, transportRole: HubTransport } }',
    found: [['parameter', '2010', 'transportRole']],
  },
  {
    title: 'a value that came later or went away',
    text: 'sendConnectors: { A: { sourceTransportServers: [HUB1, MBX1], errorPolicies: [Default, DowngradeAuthFailures, UpgradeCustomFailures] } }',
    found: [
      ['value', '2010', 'UpgradeCustomFailures'],
      ['value', '2016', 'DowngradeAuthFailures'],
    ],
  },
  {
    title: 'a service of a certificate',
    text: 'certificates: { C: { services: [SMTP, federation, UMCallRouter], installedOn: [MBX1, HUB2] } }',
    found: [
      ['service', '2007', 'federation'],
      ['service', '2007', 'UMCallRouter'],
    ],
  },
  { title: 'unknown keys are not known at all', text: 'transportConfig: { noSuchKey: 1 }', found: [] },
];

for (const { title, text, found } of cases) {
  test(`version lacks: ${title}`, () => {
    const whole = head + text;
    const { value } = bind(whole);
    assert.ok(value);
    assert.deepEqual(
      versionLacks(value).map(({ kind, version, at }) => [kind, version.value, underlined(whole, at)]),
      found,
    );
  });
}
