import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { yaml } from '../../src/base/yaml-tag.ts';
import { bindTopology } from '../../src/model/bind-topology.ts';
import { checkShape } from '../../src/schema/check-shape.ts';
import { documentOf, underlined } from '../support/topology-text.ts';

const sound = yaml`
  mailtopo: 1
  organization: { name: Contoso, exchangeVersion: 2010 }
  servers: { HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
`;

/** What is underlined, what is said about it, and the help where there is one. */
type Fault = readonly [underlined: string, message: string, help?: string];

interface Case {
  readonly title: string;
  readonly text: string;
  readonly faults: readonly Fault[];
}

const begin = 'Begin with "mailtopo: 1" and "organization:".';

const wholeFiles: readonly Case[] = [
  { title: 'a sound topology', text: sound, faults: [] },
  { title: 'CRLF and a comment', text: sound.replaceAll('\n', ' # c\r\n'), faults: [] },
  { title: 'an empty file', text: '', faults: [['', 'The file is empty.', begin]] },
  { title: 'a file of comments', text: '# nothing\n', faults: [['', 'The file is empty.', begin]] },
  {
    title: 'a list at the top',
    text: '- a\n- b\n',
    faults: [['- a\n- b\n', 'A list stands where a topology belongs.', begin]],
  },
  {
    title: 'text at the top',
    text: 'sendConnectors\n',
    faults: [['sendConnectors', 'The text "sendConnectors" stands where a topology belongs.', begin]],
  },
  {
    title: 'a number at the top',
    text: '42\n',
    faults: [['42', 'The number 42 stands where a topology belongs.', begin]],
  },
  {
    title: 'nothing written out at the top',
    text: '~\n',
    faults: [['~', 'Nothing stands where a topology belongs.', begin]],
  },
  {
    title: 'keys that every topology has',
    text: 'lint: {}\n',
    faults: [
      ['lint', 'The topology has no "mailtopo".', 'Add "mailtopo".'],
      ['lint', 'The topology has no "organization".', 'Add "organization".'],
      ['lint', 'The topology has no "servers".', 'Add "servers".'],
    ],
  },
  {
    title: 'another version of the language',
    text: sound.replace('mailtopo: 1', 'mailtopo: 2'),
    faults: [['2', 'The number 2 stands in "mailtopo" where 1 belongs.', 'Write 1.']],
  },
  {
    title: 'a version of Exchange that does not exist',
    text: sound.replace('2010', '2015'),
    faults: [
      ['2015', '"2015" is not one of the values of "exchangeVersion": 2007, 2010, 2013, 2016, 2019, SE.'],
    ],
  },
  { title: 'a quoted version', text: sound.replace('2010', '"2010"'), faults: [] },
  { title: 'a version in another case', text: sound.replace('2010', 'se'), faults: [] },
  {
    title: 'a misspelt key at the top',
    text: sound.replace('organization', 'organisation'),
    faults: [['organisation', '"organisation" is not a key of a topology.', 'Did you mean "organization"?']],
  },
  {
    title: 'a misspelt word',
    text: sound.replace('role: hub', 'role: hbu'),
    faults: [
      [
        'hbu',
        '"hbu" is not one of the values of "role": hub, mailbox, clientAccess, edge.',
        'Did you mean "hub"?',
      ],
    ],
  },
  { title: 'a word in another case', text: sound.replace('role: hub', 'role: "HUB"'), faults: [] },
  {
    title: 'a missing key of a server',
    text: sound.replace('role: hub, ', ''),
    faults: [['HUB01', 'Server "HUB01" has no "role".', 'Add "role".']],
  },
  {
    title: 'a key that is missing because it is misspelt',
    text: sound.replace('role: hub', 'rol: hub'),
    faults: [['rol', '"rol" is not a key of a server.', 'Did you mean "role"?']],
  },
  {
    title: 'an empty list where an entry is needed',
    text: sound.replace('[10.0.0.11]', '[]'),
    faults: [['[]', '"addresses" is empty.']],
  },
  {
    title: 'no servers',
    text: sound.replace(/servers:.*/, 'servers:'),
    faults: [
      ['servers', 'Nothing stands in "servers" where a map belongs.', 'Write a value, or remove the key.'],
    ],
  },
];

