import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingKey } from '../../src/exchange/setting-key.ts';

const cases: readonly (readonly [parameter: string, key: string])[] = [
  ['RemoteIPRanges', 'remoteIPRanges'],
  ['DNSRoutingEnabled', 'dnsRoutingEnabled'],
  ['TLSSendDomainSecureList', 'tlsSendDomainSecureList'],
  ['DSNConversionMode', 'dsnConversionMode'],
  ['RequireTLS', 'requireTLS'],
  ['IgnoreSTARTTLS', 'ignoreSTARTTLS'],
  ['ForceHELO', 'forceHELO'],
  ['Fqdn', 'fqdn'],
  ['TlsDomain', 'tlsDomain'],
  ['SmtpUtf8Enabled', 'smtpUtf8Enabled'],
  ['InternalSMTPServers', 'internalSMTPServers'],
  ['Rfc2231EncodingEnabled', 'rfc2231EncodingEnabled'],
  ['SourceIPAddress', 'sourceIPAddress'],
];

for (const [parameter, key] of cases) {
  test(`setting-key: ${parameter} is ${key}`, () => assert.equal(settingKey(parameter), key));
}
