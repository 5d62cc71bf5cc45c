import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingOf } from '../../src/exchange/cmdlets.ts';
import type { SettingObject } from '../../src/exchange/setting.ts';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import { explainSetting, type SettingFaultKind } from '../../src/model/setting-faults.ts';
import { entryOf } from '../../src/source/located.ts';
import { documentOf, underlined } from '../support/topology-text.ts';

interface Case {
  readonly object: SettingObject;
  readonly written: string;
  readonly version?: ExchangeVersion;
  /** Each fault with what it underlines. */
  readonly faults?: readonly (readonly [SettingFaultKind, string])[];
}

const send = { object: 'sendConnector' } as const;
const receive = { object: 'receiveConnector' } as const;
const config = { object: 'transportConfig' } as const;

const cases: readonly Case[] = [
  { ...send, written: 'requireTLS: true' },
  { ...send, written: 'requireTLS: "True"' },
  { ...send, written: 'requireTLS: maybe', faults: [['form', 'maybe']] },
  { ...send, written: 'requireTLS: null', faults: [['form', 'null']] },
  { ...send, written: 'requireTLS: [true]', faults: [['several', '[true]']] },
  { ...send, written: 'port: 65535' },
  { ...send, written: 'port: 65536', faults: [['too-large', '65536']] },
  { ...send, written: 'port: 0x19', faults: [['form', '0x19']] },
  { ...send, written: 'maxMessageSize: unlimited' },
  { ...receive, written: 'maxMessageSize: unlimited', faults: [['form', 'unlimited']] },
  { ...receive, written: 'maxMessageSize: 25 MB' },
  { ...receive, written: 'maxMessageSize: 25 Megs', faults: [['form', '25 Megs']] },
  { ...receive, written: 'maxMessageSize: 2147483647' },
  { ...receive, written: 'maxMessageSize: 2GB', faults: [['too-large', '2GB']] },
  { ...receive, written: 'maxMessageSize: 1KB', faults: [['too-small', '1KB']] },
  { ...receive, written: 'maxInboundConnection: Unlimited' },
  { ...receive, written: 'maxInboundConnection: 0', faults: [['too-small', '0']] },
  { ...receive, written: 'connectionTimeout: 1.00:00:00' },
  { ...receive, written: 'connectionTimeout: 2d', faults: [['too-large', '2d']] },
  { ...receive, written: 'connectionTimeout: 10', faults: [['form', '10']] },
  { ...receive, written: 'tarpitInterval: 00:11:00', version: '2010', faults: [['too-large', '00:11:00']] },
  { ...receive, written: 'tarpitInterval: 00:11:00', version: '2016' },
  { ...receive, written: 'authMechanism: [tls, TSL]', faults: [['word', 'TSL']] },
  { ...receive, written: 'authMechanism: Tls' },
  { ...receive, written: 'authMechanism: []', faults: [['empty', '[]']] },
  { ...receive, written: 'authMechanism: [{}]', faults: [['form', '{}']] },
  { ...receive, written: 'sizeEnabled: [Enabled]', faults: [['several', '[Enabled]']] },
  { ...config, written: 'headerPromotionModeSetting: mustcreate', version: '2010' },
  {
    ...config,
    written: 'headerPromotionModeSetting: MustCreate',
    version: '2007',
    faults: [['word-of-other-version', 'MustCreate']],
  },
  { ...config, written: 'maxSendSize: 2097151', version: '2010' },
  { ...config, written: 'maxSendSize: 2097152', version: '2010', faults: [['too-large', '2097152']] },
  { ...config, written: 'maxSendSize: 2097152', version: '2016' },
  { ...config, written: 'tlsSendDomainSecureList: []' },
  {
    ...config,
    written: 'tlsSendDomainSecureList: [fabrikam.com, "a b"]',
    faults: [['form', '"a b"']],
  },
  { ...config, written: 'generateCopyOfDSNFor: [5.7.1, 6.0.0]', faults: [['form', '6.0.0']] },
  { ...config, written: 'externalPostmasterAddress: null' },
  { ...config, written: 'externalPostmasterAddress: postmaster', faults: [['form', 'postmaster']] },
  { ...receive, written: 'banner: 220 mail.contoso.com' },
  { ...receive, written: 'banner: 2200', faults: [['form', '2200']] },
  { ...receive, written: 'fqdn: mail.contoso.com' },
  { ...receive, written: 'fqdn: "mail contoso"', faults: [['form', '"mail contoso"']] },
  { ...receive, written: 'tlsCertificateName: <I>CN=Root<S>CN=mail.contoso.com' },
  { ...receive, written: 'tlsCertificateName: 3A4F', faults: [['form', '3A4F']] },
  { ...receive, written: 'tlsDomainCapabilities: ["contoso.com:AcceptCloudServicesMail"]' },
  { ...receive, written: 'tlsDomainCapabilities: [contoso.com]', faults: [['form', 'contoso.com']] },
  { ...send, written: 'tlsDomain: "*.fabrikam.com"' },
  { ...send, written: 'tlsDomain: "*"', faults: [['form', '"*"']] },
  { ...send, written: 'sourceIPAddress: 192.0.2.256', faults: [['form', '192.0.2.256']] },
];

for (const { object, written, version = '2016', faults = [] } of cases) {
  test(`settings of ${version}: ${written}`, () => {
    const { root } = documentOf(written);
    const key = written.slice(0, written.indexOf(':'));
    const node = entryOf(root, key)?.value;
    const setting = settingOf(object, key);
    assert.ok(node && setting);
    const found = explainSetting(setting, version, node);
    assert.deepEqual(
      found.map(({ kind, at }) => [kind, underlined(written, at)]),
      faults,
    );
  });
}
