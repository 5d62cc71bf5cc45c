import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Failure } from '../src/base/failure.ts';
import { compareArtefacts, writeArtefacts, type OutputRequest } from '../src/write-artefacts.ts';
import { onLine } from './support/sample-plan.ts';
import {
  readTree,
  requestIn,
  sourceFile,
  temporaryFolder,
  text,
  writeTree,
} from './support/output-folder.ts';

const first = [text('exchange/10.ps1', 'one\n'), text('transport/keys/README.md', 'keys\n')];
const second = [text('exchange/20.ps1', 'two\n'), text('transport/keys/README.md', 'keys\n')];

/** Runs and gives the code and message of the failure. */
async function failureOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (thrown) {
    assert.ok(thrown instanceof Failure, String(thrown));
    return `${thrown.code}: ${thrown.message}`;
  }
  return 'no failure';
}

test('writes all that it is given, and a manifest without time or place', async (context) => {
  const folder = temporaryFolder(context);
  const script = {
    kind: 'text' as const,
    path: 'exchange/10.ps1',
    text: 'Ä\nb\r\n',
    encoding: 'utf-8-bom-crlf' as const,
    lines: [
      { line: 2, origin: { ...onLine(7), file: '/home/ann/topology.yaml' }, what: 'New-SendConnector' },
    ],
  };
  const artefacts = [text('transport/a.js', 'a\n'), script, { kind: 'folder' as const, path: 'empty' }];
  const written = await writeArtefacts(requestIn(folder, artefacts), 'refuse');
  const tree = readTree(join(folder, 'out'));
  assert.deepEqual(Object.keys(tree), [
    'empty/',
    'exchange/10.ps1',
    'manifest.json',
    'source-map.json',
    'transport/a.js',
  ]);
  assert.equal(tree['exchange/10.ps1'], '\ufeffÄ\r\nb\r\n');
  assert.deepEqual(JSON.parse(tree['source-map.json'] ?? ''), {
    version: 1,
    files: {
      'exchange/10.ps1': [
        { line: 2, what: 'New-SendConnector', source: { file: 'topology.yaml', line: 7, path: '/line/7' } },
      ],
    },
  });
  const manifest = JSON.parse(tree['manifest.json'] ?? '') as { files: object };
  assert.deepEqual(Object.keys(manifest), ['manifest', 'madeBy', 'version', 'language', 'source', 'files']);
  assert.deepEqual(Object.keys(manifest.files), ['exchange/10.ps1', 'source-map.json', 'transport/a.js']);
  assert.deepEqual(
    [...written.counts],
    [
      ['exchange', 1],
      ['transport', 1],
      ['.', 2],
    ],
  );
});

test('writes over its own files and removes those that are no longer made', async (context) => {
  const folder = temporaryFolder(context);
  await writeArtefacts(requestIn(folder, first), 'refuse');
  chmodSync(join(folder, 'out'), 0o750);
  await writeArtefacts(requestIn(folder, second), 'refuse');
  assert.deepEqual(Object.keys(readTree(folder)), [
    'out/exchange/20.ps1',
    'out/manifest.json',
    'out/source-map.json',
    'out/transport/keys/README.md',
  ]);
  assert.equal(statSync(join(folder, 'out')).mode & 0o777, 0o750);
});

test('leaves what the operator keeps in the bundle', async (context) => {
  const folder = temporaryFolder(context);
  await writeArtefacts(requestIn(folder, first), 'refuse');
  const operators = {
    'transport/keys/contoso.key': 'KEY',
    'transport/keys/internal/EDGE01.pem': 'PIN',
    'transport/data/EDGE01/queue/1': 'MAIL',
    'data/log': 'LOG',
  };
  writeTree(join(folder, 'out'), operators);
  chmodSync(join(folder, 'out/transport/keys/contoso.key'), 0o400);
  const { kept } = await writeArtefacts(requestIn(folder, second), 'refuse');
  const tree = readTree(join(folder, 'out'));
  for (const [path, content] of Object.entries(operators)) assert.equal(tree[path], content);
  assert.equal(tree['exchange/20.ps1'], 'two\n');
  assert.equal(statSync(join(folder, 'out/transport/keys/contoso.key')).mode & 0o777, 0o400);
  assert.deepEqual([...kept].sort(), [
    'data',
    'transport/data',
    'transport/keys/contoso.key',
    'transport/keys/internal',
  ]);
});

