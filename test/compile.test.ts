import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { yaml } from '../src/base/yaml-tag.ts';
import { checkFolder, compileToFolder, isFresh, type FolderOptions } from '../src/compile-to-folder.ts';
import { compile, type CompileOptions } from '../src/compile.ts';
import type { Artefact, Emitter } from '../src/emit/emitter.ts';
import { emitters } from '../src/emit/index.ts';
import { emitter as nodeSmtp } from '../src/emit/node-smtp/index.ts';
import { fileExistsBeside } from '../src/read-source.ts';
import { rules } from '../rules/index.ts';
import { readTree, temporaryFolder } from './support/output-folder.ts';

const contoso = yaml`
  mailtopo: 1
  organization: { name: Contoso, exchangeVersion: "2010", acceptedDomains: { contoso.com: authoritative } }
  servers:
    EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] }
  certificates:
    contoso-mail:
      issuedBy: public
      domains: [mail.contoso.com]
      installedOn: [EDGE01]
      services: [SMTP]
      file: contoso.pem
      privateKey: contoso.key
  receiveConnectors:
    From the Internet:
      server: EDGE01
      bindings: ["192.0.2.25:2525"]
      remoteIPRanges: [198.51.100.0/24]
      permissionGroups: [AnonymousUsers]
`;
const options: CompileOptions = {
  rules: [],
  fileExists: () => true,
  emitters: [nodeSmtp],
  keys: 'left-out',
};

function secretsOf(artefacts: readonly Artefact[] | undefined): number {
  return (artefacts ?? []).filter((one) => one.kind === 'source-file' && one.secret).length;
}

test('compile: a topology becomes artefacts that cite its lines', async () => {
  const { value, diagnostics } = await compile('contoso.yaml', contoso, options);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  const wiring = value?.find(({ path }) => path === 'transport/topology.ts');
  assert.ok(wiring?.kind === 'text');
  const line = contoso.split('\n').findIndex((text) => text.includes('From the Internet')) + 1;
  assert.match(wiring.text, new RegExp(`// contoso\\.yaml:${line}\n +\\{\n +name: 'From the Internet',`));
});

test('compile: private keys are part of it on request alone', async () => {
  const without = await compile('contoso.yaml', contoso, options);
  const copied = await compile('contoso.yaml', contoso, { ...options, keys: 'copied' });
  assert.deepEqual([secretsOf(without.value), secretsOf(copied.value)], [0, 1]);
});

const faulty: readonly (readonly [title: string, text: string, rule: string])[] = [
  ['a fault of syntax', 'mailtopo: [', 'yaml-syntax'],
  ['a fault of shape', contoso.replace('role: edge', 'role: egde'), 'schema'],
  [
    'a file outside the folder',
    contoso.replace('file: contoso.pem', 'file: ../../etc/passwd'),
    'file-outside-folder',
  ],
];
for (const [title, text, rule] of faulty) {
  test(`compile: ${title} ends the way before anything is emitted`, async () => {
    const { value, diagnostics } = await compile('contoso.yaml', text, options);
    assert.equal(value, undefined);
    assert.deepEqual([...new Set(diagnostics.map((one) => one.rule))], [rule]);
  });
}

test('compile: emitters are asked only where no error stands', async () => {
  const asked: string[] = [];
  const emitter: Emitter = {
    unsupported: () => {
      asked.push('unsupported');
      return [];
    },
    emit: async () => {
      asked.push('emit');
      return [];
    },
  };
  await compile('contoso.yaml', 'mailtopo: [', { ...options, emitters: [emitter] });
  assert.deepEqual(asked, []);
  await compile('contoso.yaml', contoso, { ...options, emitters: [emitter] });
  assert.deepEqual(asked, ['unsupported', 'emit']);
});

test('compiling to a folder, checking it, and checking it when it is stale', async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'contoso.yaml');
  writeFileSync(file, contoso);
  const request: FolderOptions = {
    ...options,
    file,
    text: contoso,
    folder: join(folder, 'out'),
    version: '1.2.3',
  };
  const { written } = await compileToFolder(request, 'refuse');
  assert.deepEqual(written?.missing, [
    { path: 'transport/certificates/contoso-mail.pem', sourceFile: 'contoso.pem' },
  ]);
  assert.ok((written?.counts.get('transport') ?? 0) > 20);
  const { comparison } = await checkFolder(request);
  assert.ok(comparison !== undefined && isFresh(comparison));
  const tree = readTree(folder);
  const machine = folder.split('/').at(-1) ?? '';
  for (const [path, text] of Object.entries(tree)) assert.ok(!text.includes(machine), `${path} tells a path`);
  const changed = contoso.replace('198.51.100.0/24', '198.51.100.0/25');
  const stale = await checkFolder({ ...request, text: changed });
  assert.deepEqual(stale.comparison, {
    missing: [],
    stale: ['transport/topology.js', 'transport/topology.ts', 'manifest.json'],
    extra: [],
  });
  assert.deepEqual(readTree(folder), tree);
});

test('compiling to a folder writes nothing where an error stands', async (context) => {
  const folder = temporaryFolder(context);
  const text = 'mailtopo: [';
  const request = {
    ...options,
    file: join(folder, 'a.yaml'),
    text,
    folder: join(folder, 'out'),
    version: '1',
  };
  const { written, diagnostics } = await compileToFolder(request, 'refuse');
  assert.equal(written, undefined);
  assert.equal(diagnostics.length, 1);
  assert.deepEqual(readTree(folder), {});
});

const examples = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name } of examples) {
  test(`example ${name} compiles to every target, twice to the same bytes`, async (context) => {
    const folder = temporaryFolder(context);
    const file = join('examples', name, 'topology.yaml');
    const request: FolderOptions = {
      rules,
      fileExists: fileExistsBeside(file),
      emitters: Object.values(emitters),
      keys: 'left-out',
      file,
      text: readFileSync(file, 'utf8'),
      folder: join(folder, 'out'),
      version: '1.2.3',
    };
    const { written, diagnostics } = await compileToFolder(request, 'refuse');
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.ok((written?.counts.get('exchange') ?? 0) > 2);
    const first = readTree(folder);
    await compileToFolder(request, 'refuse');
    assert.deepEqual(readTree(folder), first);
  });
}
