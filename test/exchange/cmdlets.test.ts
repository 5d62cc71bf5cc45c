import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalValue,
  cmdletsWith,
  defaultOf,
  parametersFor,
  rangeOf,
  settingOf,
  valuesOf,
  versionsWithValue,
  type DefaultQuestion,
} from '../../src/exchange/cmdlets.ts';
import type { DefaultValue } from '../../src/exchange/cmdlet.ts';
import { settingObjects, type Setting, type SettingObject } from '../../src/exchange/setting.ts';
import { holdsIn, versionsWith } from '../../src/exchange/version.ts';

const versions: readonly (readonly [object: SettingObject, key: string, versions: string])[] = [
  ['sendConnector', 'requireTLS', '2007 2010 2013 2016 2019 SE'],
  ['sendConnector', 'tlsAuthLevel', '2010 2013 2016 2019 SE'],
  ['sendConnector', 'tlsCertificateName', '2013 2016 2019 SE'],
  ['sendConnector', 'linkedReceiveConnector', '2007 2010'],
  ['sendConnector', 'isCoexistenceConnector', '2010'],
  ['receiveConnector', 'transportRole', '2013 2016 2019 SE'],
  ['receiveConnector', 'authTarpitInterval', '2016 2019 SE'],
  ['transportConfig', 'maxDumpsterSizePerStorageGroup', '2007'],
  ['transportConfig', 'tlsSendDomainSecureList', '2007 2010 2013 2016 2019 SE'],
];

for (const [object, key, text] of versions) {
  test(`cmdlets: ${object} ${key} is in ${text}`, () => {
    assert.equal(versionsWith(setting(object, key)).join(' '), text);
  });
}

const edge = { object: 'receiveConnector', version: '2010', role: 'edge' } as const;
const hub = { object: 'receiveConnector', version: '2010', role: 'hub' } as const;
const mailbox = { object: 'receiveConnector', version: '2016', role: 'mailbox' } as const;

const defaults: readonly (readonly [DefaultQuestion, DefaultValue | undefined])[] = [
  [{ ...edge, key: 'connectionTimeout' }, '00:05:00'],
  [{ ...hub, key: 'connectionTimeout' }, '00:10:00'],
  [{ ...edge, key: 'connectionInactivityTimeout' }, '00:01:00'],
  [{ ...mailbox, key: 'connectionInactivityTimeout' }, '00:05:00'],
  [{ object: 'receiveConnector', version: '2010', key: 'connectionTimeout' }, undefined],
  [{ ...edge, key: 'messageRateLimit' }, 600],
  [{ ...hub, key: 'messageRateLimit' }, 'unlimited'],
  [{ ...hub, key: 'maxMessageSize' }, '10MB'],
  [{ ...hub, version: '2007', key: 'maxMessageSize' }, '10MB'],
  [{ ...mailbox, version: '2013', key: 'maxMessageSize' }, '25MB'],
  [{ ...mailbox, key: 'maxMessageSize' }, '36MB'],
  [{ ...mailbox, key: 'requireTLS' }, false],
  [{ ...mailbox, key: 'fqdn' }, null],
  [{ ...hub, key: 'permissionGroups', usage: 'client' }, ['ExchangeUsers']],
  [{ ...hub, key: 'permissionGroups', usage: 'custom' }, ['None']],
  [{ ...hub, key: 'permissionGroups', usage: 'internal' }, ['ExchangeServers', 'ExchangeLegacyServers']],
  [{ ...edge, key: 'permissionGroups', usage: 'internal' }, ['ExchangeServers']],
  [{ ...hub, key: 'permissionGroups', usage: 'internet' }, ['AnonymousUsers']],
  [{ ...hub, key: 'permissionGroups', usage: 'partner' }, ['Partners']],
  [
    { ...hub, key: 'authMechanism', usage: 'client' },
    ['Tls', 'BasicAuth', 'BasicAuthRequireTLS', 'Integrated'],
  ],
  [{ ...hub, key: 'authMechanism', usage: 'partner' }, ['Tls']],
  [{ ...hub, key: 'bindings', usage: 'client' }, ['0.0.0.0:587']],
  [{ ...hub, key: 'bindings', usage: 'custom' }, undefined],
  [{ ...hub, key: 'remoteIPRanges', usage: 'internet' }, ['0.0.0.0-255.255.255.255']],
  [{ ...hub, key: 'transportRole' }, undefined],
  [{ ...hub, key: 'noSuchKey' }, undefined],
  [{ object: 'sendConnector', key: 'maxMessageSize', version: '2010', usage: 'custom' }, '10MB'],
  [{ object: 'sendConnector', key: 'maxMessageSize', version: '2013', usage: 'custom' }, '25MB'],
  [{ object: 'sendConnector', key: 'maxMessageSize', version: '2019', usage: 'custom' }, '35MB'],
  [{ object: 'sendConnector', key: 'maxMessageSize', version: '2019', usage: 'internal' }, 'unlimited'],
  [{ object: 'sendConnector', key: 'ignoreSTARTTLS', version: '2007' }, false],
  [{ object: 'sendConnector', key: 'cloudServicesMailEnabled', version: '2016' }, false],
  [{ object: 'transportConfig', key: 'maxRecipientEnvelopeLimit', version: '2007' }, 5000],
  [{ object: 'transportConfig', key: 'maxRecipientEnvelopeLimit', version: 'SE' }, 500],
  [{ object: 'transportConfig', key: 'tlsReceiveDomainSecureList', version: '2007' }, []],
];