const refusals: readonly {
  readonly title: string;
  readonly arrange: (folder: string) => Promise<void> | void;
  readonly request?: (folder: string) => Partial<OutputRequest>;
  readonly expected: RegExp;
}[] = [
  {
    title: 'a folder without a manifest',
    arrange: (folder) => writeTree(folder, { 'out/thesis.doc': 'x' }),
    expected: /^refused: .*out holds files and no manifest\.json of mailtopo; choose another folder with -o$/,
  },
  {
    title: 'a folder with the manifest of another program',
    arrange: (folder) => writeTree(folder, { 'out/manifest.json': '{"name":"web app"}' }),
    expected: /^refused: .*no manifest\.json of mailtopo/,
  },
  {
    title: 'a folder with a manifest of a later shape',
    arrange: (folder) =>
      writeTree(folder, { 'out/manifest.json': '{"madeBy":"mailtopo","manifest":2,"files":{}}' }),
    expected: /^refused: .*no manifest\.json of mailtopo/,
  },
  {
    title: 'a file that mailtopo did not write',
    arrange: async (folder) => {
      await writeArtefacts(requestIn(folder, first), 'refuse');
      writeTree(folder, { 'out/exchange/notes.txt': 'x' });
    },
    expected: /^refused: .*did not write: exchange\/notes\.txt; move them/,
  },
  {
    title: 'a file that was changed by hand',
    arrange: async (folder) => {
      await writeArtefacts(requestIn(folder, first), 'refuse');
      writeTree(folder, { 'out/exchange/10.ps1': 'better\n' });
    },
    expected: /^refused: .*changed by hand: exchange\/10\.ps1; --force writes over them$/,
  },
  {
    title: 'a link that mailtopo did not make',
    arrange: async (folder) => {
      await writeArtefacts(requestIn(folder, []), 'refuse');
      symlinkSync('/etc', join(folder, 'out/transport'));
    },
    expected: /^refused: .*did not write: transport;/,
  },
  {
    title: 'a file that was replaced by a link to the same text',
    arrange: async (folder) => {
      await writeArtefacts(requestIn(folder, first), 'refuse');
      renameSync(join(folder, 'out/exchange/10.ps1'), join(folder, '10.ps1'));
      symlinkSync(join(folder, '10.ps1'), join(folder, 'out/exchange/10.ps1'));
    },
    expected: /^refused: .*changed by hand: exchange\/10\.ps1;/,
  },
  {
    title: 'a key of the operator that a copied key would replace',
    arrange: async (folder) => {
      await writeArtefacts(requestIn(folder, first), 'refuse');
      writeTree(folder, { 'out/transport/keys/a.key': 'RENEWED', 'certs/a.key': 'OLD' });
    },
    request: () => ({ artefacts: [sourceFile('transport/keys/a.key', 'certs/a.key', true)] }),
    expected: /^refused: .*changed by hand: transport\/keys\/a\.key; --force/,
  },
  {
    title: 'a link to a folder',
    arrange: (folder) => {
      mkdirSync(join(folder, 'real'));
      symlinkSync(join(folder, 'real'), join(folder, 'out'));
    },
    expected: /^refused: .*out is a symbolic link; choose another folder with -o$/,
  },
  {
    title: 'a file',
    arrange: (folder) => writeTree(folder, { out: 'x' }),
    expected: /^refused: .*out is not a folder/,
  },
  {
    title: 'the root',
    arrange: () => undefined,
    request: () => ({ folder: '/' }),
    expected: /^refused: \/ is the root of the file system/,
  },
  {
    title: 'the folder of the topology',
    arrange: () => undefined,
    request: (folder) => ({ folder }),
    expected: /^refused: .* is the folder of the topology or one around it/,
  },
  {
    title: 'a folder around that of the topology',
    arrange: (folder) => void mkdirSync(join(folder, 'out/deep'), { recursive: true }),
    request: (folder) => ({ topologyFolder: join(folder, 'out/deep') }),
    expected: /^refused: .* is the folder of the topology or one around it/,
  },
  {
    title: 'the current folder',
    arrange: () => undefined,
    request: () => ({ folder: '.' }),
    expected: /^refused: \. is the current folder or one around it/,
  },
  {
    title: 'a place below a file',
    arrange: (folder) => writeTree(folder, { file: 'x' }),
    request: (folder) => ({ folder: join(folder, 'file/out') }),
    expected: /^unwritable-output: cannot write .*: .*file is not a folder$/,
  },
  {
    title: 'a certificate outside the folder of the topology',
    arrange: () => undefined,
    request: () => ({ artefacts: [sourceFile('certificates/a.pem', '../../etc/passwd')] }),
    expected: /^refused: topology\.yaml:7: "\.\.\/\.\.\/etc\/passwd" lies outside the folder/,
  },
  {
    title: 'a certificate by an absolute path',
    arrange: () => undefined,
    request: () => ({ artefacts: [sourceFile('certificates/a.pem', '/etc/passwd')] }),
    expected: /^refused: topology\.yaml:7: "\/etc\/passwd" lies outside the folder/,
  },
  {
    title: 'a key behind a link that leaves the folder',
    arrange: (folder) => symlinkSync('/etc/hostname', join(folder, 'a.key')),
    request: () => ({ artefacts: [sourceFile('transport/keys/a.key', 'a.key', true)] }),
    expected: /^refused: topology\.yaml:7: "a\.key" lies outside the folder/,
  },
  {
    title: 'a certificate file without a certificate',
    arrange: (folder) =>
      writeTree(folder, { 'a.pem': '-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----\n' }),
    request: () => ({ artefacts: [sourceFile('certificates/a.pem', 'a.pem')] }),
    expected: /^unreadable-file: topology\.yaml:7: "a\.pem" holds no certificate$/,
  },
  {
    title: 'a folder in place of a certificate',
    arrange: (folder) => mkdirSync(join(folder, 'a.pem')),
    request: () => ({ artefacts: [sourceFile('certificates/a.pem', 'a.pem')] }),
    expected: /^unreadable-file: topology\.yaml:7: cannot read "a\.pem": it is a folder$/,
  },
  {
    title: 'a private key that was asked for and is missing',
    arrange: () => undefined,
    request: () => ({ artefacts: [sourceFile('transport/keys/a.key', 'a.key', true)] }),
    expected: /^unreadable-file: topology\.yaml:7: cannot read the private key "a\.key": no such file$/,
  },
];

