import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as face from '../src/index.ts';

const clause = /^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm;

/** Gives each name that a file passes on, and the file that declares it. */
function passedOn(file: string): readonly (readonly [name: string, from: string])[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(clause)].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => [name, join(file, '..', from)] as const),
  );
}

/** Says whether a declaration has a comment for documentation right above it. */
function isDocumented(name: string, file: string): boolean {
  const kinds = 'interface|type|const|function|async function|class';
  return new RegExp(`\\*/\\nexport (?:${kinds}) ${name}\\b`).test(readFileSync(file, 'utf8'));
}

test('the public names are these, and each is documented where it is declared', () => {
  assert.deepEqual(Object.keys(face).sort(), ['compile', 'emitters', 'lint', 'trace']);
  const all = [
    ...passedOn('src/index.ts'),
    ['lint', 'src/index.ts'],
    ['compile', 'src/index.ts'],
    ['trace', 'src/index.ts'],
  ] as const;
  assert.ok(all.length > 15, 'the clauses are not found');
  assert.deepEqual(
    all.filter(([name, file]) => !isDocumented(name, file)).map(([name, file]) => `${file}: ${name}`),
    [],
  );
  assert.equal(isDocumented('clause', 'test/index.test.ts'), false);
});

const good = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;
const bad = `${good}sendConnectors:
  To Fabrikam: { addressSpaces: ["*fabrikam.com"], sourceTransportServers: [MBX1], maxMessageSize: 10MB }
`;

test('lint uses the built-in rules, or those it is given', () => {
  const rulesOf = ({ diagnostics }: face.Linted): readonly string[] => diagnostics.map(({ rule }) => rule);
  assert.deepEqual(rulesOf(face.lint('topology.yaml', bad)), ['malformed-address-space']);
  assert.deepEqual(rulesOf(face.lint('topology.yaml', bad, { rules: [] })), []);
});

test('compile gives every target, or those it is given, and nothing where an error is', async () => {
  const every = (await face.compile('topology.yaml', good)).value ?? [];
  assert.ok(every.some(({ path }) => path.startsWith('exchange/')));
  assert.ok(every.some(({ path }) => path === 'transport/topology.js'));
  assert.deepEqual((await face.compile('topology.yaml', good, { emitters: [] })).value, []);
  assert.equal((await face.compile('topology.yaml', bad)).value, undefined);
});

test('trace says what happens to a message, or why it cannot be asked', async () => {
  const told = await face.trace('topology.yaml', good, { to: ['a@contoso.com'] });
  assert.deepEqual(told.value?.verdict, { kind: 'accepted' });
  const outside = await face.trace('topology.yaml', good, { to: ['a@elsewhere.example'] });
  assert.equal(outside.value?.verdict.kind, 'rejected');
  const nowhere = await face.trace('topology.yaml', good, { server: 'MBX9', to: ['a@contoso.com'] });
  assert.match(nowhere.fault ?? '', /^server: there is no server "MBX9"; did you mean "MBX1"\?/);
  const unreadable = await face.trace('topology.yaml', 'mailtopo: 1', { to: ['a@contoso.com'] });
  assert.deepEqual([unreadable.value, unreadable.diagnostics.length > 0], [undefined, true]);
});