for (const [question, value] of defaults) {
  const { object, key, version, role = '', usage = '' } = question;
  test(`cmdlets: default of ${object} ${key} in ${version} ${role} ${usage}`, () => {
    assert.deepEqual(defaultOf(question), value);
  });
}

test('cmdlets: values of an enumeration follow the version', () => {
  const policies = setting('sendConnector', 'errorPolicies');
  assert.ok(valuesOf(policies, '2010')?.includes('DowngradeAuthFailures'));
  assert.ok(!valuesOf(policies, '2013')?.includes('DowngradeAuthFailures'));
  assert.deepEqual(versionsWithValue(policies, 'downgradeauthfailures'), ['2010']);
  assert.deepEqual(
    versionsWithValue(setting('transportConfig', 'headerPromotionModeSetting'), 'MustCreate')[0],
    '2010',
  );
  assert.equal(canonicalValue(setting('receiveConnector', 'authMechanism'), '2007', 'tls'), 'Tls');
  assert.equal(canonicalValue(setting('receiveConnector', 'authMechanism'), '2007', 'Kerberos'), undefined);
  assert.equal(canonicalValue(setting('sendConnector', 'tlsAuthLevel'), '2007', 'EncryptionOnly'), undefined);
  assert.equal(valuesOf(setting('sendConnector', 'requireTLS'), '2007'), undefined);
});

test('cmdlets: ranges follow the version', () => {
  assert.deepEqual(rangeOf(setting('transportConfig', 'maxSendSize'), '2010')?.bareNumber, 'KB');
  assert.deepEqual(rangeOf(setting('transportConfig', 'maxSendSize'), '2013')?.max, '2147482624');
  assert.equal(rangeOf(setting('receiveConnector', 'tarpitInterval'), '2016'), undefined);
  assert.equal(rangeOf(setting('sendConnector', 'port'), '2016')?.max, '65535');
});

test('cmdlets: a setting knows which cmdlets have it', () => {
  const bare = setting('receiveConnector', 'bareLinefeedRejectionEnabled');
  assert.deepEqual(
    cmdletsWith(bare, '2016').map(({ cmdlet }) => cmdlet),
    ['Set-ReceiveConnector'],
  );
  assert.deepEqual(cmdletsWith(bare, '2007'), []);
  const tls = setting('sendConnector', 'requireTLS');
  assert.deepEqual(
    cmdletsWith(tls, '2007').map(({ cmdlet }) => cmdlet),
    ['New-SendConnector', 'Set-SendConnector'],
  );
});

test('cmdlets: plumbing is no setting, and keys are unique', () => {
  for (const object of settingObjects) {
    const keys = parametersFor(object).map(({ key }) => key);
    assert.equal(new Set(keys.map((key) => key.toLowerCase())).size, keys.length);
    for (const key of [
      'identity',
      'name',
      'server',
      'whatIf',
      'confirm',
      'force',
      'usage',
      'custom',
      'instance',
    ]) {
      assert.ok(!keys.includes(key), `${object} ${key}`);
    }
  }
});

test('cmdlets: each default is a value of its setting', () => {
  const faults = settingObjects.flatMap((object) =>
    parametersFor(object).flatMap((one) =>
      (one.defaults ?? []).filter(({ value, when }) => !fits(one, value, when?.since ?? one.since ?? '2007')),
    ),
  );
  assert.deepEqual(faults, []);
});

function fits(one: Setting, value: DefaultValue, version: Parameters<typeof holdsIn>[0]): boolean {
  if (value === null) return true;
  if (one.list !== Array.isArray(value)) return false;
  if (one.form === 'enum')
    return [value].flat().every((name) => canonicalValue(one, version, String(name)) === name);
  if (one.form === 'boolean') return typeof value === 'boolean';
  if (one.form === 'number') return typeof value === 'number';
  if (one.form === 'limit') return typeof value === 'number' || value === 'unlimited';
  if (one.form === 'size' || one.form === 'size-limit') return /^(\d+(KB|MB)|unlimited)$/.test(String(value));
  return one.form !== 'time-span' || /^(\d+\.)?\d\d:\d\d:\d\d$/.test(String(value));
}

function setting(object: SettingObject, key: string): Setting {
  const found = settingOf(object, key);
  assert.ok(found, `${object} ${key}`);
  return found;
}