const sections: readonly Case[] = [
  {
    title: 'unknown keys, with what they were meant to be or where they belong',
    text: 'sendConnectors: { Out: { requireTls: true, bindings: [], servers: [], foo: 1 } }',
    faults: [
      ['requireTls', '"requireTls" is not a key of a Send connector.', 'Did you mean "requireTLS"?'],
      ['bindings', '"bindings" is not a key of a Send connector.', 'It is a key of a Receive connector.'],
      ['servers', '"servers" is not a key of a Send connector.', 'Did you mean "server"?'],
      ['foo', '"foo" is not a key of a Send connector.'],
    ],
  },
  {
    title: 'keys that objects of JavaScript have',
    text: '__proto__: 1\npartners: { constructor: { toString: 1 }, __proto__: { hasOwnProperty: 1 } }',
    faults: [
      ['__proto__', '"__proto__" is not a key of a topology.'],
      ['toString', '"toString" is not a key of a partner.'],
      ['hasOwnProperty', '"hasOwnProperty" is not a key of a partner.'],
    ],
  },
  {
    title: 'words for a boolean that are text in YAML 1.2',
    text: 'sendConnectors: { Out: { requireTLS: yes, enabled: Off, forceHELO: "true", ignoreSTARTTLS: $false, isScopedConnector: 1 } }',
    faults: [
      [
        'yes',
        'The text "yes" stands in "requireTLS" where true or false belongs.',
        'YAML 1.2 reads yes as text; write true.',
      ],
      [
        'Off',
        'The text "Off" stands in "enabled" where true or false belongs.',
        'YAML 1.2 reads Off as text; write false.',
      ],
      [
        '"true"',
        'The text "true" stands in "forceHELO" where true or false belongs.',
        'Write true without quotes.',
      ],
      [
        '$false',
        'The text "$false" stands in "ignoreSTARTTLS" where true or false belongs.',
        'Write false, as YAML does.',
      ],
      ['1', 'The number 1 stands in "isScopedConnector" where true or false belongs.'],
    ],
  },
  {
    title: 'numbers and booleans where text belongs',
    text: 'receiveConnectors: { In: { fqdn: 1.10, banner: 220, comment: true, defaultDomain: null } }',
    faults: [
      [
        '1.10',
        'The number 1.10 stands in "fqdn" where text belongs.',
        'YAML reads 1.10 as the number 1.1; put it in quotes.',
      ],
      ['220', 'The number 220 stands in "banner" where text belongs.', 'Put it in quotes.'],
      ['true', 'The value true stands in "comment" where text belongs.', 'Put it in quotes.'],
      [
        'null',
        'Nothing stands in "defaultDomain" where text belongs.',
        'YAML reads null as nothing; put it in quotes where text is meant.',
      ],
    ],
  },
  {
    title: 'IPv6 addresses without quotes are text unless a bracket or a brace follows their last colon',
    text: 'receiveConnectors: { In: { remoteIPRanges: [::1, fe80::1, 2001:db8::/32, ::, fe80::] } }',
    faults: [
      [
        '::',
        'A map stands in "remoteIPRanges" where text belongs.',
        'YAML reads the last colon of :: as the end of a key; put the value in quotes.',
      ],
      [
        'fe80::',
        'A map stands in "remoteIPRanges" where text belongs.',
        'YAML reads the last colon of fe80:: as the end of a key; put the value in quotes.',
      ],
    ],
  },
  {
    title: 'a single value where a list belongs, and a list where one value belongs',
    text: 'receiveConnectors: { In: { permissionGroups: AnonymousUsers, bindings: "0.0.0.0:25", usage: [custom], fqdn: [a.example] } }',
    faults: [
      [
        'AnonymousUsers',
        'The text "AnonymousUsers" stands in "permissionGroups" where a list belongs.',
        'Put it in brackets, as a list of one.',
      ],
      [
        '"0.0.0.0:25"',
        'The text "0.0.0.0:25" stands in "bindings" where a list belongs.',
        'Put it in brackets, as a list of one.',
      ],
      ['[custom]', 'A list stands in "usage" where client, custom, internal, internet or partner belongs.'],
      ['[a.example]', 'A list stands in "fqdn" where text belongs.'],
    ],
  },
  {
    title: 'words of a list, in any case or unknown',
    text: 'receiveConnectors: { In: { authMechanism: [tls, Tsl, Kerberos] } }',
    faults: [
      [
        'Tsl',
        '"Tsl" is not one of the values of "authMechanism": None, BasicAuth, BasicAuthRequireTLS, ExchangeServer, ExternalAuthoritative, Integrated, Tls.',
        'Did you mean "Tls"?',
      ],
      [
        'Kerberos',
        '"Kerberos" is not one of the values of "authMechanism": None, BasicAuth, BasicAuthRequireTLS, ExchangeServer, ExternalAuthoritative, Integrated, Tls.',
      ],
    ],
  },
  {
    title: 'numbers, sizes and limits',
    text: 'receiveConnectors: { In: { maxHopCount: "30", maxLocalHopCount: eight, maxMessageSize: 1.5, maxHeaderSize: 64KB, maxInboundConnection: 10 } }',
    faults: [
      [
        '"30"',
        'The text "30" stands in "maxHopCount" where a whole number belongs.',
        'Write it without quotes.',
      ],
      ['eight', 'The text "eight" stands in "maxLocalHopCount" where a whole number belongs.'],
      ['1.5', 'The number 1.5 stands in "maxMessageSize" where a whole number or text belongs.'],
    ],
  },
  {
    title: 'MX records',
    text: 'dns: { a.example: { mx: [[10, b.example], [10], [10, b.example, c.example], [x, 1], 3] } }',
    faults: [
      ['[10]', 'An entry of "mx" has one value where 2 belong.'],
      ['[10, b.example, c.example]', 'An entry of "mx" has 3 values where 2 belong.'],
      ['x', 'The text "x" stands in "mx" where a whole number belongs.'],
      ['1', 'The number 1 stands in "mx" where text belongs.', 'Put it in quotes.'],
      ['3', 'The number 3 stands in "mx" where a list belongs.'],
    ],
  },
  {
    title: 'a choice between keys',
    text: 'delivery: { a.example: {}, b.example: { maildir: b, smtp: "10.0.0.1:25" }, c.example: 3 }\ncredentials: { c: { username: u, passwordFrom: { Env: X } } }',
    faults: [
      ['a.example', 'The delivery of "a.example" has no "maildir" or "smtp".', 'Add one of them.'],
      ['b.example', 'The delivery of "b.example" has "maildir" and "smtp".', 'Keep one of them.'],
      ['3', 'The number 3 stands in "c.example" where a map belongs.'],
      ['Env', '"Env" is not a key of "passwordFrom".', 'Did you mean "env"?'],
    ],
  },
  {
    title: 'parts of other objects',
    text: 'partners: { fabrikam: { certificate: { issuer: x }, mta: qmail } }\nlint: { rules: { some-rule: false }, rule: {} }',
    faults: [
      ['issuer', '"issuer" is not a key of the certificate of a partner.'],
      ['qmail', '"qmail" is not one of the values of "mta": postfix, exim, opensmtpd, sendmail, other.'],
      ['false', '"false" is not one of the values of "some-rule": off, info, warning, error.'],
      ['rule', '"rule" is not a key of "lint".', 'Did you mean "rules"?'],
    ],
  },
  {
    title: 'an alias is looked at where its anchor stands',
    text: 'sendConnectors: { A: &a { requireTLS: no }, B: *a, C: { <<: *a } }',
    faults: [
      [
        'no',
        'The text "no" stands in "requireTLS" where true or false belongs.',
        'YAML 1.2 reads no as text; write false.',
      ],
    ],
  },
];