for (const { title, arrange, request, expected } of refusals) {
  test(`refuses ${title}, and leaves all as it is`, async (context) => {
    const folder = temporaryFolder(context);
    await arrange(folder);
    const before = readTree(folder);
    const wanted = { ...requestIn(folder, second), ...request?.(folder) };
    assert.match(await failureOf(() => writeArtefacts(wanted, 'refuse')), expected);
    assert.deepEqual(readTree(folder), before);
  });
}

const overwritten: readonly (readonly [title: string, path: string])[] = [
  ['a script', 'exchange/10.ps1'],
  ['a readme among the keys', 'transport/keys/README.md'],
];
for (const [title, path] of overwritten) {
  test(`--force writes over ${title} that was changed by hand`, async (context) => {
    const folder = temporaryFolder(context);
    await writeArtefacts(requestIn(folder, first), 'refuse');
    const before = readTree(folder);
    writeTree(folder, { [`out/${path}`]: 'better\n' });
    await writeArtefacts(requestIn(folder, first), 'overwrite');
    assert.deepEqual(readTree(folder), before);
  });
}

test('--force never touches a file that mailtopo did not write', async (context) => {
  const folder = temporaryFolder(context);
  await writeArtefacts(requestIn(folder, first), 'refuse');
  writeTree(folder, { 'out/notes.txt': 'mine\n' });
  assert.match(
    await failureOf(() => writeArtefacts(requestIn(folder, first), 'overwrite')),
    /did not write: notes/,
  );
  assert.equal(readTree(folder)['out/notes.txt'], 'mine\n');
});

