import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  explainConnectorName,
  parseConnectorName,
  sameName,
  splitConnectorKey,
  type ConnectorNameFault,
} from '../../src/mail/connector-name.ts';

const cases: readonly (readonly [text: string, fault?: ConnectorNameFault])[] = [
  ['To Fabrikam'],
  ['O\u2019Brien\u2019s relay'],
  ['\u00dcbertragung $(x) `n; "q" [1]'],
  ['n'.repeat(64)],
  ['n'.repeat(65), 'too-long'],
  ['\u{1F4EE}'.repeat(33), 'too-long'],
  ['', 'empty'],
  ['  ', 'empty'],
  ['HUB01\\Printers', 'backslash'],
  [' Printers', 'surrounding-blank'],
  ['Printers ', 'surrounding-blank'],
  ['Printers*', 'outer-asterisk'],
  ['*.fabrikam.com', 'outer-asterisk'],
  ['To *.fabrikam.com'],
  ['To\nFabrikam', 'control-character'],
  ['To\u0000', 'control-character'],
  ['To\u0085Fabrikam', 'control-character'],
  ['To\u2028Fabrikam', 'control-character'],
  ['To\u202eFabrikam', 'control-character'],
  ['To\ud800', 'control-character'],
];

for (const [text, fault] of cases) {
  test(`connector-name: ${JSON.stringify(text).slice(0, 40)}`, () => {
    assert.equal(explainConnectorName(text), fault);
    assert.equal(parseConnectorName(text), fault === undefined ? text : undefined);
  });
}

test('connector-name: a key may name the server', () => {
  assert.deepEqual(splitConnectorKey('HUB01\\Printers'), { server: 'HUB01', name: 'Printers' });
  assert.deepEqual(splitConnectorKey('Printers'), { name: 'Printers' });
  assert.deepEqual(splitConnectorKey('\\'), { server: '', name: '' });
});

test('connector-name: case does not count', () => {
  assert.ok(sameName('To FABRIKAM', 'to fabrikam'));
  assert.ok(!sameName('To Fabrikam', 'To  Fabrikam'));
});
