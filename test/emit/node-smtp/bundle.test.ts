import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Project, ts } from 'ts-morph';
import { emitter } from '../../../src/emit/node-smtp/index.ts';
import type { Artefact } from '../../../src/emit/emitter.ts';
import type { Plan } from '../../../src/plan/step.ts';
import { readTree, temporaryFolder } from '../../support/output-folder.ts';
import { sampleLineOf, samplePlan } from '../../support/sample-plan.ts';

const writeSample = fileURLToPath(new URL('../../support/write-sample.js', import.meta.url));

async function textOf(path: string, plan: Plan = samplePlan): Promise<string> {
  const artefacts = await emitter.emit(plan, sampleLineOf);
  const found = artefacts.find((artefact) => artefact.path === `transport/${path}`);
  return found?.kind === 'text' ? found.text : assert.fail(`no text ${path}`);
}

test('bundle: holds what it takes to run', async () => {
  const artefacts = await emitter.emit(samplePlan, sampleLineOf);
  const line = ({ kind, path }: Artefact): string => `${kind} ${path}`;
  assert.deepEqual(artefacts.map(line).sort(), [
    'folder transport/keys',
    'runtime transport/runtime',
    'source-file transport/certificates/contoso-mail.pem',
    'source-file transport/certificates/roots/contoso-root.pem',
    'source-file transport/certificates/roots/fabrikam-root.pem',
    'source-file transport/keys/contoso-mail.key',
    'text transport/.dockerignore',
    'text transport/deploy/Dockerfile',
    'text transport/deploy/README.md',
    'text transport/deploy/compose.yaml',
    'text transport/deploy/mailtopo.sysusers.conf',
    'text transport/deploy/mailtopo@.service',
    'text transport/keys/README.md',
    'text transport/main.js',
    'text transport/package.json',
    'text transport/topology.js',
    'text transport/topology.ts',
  ]);
});

test('bundle: only private keys are secret', async () => {
  const artefacts = await emitter.emit(samplePlan, sampleLineOf);
  const secret = artefacts.filter((one) => one.kind === 'source-file' && one.secret);
  assert.deepEqual(
    secret.map(({ path }) => path),
    ['transport/keys/contoso-mail.key'],
  );
});

test('bundle: file names follow names and never paths', async () => {
  const [certificate] = samplePlan.certificates;
  const plan = {
    ...samplePlan,
    certificates: [
      { ...certificate, name: '../../evil' },
      { ...certificate, name: '..\\..\\evil' },
    ] as Plan['certificates'],
  };
  const artefacts = await emitter.emit(plan, sampleLineOf);
  const paths = artefacts.map(({ path }) => path).filter((path) => path.includes('evil'));
  assert.deepEqual(paths, [
    'transport/certificates/_evil.pem',
    'transport/certificates/_evil-2.pem',
    'transport/keys/_evil.key',
    'transport/keys/_evil-2.key',
  ]);
});

test('bundle: hostile names reach no unit, no container file and no command', async () => {
  const evil = '$(reboot) `reboot` "\n[Service]\nExecStart=/bin/sh';
  const plan: Plan = {
    ...samplePlan,
    organization: evil,
    servers: samplePlan.servers.map((server) => ({ ...server, name: evil })),
    credentials: samplePlan.credentials.map((one) => ({
      ...one,
      name: evil,
      passwordFrom: { env: 'A=b\nprivileged: true' },
    })),
    steps: [],
  };
  for (const path of ['deploy/Dockerfile', 'deploy/mailtopo@.service', 'main.js', 'package.json']) {
    assert.equal(await textOf(path, plan), await textOf(path));
  }
  assert.doesNotMatch(await textOf('deploy/compose.yaml', plan), /privileged|environment/);
  const readme = await textOf('deploy/README.md', plan);
  assert.equal(readme.split('\n').filter((line) => line.startsWith('[Service]')).length, 0);
});

test('bundle: a password variable is passed to the container by its name alone', async () => {
  assert.match(await textOf('deploy/compose.yaml'), /\n {4}environment:\n {6}- SCANNER_CLOUD_PASSWORD\n/);
});

test('bundle: same bytes in any folder, time zone and language', (context) => {
  const folder = temporaryFolder(context);
  const surroundings = [
    { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  ];
  const trees = surroundings.map((env, index) => {
    const own = join(folder, `deeper/${'x'.repeat(index * 20)}${index}`);
    mkdirSync(own, { recursive: true });
    execFileSync(process.execPath, [writeSample, own], { env: { ...process.env, ...env }, cwd: folder });
    return readTree(join(own, 'out'));
  });
  assert.ok(Object.keys(trees[0] ?? {}).length > 15);
  assert.deepEqual(trees[0], trees[1]);
});

test('bundle: the wiring satisfies the types of the transport beside it', (context) => {
  const folder = temporaryFolder(context);
  execFileSync(process.execPath, [writeSample, folder]);
  const project = new Project({
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      lib: ['lib.es2023.d.ts'],
      types: [],
    },
  });
  const file = project.addSourceFileAtPath(join(folder, 'out/transport/topology.ts'));
  const faults = (): readonly string[] =>
    project.getPreEmitDiagnostics().map((one) => String(one.getMessageText()));
  assert.deepEqual(faults(), []);
  file.replaceWithText(file.getFullText().replace("role: 'hub'", "role: 'hubb'"));
  assert.equal(faults().length, 1);
});

test('bundle: runs where it lies, with nothing but Node', (context) => {
  const folder = temporaryFolder(context);
  execFileSync(process.execPath, [writeSample, folder]);
  const run = (...args: readonly string[]): readonly [number | null, string, string] => {
    const main = join(folder, 'out/transport/main.js');
    const options = { encoding: 'utf8', timeout: 20_000 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
    return [status, stdout, stderr];
  };
  const [helped, usage] = run('--help');
  assert.equal(helped, 0);
  assert.match(usage, /--rehearse/);
  const [refused, , why] = run('--server', 'NOBODY');
  assert.equal(refused, 2);
  assert.match(why, /no server "NOBODY"/);
  // The sample names a certificate that is not there: starting says so and does not start.
  const [missing, , what] = run('--rehearse', '--data', join(folder, 'data'));
  assert.equal(missing, 2);
  assert.match(what, /contoso-mail/);
});
