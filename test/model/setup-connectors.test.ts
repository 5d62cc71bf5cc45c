import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standingSetupConnectors } from '../../src/model/setup-connectors.ts';
import { bind } from '../support/topology-text.ts';

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
