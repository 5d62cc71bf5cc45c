import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cmdletsWith, parametersFor, rangeOf, valuesOf } from '../../../src/exchange/cmdlets.ts';
import type { Setting, SettingObject } from '../../../src/exchange/setting.ts';
import { exchangeVersions, type ExchangeVersion } from '../../../src/exchange/version.ts';
import { scriptTexts } from '../../support/exchange-scripts.ts';

/** A value that the setting takes, as YAML. */
function sample(setting: Setting, version: ExchangeVersion): string {
  const [word] = valuesOf(setting, version) ?? [];
  const least = rangeOf(setting, version)?.min;
  switch (setting.form) {
    case 'boolean':
      return 'true';
    case 'number':
    case 'limit':
      return least === undefined || !/^\d+$/.test(least) ? '7' : least;
    case 'size':
    case 'size-limit':
      return '96KB';
    case 'time-span':
      return '"00:00:30"';
    case 'enum':
      return setting.list ? `[${word}]` : String(word);
    case 'text':
      return setting.list ? '[some.example]' : 'some.example';
  }
}

/** Keys that the topology below writes itself, for the plan reads more than text out of them. */
const given: ReadonlySet<string> = new Set([
  'addressSpaces',
  'authenticationCredential',
  'bindings',
  'remoteIPRanges',
  'smartHosts',
  'sourceTransportServers',
  'tlsSendDomainSecureList',
  'tlsReceiveDomainSecureList',
]);

function written(object: SettingObject, version: ExchangeVersion, margin: string): string {
  return settingsIn(object, version)
    .filter(({ key }) => !given.has(key))
    .map((setting) => `${margin}${setting.key}: ${sample(setting, version)}`)
    .join('\n');
}

function settingsIn(object: SettingObject, version: ExchangeVersion): readonly Setting[] {
  return parametersFor(object).filter(
    (setting) => setting.internal === undefined && cmdletsWith(setting, version).length > 0,
  );
}

function isSettable(setting: Setting, version: ExchangeVersion): boolean {
  return cmdletsWith(setting, version).some(({ cmdlet }) => cmdlet.startsWith('Set-'));
}

function topology(version: ExchangeVersion): string {
  return `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "${version}" }
servers:
  HUB01: { role: ${version < '2013' ? 'hub' : 'mailbox'}, fqdn: hub01.contoso.com, addresses: [10.0.0.11] }
credentials:
  account: { username: contoso, passwordFrom: { env: SECRET } }
sendConnectors:
  Out:
    addressSpaces: [scans.example]
    smartHosts: [in.scans.example]
    sourceTransportServers: [HUB01]
    authenticationCredential: account
${written('sendConnector', version, '    ')}
receiveConnectors:
  HUB01\\In:
    bindings: ["10.0.0.11:2526"]
    remoteIPRanges: [10.0.8.0/24]
${written('receiveConnector', version, '    ')}
transportConfig:
  tlsSendDomainSecureList: [some.example]
  tlsReceiveDomainSecureList: [some.example]
${written('transportConfig', version, '  ')}
`;
}

const scriptOf: { readonly [one in SettingObject]: string } = {
  sendConnector: '2-organization',
  receiveConnector: '1-HUB01',
  transportConfig: '2-organization',
};

/** How a setting stands in a script where something is done with it. */
const forms: Readonly<Record<string, string>> = {
  '05-backup': "'NAME'",
  '10-apply': "'NAME' = |\\['NAME'\\] = |-NAME ",
  '40-verify': "'NAME' = |\\.NAME\\b",
  '90-rollback': "-Properties @\\(.*'NAME'|-NAME |\\['NAME'\\] = ",
};

for (const version of exchangeVersions) {
  const files = await scriptTexts(topology(version));
  for (const object of ['sendConnector', 'receiveConnector', 'transportConfig'] as const) {
    test(`${version}: every setting of a ${object} is applied, verified and brought back`, () => {
      const settings = settingsIn(object, version);
      assert.ok(settings.length >= 15, `only ${settings.length} settings`);
      for (const [name, form] of Object.entries(forms)) {
        const text = files.get(`exchange/${scriptOf[object]}/${name}.ps1`)?.text ?? '';
        // What New- alone takes cannot be set back, nor mended where it differs.
        const here = name === '10-apply' ? settings : settings.filter((one) => isSettable(one, version));
        const missing = here.filter(
          ({ parameter }) => !new RegExp(form.replaceAll('NAME', parameter)).test(text),
        );
        assert.deepEqual(
          missing.map(({ key }) => key),
          [],
          `${name} leaves out`,
        );
      }
    });
  }
}

test('a setting that a version lacks is in none of its scripts', async () => {
  const files = await scriptTexts(
    topology('2007').replace('    smartHosts:', '    tlsAuthLevel: EncryptionOnly\n    smartHosts:'),
  );
  for (const [path, { text }] of files) assert.ok(!text.includes('TlsAuthLevel'), path);
});