test('a copied key that the operator renewed stays when keys are no longer copied', async (context) => {
  const folder = temporaryFolder(context);
  writeTree(folder, { 'a.key': 'OLD' });
  await writeArtefacts(requestIn(folder, [sourceFile('transport/keys/a.key', 'a.key', true)]), 'refuse');
  assert.equal(statSync(join(folder, 'out/transport/keys/a.key')).mode & 0o777, 0o600);
  chmodSync(join(folder, 'out/transport/keys/a.key'), 0o600);
  writeFileSync(join(folder, 'out/transport/keys/a.key'), 'RENEWED');
  await writeArtefacts(requestIn(folder, []), 'refuse');
  assert.equal(readFileSync(join(folder, 'out/transport/keys/a.key'), 'utf8'), 'RENEWED');
});

test('a missing certificate is told, and everything else written', async (context) => {
  const folder = temporaryFolder(context);
  const artefacts = [...first, sourceFile('certificates/a.pem', 'certs/a.pem')];
  const { missing } = await writeArtefacts(requestIn(folder, artefacts), 'refuse');
  assert.deepEqual(missing, [{ path: 'certificates/a.pem', sourceFile: 'certs/a.pem' }]);
  assert.equal(readTree(folder)['out/exchange/10.ps1'], 'one\n');
});

test('an empty folder and litter are written over', async (context) => {
  const folder = temporaryFolder(context);
  writeTree(folder, { 'out/.DS_Store': 'x' });
  await writeArtefacts(requestIn(folder, first), 'refuse');
  assert.equal(readTree(folder)['out/.DS_Store'], undefined);
});

test('two runs at once: one writes, the other says so', async (context) => {
  const folder = temporaryFolder(context);
  const both = await Promise.allSettled([
    writeArtefacts(requestIn(folder, first), 'refuse'),
    writeArtefacts(requestIn(folder, second), 'refuse'),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  assert.equal(readTree(folder)['out/exchange/10.ps1'], 'one\n');
});

test('comparing tells what is missing, stale and extra, and writes nothing', async (context) => {
  const folder = temporaryFolder(context);
  const fresh = compareArtefacts(requestIn(folder, first));
  assert.deepEqual(fresh.missing, [
    'exchange/10.ps1',
    'transport/keys/README.md',
    'source-map.json',
    'manifest.json',
  ]);
  await writeArtefacts(requestIn(folder, first), 'refuse');
  writeTree(join(folder, 'out'), { 'transport/keys/a.key': 'KEY', 'transport/data/x': 'x' });
  const before = readTree(folder);
  assert.deepEqual(compareArtefacts(requestIn(folder, first)), { missing: [], stale: [], extra: [] });
  writeTree(join(folder, 'out'), { 'notes.txt': 'x', 'transport/keys/README.md': 'other\n' });
  assert.deepEqual(compareArtefacts(requestIn(folder, second)), {
    missing: ['exchange/20.ps1'],
    stale: ['transport/keys/README.md', 'manifest.json'],
    extra: ['exchange/10.ps1', 'notes.txt'],
  });
  assert.deepEqual(Object.keys(readTree(folder)), [...Object.keys(before), 'out/notes.txt'].sort());
});

const badPaths = ['../x', '/x', 'a/../x', 'a//x', 'a\\x', 'c:x', 'a/./x', '', 'a/\n'];
for (const path of badPaths) {
  test(`an emitter that names ${JSON.stringify(path)} is a bug`, async (context) => {
    const folder = temporaryFolder(context);
    await assert.rejects(writeArtefacts(requestIn(folder, [text(path, 'x')]), 'refuse'), /mailtopo bug/);
    assert.deepEqual(readTree(folder), {});
  });
}

test('two artefacts of one name are a bug, also where case does not count', async (context) => {
  const folder = temporaryFolder(context);
  const twice = [text('a/README.md', 'x'), text('a/readme.md', 'y')];
  await assert.rejects(writeArtefacts(requestIn(folder, twice), 'refuse'), /mailtopo bug: two artefacts/);
});
