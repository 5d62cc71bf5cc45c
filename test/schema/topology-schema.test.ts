import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { parametersFor } from '../../src/exchange/cmdlets.ts';
import { settingObjects } from '../../src/exchange/setting.ts';

interface Shape {
  readonly description?: string;
  readonly properties?: { readonly [key: string]: Shape };
  readonly $defs?: { readonly [name: string]: Shape };
  readonly additionalProperties?: unknown;
}

const schema = JSON.parse(readFileSync('dist/src/schema/topology.schema.json', 'utf8')) as Shape;
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
const validate: ValidateFunction = ajv.compile(schema);

const least = `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2007" }
servers:
  HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.11] }
`;

interface Case {
  readonly title: string;
  readonly text: string;
  /** Where the first fault is, and what it is; absent where there is none. */
  readonly fault?: string;
}

const cases: readonly Case[] = [
  { title: 'the whole language', text: readFileSync('test/schema/whole-language.yaml', 'utf8') },
  { title: 'no more than must be', text: least },
  { title: 'a version that YAML takes for a number', text: least.replace('"2007"', '2010') },
  { title: 'SE', text: least.replace('"2007"', 'SE') },
  {
    title: 'a version that does not exist',
    text: least.replace('"2007"', '2012'),
    fault: '/organization/exchangeVersion enum',
  },
  {
    title: 'a size and a count as numbers',
    text: `${least}transportConfig: { maxSendSize: 10485760, maxRecipientEnvelopeLimit: 500 }`,
  },
  {
    title: 'a size and a count as texts',
    text: `${least}transportConfig: { maxSendSize: 10MB, maxRecipientEnvelopeLimit: unlimited }`,
  },
  {
    title: 'a key that is reserved',
    text: `${least}users: []`,
  },
  {
    title: 'a device that hides clients',
    text: `${least}networks: { lb: { addresses: [10.0.0.40], kind: loadBalancer } }`,
  },
  {
    title: 'a device of unknown kind',
    text: `${least}networks: { lb: { addresses: [10.0.0.40], kind: proxy } }`,
    fault: '/networks/lb/kind enum',
  },
  { title: 'a reserved key with a text', text: `${least}runtime: later`, fault: '/runtime type' },
  {
    title: 'a policy and a test',
    text: `${least}policies: { P: { to: [a.example], tls: mutual } }\ntests: { T: { to: [x@a.example], expect: { end: waits } } }`,
  },
  {
    title: 'a test that expects nothing',
    text: `${least}tests: { T: { to: x@a.example } }`,
    fault: '/tests/T required',
  },
  {
    title: 'a Receive connector under its server',
    text: `${least}receiveConnectors: { 'HUB01\\Printers': { bindings: ["0.0.0.0:2526"] } }`,
  },
  {
    title: 'a parameter that only some versions have',
    text: `${least}sendConnectors: { A: { tlsAuthLevel: DomainValidation } }`,
  },
  {
    title: 'no servers',
    text: least.replace(/servers:[^]*/, 'servers: {}'),
    fault: '/servers minProperties',
  },
  { title: 'no language version', text: least.replace('mailtopo: 1', ''), fault: ' required' },
  {
    title: 'another language version',
    text: least.replace('mailtopo: 1', 'mailtopo: 2'),
    fault: '/mailtopo const',
  },
  {
    title: 'a server without addresses',
    text: least.replace(', addresses: [10.0.0.11]', ''),
    fault: '/servers/HUB01 required',
  },
  { title: 'an unknown key at the top', text: `${least}sendConnector: {}`, fault: ' additionalProperties' },
  {
    title: 'an unknown key of a connector',
    text: `${least}sendConnectors: { A: { requireTls: true } }`,
    fault: '/sendConnectors/A additionalProperties',
  },
  {
    title: 'the plumbing of a cmdlet',
    text: `${least}sendConnectors: { A: { whatIf: true } }`,
    fault: '/sendConnectors/A additionalProperties',
  },
  {
    title: 'a Receive setting on a Send connector',
    text: `${least}sendConnectors: { A: { bindings: [] } }`,
    fault: '/sendConnectors/A additionalProperties',
  },
  {
    title: 'client usage on a Send connector',
    text: `${least}sendConnectors: { A: { usage: client } }`,
    fault: '/sendConnectors/A/usage enum',
  },
  {
    title: 'yes for a boolean',
    text: `${least}sendConnectors: { A: { requireTLS: yes } }`,
    fault: '/sendConnectors/A/requireTLS type',
  },
  {
    title: 'an unknown value',
    text: `${least}receiveConnectors: { A: { authMechanism: [Kerberos] } }`,
    fault: '/receiveConnectors/A/authMechanism/0 enum',
  },
  {
    title: 'a text for a list',
    text: `${least}receiveConnectors: { A: { bindings: "0.0.0.0:25" } }`,
    fault: '/receiveConnectors/A/bindings type',
  },
  {
    title: 'two places for a password',
    text: `${least}credentials: { A: { username: a, passwordFrom: { env: A, file: b } } }`,
    fault: '/credentials/A/passwordFrom oneOf',
  },
  {
    title: 'a password in the file',
    text: `${least}credentials: { A: { username: a, passwordFrom: { text: b } } }`,
    fault: '/credentials/A/passwordFrom required',
  },
  {
    title: 'an MX record without a preference',
    text: `${least}dns: { a.example: { mx: [[mail.a.example]] } }`,
    fault: '/dns/a.example/mx/0 minItems',
  },
];

for (const { title, text, fault } of cases) {
  test(`topology-schema: ${title}`, () => {
    validate(parse(text));
    const [first] = validate.errors ?? [];
    assert.equal(first && `${first.instancePath} ${first.keyword}`, fault, JSON.stringify(first));
  });
}

test('topology-schema: every setting of the catalogue is a key, and has a description', () => {
  for (const object of settingObjects) {
    const properties = schema.$defs?.[object]?.properties ?? {};
    for (const { key, parameter } of parametersFor(object)) {
      assert.match(properties[key]?.description ?? '', new RegExp(`-${parameter} \\(`), `${object} ${key}`);
    }
  }
});

test('topology-schema: every object that is known is closed, and every key explains itself', () => {
  const faults: string[] = [];
  const visit = (shape: Shape, path: string): void => {
    if (shape.properties && shape.additionalProperties !== false) faults.push(`${path} is open`);
    for (const [key, value] of Object.entries(shape.properties ?? {})) {
      if (value.description === undefined && !('$ref' in value))
        faults.push(`${path}/${key} has no description`);
      visit(value, `${path}/${key}`);
    }
    for (const [key, value] of Object.entries(shape.$defs ?? {})) visit(value, `${path}/$defs/${key}`);
  };
  visit(schema, '');
  assert.deepEqual(faults, []);
});
