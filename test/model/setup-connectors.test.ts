import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerRole } from '../../src/exchange/server-role.ts';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import { parseIpRange } from '../../src/mail/ip-range.ts';
import { parseTcpBinding } from '../../src/mail/tcp-binding.ts';
import { setupReceiveConnectors, standingSetupConnectors } from '../../src/model/setup-connectors.ts';
import { bind } from '../support/topology-text.ts';

interface Case {
  readonly version: ExchangeVersion;
  readonly role: ServerRole;
  readonly made: readonly string[];
}

const mailbox = [
  'Default Frontend S 25',
  'Client Frontend S 587',
  'Outbound Proxy Frontend S 717',
  'Default S 2525',
  'Client Proxy S 465',
];

const cases: readonly Case[] = [
  { version: '2007', role: 'hub', made: ['Default S 25', 'Client S 587'] },
  { version: '2010', role: 'hub', made: ['Default S 25', 'Client S 587'] },
  {
    version: '2013',
    role: 'clientAccess',
    made: ['Default Frontend S 25', 'Client Frontend S 587', 'Outbound Proxy Frontend S 717'],
  },
  { version: '2013', role: 'mailbox', made: ['Default S 25', 'Client Proxy S 465'] },
  { version: '2016', role: 'mailbox', made: mailbox },
  { version: 'SE', role: 'mailbox', made: mailbox },
  { version: '2007', role: 'edge', made: ['Default internal receive connector S 25'] },
  { version: 'SE', role: 'edge', made: ['Default internal receive connector S 25'] },
];

for (const { version, role, made } of cases) {
  test(`setup of a ${role} server of ${version} makes its connectors`, () => {
    const connectors = setupReceiveConnectors('S', role, version);
    const found = connectors.map(
      ({ name, bindings }) => `${name} ${parseTcpBinding(bindings[0] ?? '')?.port}`,
    );
    assert.deepEqual(found, made);
    for (const { bindings, remoteIPRanges } of connectors) {
      assert.ok(bindings.every((text) => parseTcpBinding(text)));
      assert.ok(remoteIPRanges.every((text) => parseIpRange(text)));
    }
  });
}

test('setup connectors that are declared or removed do not stand', () => {
  const { value } = bind(`
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2010" }
servers:
  HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.1] }
  HUB02: { role: hub, fqdn: hub02.contoso.com, addresses: [10.0.0.2], setupDefaults: removed }
receiveConnectors:
  HUB01\\default hub01: { bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.0/8] }
`);
  assert.ok(value);
  assert.deepEqual(
    standingSetupConnectors(value).map(({ server, connector }) => [server.name.value, connector.name]),
    [['HUB01', 'Client HUB01']],
  );
});