const cases: readonly Case[] = [
  ...wholeFiles,
  ...sections.map(({ title, text, faults }) => ({ title, text: `${sound}${text}\n`, faults })),
];

for (const { title, text, faults } of cases) {
  test(`shape: ${title}`, () => {
    const diagnostics = checkShape(documentOf(text));
    const found = diagnostics.map(({ at, message, help }): Fault => {
      return help === undefined ? [underlined(text, at), message] : [underlined(text, at), message, help];
    });
    assert.deepEqual(found, faults);
    assert.ok(diagnostics.every(({ rule, severity }) => rule === 'schema' && severity === 'error'));
  });
}

const mended: readonly { readonly broken: string; readonly whole: string }[] = [
  { broken: 'requireTls: true', whole: 'requireTLS: true' },
  { broken: 'requireTLS: yes', whole: 'requireTLS: true' },
  { broken: 'comment: 1.10', whole: 'comment: "1.10"' },
  { broken: 'port: "25"', whole: 'port: 25' },
  { broken: 'usage: intrenet', whole: 'usage: internet' },
  { broken: 'smartHosts: gw.example', whole: 'smartHosts: [gw.example]' },
  { broken: 'smartHosts: [fe80::]', whole: 'smartHosts: ["fe80::"]' },
];

for (const { broken, whole } of mended) {
  test(`the fix of "${broken}" makes it "${whole}"`, () => {
    const text = `${sound}sendConnectors:\n  Out:\n    ${broken}\n`;
    const [fault] = checkShape(documentOf(text));
    const [edit] = fault?.fix?.edits ?? [];
    assert.ok(edit);
    const fixed = text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end);
    assert.ok(fixed.endsWith(`${whole}\n`), fixed);
    assert.deepEqual(checkShape(documentOf(fixed)), []);
  });
}

test('the whole language has its shape, and can be bound without a fault', () => {
  const document = documentOf(readFileSync('test/schema/whole-language.yaml', 'utf8'));
  assert.deepEqual(checkShape(document), []);
  assert.deepEqual(bindTopology(document).diagnostics, []);
});
