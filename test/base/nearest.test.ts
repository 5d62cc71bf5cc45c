import assert from 'node:assert/strict';
import test from 'node:test';
import { nearest } from '../../src/base/nearest.ts';

const keys = ['requireTLS', 'remoteIPRanges', 'bindings', 'fqdn', 'server', 'usage'];

const cases: readonly { readonly given: string; readonly meant: string | undefined }[] = [
  { given: 'requireTls', meant: 'requireTLS' },
  { given: 'remoteIpRange', meant: 'remoteIPRanges' },
  { given: 'bidnings', meant: 'bindings' },
  { given: 'fdqn', meant: 'fqdn' },
  { given: 'serverr', meant: 'server' },
  { given: 'fq', meant: undefined },
  { given: 'comment', meant: undefined },
  { given: '', meant: undefined },
];

for (const { given, meant } of cases) {
  test(`"${given}" was meant to be ${meant ?? 'no known word'}`, () => {
    assert.equal(nearest(given, keys), meant);
  });
}

test('the nearer of two words wins', () => {
  assert.equal(nearest('HUB02', ['HUB011', 'HUB01', 'HUB03']), 'HUB01');
  assert.equal(nearest('EDGE1', ['EDGE01', 'edge1']), 'edge1');
});

test('of words too long or too many none is guessed', () => {
  const long = 'x'.repeat(128);
  assert.equal(nearest(`${long.slice(1)}y`, [long]), long);
  assert.equal(nearest(`${long}y`, [`${long}x`]), undefined);
  const many = Array.from({ length: 2000 }, (_, index) => `server ${index}`);
  assert.equal(nearest('servr 7', many), 'server 7');
  assert.equal(nearest('servr 7', [...many, 'one more']), undefined);
});
