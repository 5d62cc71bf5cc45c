import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalValue, settingOf } from '../../src/exchange/cmdlets.ts';
import { serverRoles, type FrontEnd, type ServerRole } from '../../src/exchange/server-role.ts';
import type { SettingObject } from '../../src/exchange/setting.ts';
import {
  edgeSyncSendConnectors,
  setupReceiveConnectors,
  type SettingValues,
} from '../../src/exchange/setup-connectors.ts';
import { exchangeVersions, holdsIn, type ExchangeVersion } from '../../src/exchange/version.ts';
import { parseIpRange } from '../../src/mail/ip-range.ts';
import { parseTcpBinding } from '../../src/mail/tcp-binding.ts';

interface Case {
  readonly version: ExchangeVersion;
  readonly role: ServerRole;
  readonly frontEnd?: FrontEnd;
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
  { version: '2013', role: 'mailbox', frontEnd: 'here', made: mailbox },
  { version: '2016', role: 'mailbox', made: mailbox },
  { version: 'SE', role: 'mailbox', made: mailbox },
  { version: '2007', role: 'edge', made: ['Default internal receive connector S 25'] },
  { version: 'SE', role: 'edge', made: ['Default internal receive connector S 25'] },
];

for (const { version, role, frontEnd = 'elsewhere', made } of cases) {
  test(`setup of a ${role} server of ${version}, front end ${frontEnd}, makes its connectors`, () => {
    const connectors = setupReceiveConnectors('S', role, version, frontEnd);
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

test('a role that a version does not have gets no connectors', () => {
  assert.deepEqual(setupReceiveConnectors('S', 'clientAccess', '2010'), []);
  assert.deepEqual(setupReceiveConnectors('S', 'mailbox', '2010'), []);
});

test('a name is put in as it is', () => {
  assert.equal(
    setupReceiveConnectors('$&', 'edge', '2016')[0]?.name,
    'Default internal receive connector $&',
  );
  assert.equal(edgeSyncSendConnectors('$1', 'SE')[1]?.name, 'EdgeSync - $1 to Internet');
});

test('EdgeSync makes a connector inwards and one to the Internet', () => {
  const [inbound, outbound] = edgeSyncSendConnectors('Munich', '2010');
  assert.equal(inbound?.name, 'EdgeSync - Inbound to Munich');
  assert.deepEqual(inbound?.settings.addressSpaces, ['SMTP:--;1']);
  assert.equal(inbound?.settings.dnsRoutingEnabled, false);
  assert.equal(outbound?.name, 'EdgeSync - Munich to Internet');
  assert.deepEqual(outbound?.settings.addressSpaces, ['SMTP:*;100']);
  assert.equal(outbound?.settings.domainSecureEnabled, true);
  assert.equal(edgeSyncSendConnectors('Munich', '2007')[0]?.confidence, 'inferred');
});

for (const version of exchangeVersions) {
  test(`what Exchange makes in ${version} has only values that the version knows`, () => {
    for (const role of serverRoles) {
      for (const { name, authMechanism, permissionGroups, settings, transportRole } of setupReceiveConnectors(
        'S',
        role,
        version,
      )) {
        const words = { authMechanism, permissionGroups, ...(transportRole && { transportRole }) };
        assert.deepEqual(unknownIn('receiveConnector', { ...settings, ...words }, version), [], name);
      }
    }
    for (const { name, settings } of edgeSyncSendConnectors('Munich', version)) {
      assert.deepEqual(unknownIn('sendConnector', settings, version), [], name);
    }
  });
}

/** Lists the settings that the version lacks, and the values that are no words of their enumeration. */
function unknownIn(
  object: SettingObject,
  settings: SettingValues,
  version: ExchangeVersion,
): readonly string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    const setting = settingOf(object, key);
    if (!setting || !holdsIn(version, setting)) return [key];
    if (setting.form !== 'enum') return [];
    const words = [value].flat().map(String);
    return words.filter((word) => canonicalValue(setting, version, word) !== word);
  });
}
