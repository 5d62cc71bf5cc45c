import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCmdlet } from '../../src/exchange/cmdlet-parameters.ts';
import { hasRole, productOf } from '../../src/exchange/product.ts';
import { serverRoles } from '../../src/exchange/server-role.ts';
import { exchangeVersions, type ExchangeVersion } from '../../src/exchange/version.ts';

const roles: readonly (readonly [version: ExchangeVersion, roles: string])[] = [
  ['2007', 'hub edge'],
  ['2010', 'hub edge'],
  ['2013', 'mailbox clientAccess edge'],
  ['2016', 'mailbox edge'],
  ['2019', 'mailbox edge'],
  ['SE', 'mailbox edge'],
];

for (const [version, text] of roles) {
  test(`product: ${version} has the roles ${text}, each with its services`, () => {
    const product = productOf(version);
    assert.equal(product.roles.join(' '), text);
    for (const role of serverRoles) {
      assert.equal(hasRole(version, role), product.services[role] !== undefined);
    }
  });
}

test('product: the noun for transport settings is one that the version has a cmdlet for', () => {
  for (const version of exchangeVersions) {
    assert.ok(hasCmdlet(version, `Set-${productOf(version).transportServerNoun}`));
    assert.ok(hasCmdlet(version, `Get-${productOf(version).transportServerNoun}`));
  }
  assert.equal(productOf('2010').transportServerNoun, 'TransportServer');
  assert.equal(productOf('2013').transportServerNoun, 'TransportService');
});

test('product: only 2007 loads a snap-in, and no shell but that of Edge is local later', () => {
  for (const version of exchangeVersions) {
    const { shell, snapIn } = productOf(version);
    assert.equal(snapIn !== undefined, version === '2007');
    assert.equal(shell.organization, version === '2007' ? 'snap-in' : 'remote');
  }
});
