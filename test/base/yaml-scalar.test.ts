import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { yamlScalar } from '../../src/base/yaml-scalar.ts';

const cases: readonly (readonly [text: string, scalar: string])[] = [
  ['fabrikam.com', 'fabrikam.com'],
  ['To Fabrikam', 'To Fabrikam'],
  ['HUB01\\Printers', 'HUB01\\Printers'],
  ['10.0.8.0/24', '10.0.8.0/24'],
  ['*.fabrikam.com', '"*.fabrikam.com"'],
  ['0.0.0.0:25', '"0.0.0.0:25"'],
  ['2007', '"2007"'],
  ['1.5', '"1.5"'],
  ['1e3', '"1e3"'],
  ['no', '"no"'],
  ['Null', '"Null"'],
  ['2024-01-02', '"2024-01-02"'],
  ['', '""'],
  ['a # b', '"a # b"'],
  [' a', '" a"'],
  ['a ', '"a "'],
  ['[::]:25', '"[::]:25"'],
  ['a\u0085b', '"a\\u0085b"'],
];

for (const [text, scalar] of cases) {
  test(`yamlScalar: ${JSON.stringify(text)}`, () => assert.equal(yamlScalar(text), scalar));
}

test('yamlScalar: YAML 1.1 and 1.2 read the same text, as key, as value and in a list', () => {
  const odd = fc.string({
    unit: fc.constantFrom(
      'a',
      '1',
      '.',
      ':',
      '-',
      ' ',
      '#',
      '*',
      '"',
      '\\',
      'e',
      '_',
      '0',
      '\n',
      'é',
      ',',
      '~',
    ),
  });
  fc.assert(
    fc.property(fc.oneof(odd, fc.string(), fc.string({ unit: 'grapheme' })), (text) => {
      const scalar = yamlScalar(text);
      for (const version of ['1.1', '1.2'] as const) {
        const read = parse(`${scalar}: [${scalar}, {k: ${scalar}}]\n`, { version });
        assert.deepEqual(read, { [text]: [text, { k: text }] });
      }
    }),
  );
});
