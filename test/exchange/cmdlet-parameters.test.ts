import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cmdletOf, hasCmdlet, hasParameter, parameterOf } from '../../src/exchange/cmdlet-parameters.ts';
import type { ExchangeVersion } from '../../src/exchange/version.ts';

const cases: readonly (readonly [
  version: ExchangeVersion,
  cmdlet: string,
  parameter: string,
  has: boolean,
])[] = [
  ['2007', 'Set-ReceiveConnector', 'AuthMechanism', true],
  ['2007', 'Set-ReceiveConnector', 'authmechanism', true],
  ['2007', 'Set-ReceiveConnector', 'AuthenticationMechanism', false],
  ['2007', 'Set-ReceiveConnector', 'Auth', false],
  ['2010', 'Set-SendConnector', 'TlsCertificateName', false],
  ['2013', 'Set-SendConnector', 'TlsCertificateName', true],
  ['2010', 'Set-TransportService', 'Identity', false],
  ['2013', 'Set-TransportService', 'Identity', true],
  ['2007', 'Import-ExchangeCertificate', 'Path', true],
  ['2010', 'Import-ExchangeCertificate', 'Path', false],
  ['2010', 'Import-ExchangeCertificate', 'FileData', true],
  ['SE', 'Import-ExchangeCertificate', 'FileName', false],
  ['2016', 'Set-NoSuchThing', 'Identity', false],
];

for (const [version, cmdlet, parameter, has] of cases) {
  test(`cmdlet-parameters: ${version} ${has ? 'has' : 'lacks'} ${cmdlet} -${parameter}`, () => {
    assert.equal(hasParameter(version, cmdlet, parameter), has);
  });
}

test('cmdlet-parameters: names are found without regard to case', () => {
  assert.equal(cmdletOf('new-sendconnector')?.name, 'New-SendConnector');
  assert.equal(parameterOf('NEW-SENDCONNECTOR', 'ADDRESSSPACES')?.element, 'AddressSpace');
  assert.ok(hasCmdlet('2007', 'set-transportserver'));
});
