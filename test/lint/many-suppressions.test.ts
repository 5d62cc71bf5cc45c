import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bounds } from '../../src/base/bounds.ts';
import { lintSource } from '../../src/lint-source.ts';
import { rules } from '../../rules/index.ts';

function told(text: string): readonly string[] {
  const { diagnostics } = lintSource('t', text, { rules, fileExists: () => true });
  return diagnostics.map(({ rule, at }) => `${rule} ${text.slice(0, at.start).split('\n').length}`);
}

const begin = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016" }
servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] } }
sendConnectors:
`;
const connector =
  '  S: { addressSpaces: [a@b], sourceTransportServers: [MBX1], smartHosts: ["10.0.0.9:25"], maxMessageSize: 10MB }\n';
const both = `  # mailtopo: allow malformed-address-space -- so it is
  # another comment

  # mailtopo: allow malformed-smart-host -- so it is
`;

const cases: readonly (readonly [title: string, text: string, told: readonly string[]])[] = [
  ['suppressions in a row speak of one line', begin + both + connector, []],
  ['so they do with CRLF', (begin + both + connector).replaceAll('\n', '\r\n'), []],
  [
    'a suppression may not be endless',
    `${begin}  # mailtopo: allow malformed-address-space -- ${'why '.repeat(300)}\n${connector}`,
    ['malformed-suppression 5', 'malformed-address-space 6', 'malformed-smart-host 6'],
  ],
];

for (const [title, text, expected] of cases) {
  test(`suppressions: ${title}`, () => assert.deepEqual(told(text), expected));
}

test('suppressions: beyond the bound they are told once and allow nothing', () => {
  const comment = '  # mailtopo: allow malformed-address-space -- so it is\n';
  const within = told(begin + comment.repeat(bounds.suppressions.most) + connector);
  assert.deepEqual(within, [`malformed-smart-host ${bounds.suppressions.most + 5}`]);
  const beyond = told(`${begin}${comment.repeat(bounds.suppressions.most)}${both}${connector}`);
  assert.deepEqual(beyond, [
    `malformed-suppression ${bounds.suppressions.most + 5}`,
    `malformed-smart-host ${bounds.suppressions.most + 9}`,
  ]);
});

const entries = Array.from({ length: 200_000 }, (_, index) => `k${index}: 1`).join(', ');
const hosts = '[10, a.example], '.repeat(150_000);

/** Lists and maps that are too long to be the arguments of one call. */
const long: readonly (readonly [title: string, text: string])[] = [
  ['entries of a map that is merged', `a: { <<: { ${entries} } }\n`],
  [
    'hosts of a domain',
    `${begin}  S: { addressSpaces: [a.example], sourceTransportServers: [MBX1] }\ndns: { a.example: { mx: [${hosts}] } }\n`,
  ],
];

for (const [title, text] of long) test(`a topology with very many ${title} is linted`, () => void told(text));
