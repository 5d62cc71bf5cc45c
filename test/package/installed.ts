import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.ts';
import { mustRun, runCommand, type Ran } from './run-command.ts';
import { bad, fault, good } from './samples.ts';

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Makes an empty project and installs a package there. */
export function installInto(folder: string, what: string): string {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "mail", "private": true, "type": "module" }\n');
  mustRun(['npm', 'install', '--no-audit', '--no-fund', what], { cwd: folder });
  return folder;
}

/** Runs the installed program; nothing is fetched. */
export function npx(project: string, ...args: readonly string[]): Ran {
  return runCommand(['npx', '--no', '--', 'mailtopo', ...args], { cwd: project });
}

/** Checks the program as it was installed from a tarball. */
export function checkInstalled(checks: Checks, checkout: string, project: string): void {
  const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Manifest;
  checks.check('the package installs with what it needs to run, and no tool of its making', () => {
    const top = readdirSync(join(project, 'node_modules'));
    const { dependencies, devDependencies } = manifest;
    assert.deepEqual(
      ['mailtopo', ...Object.keys(dependencies)].filter((name) => !top.includes(name)),
      [],
    );
    assert.deepEqual(
      Object.keys(devDependencies).filter((name) => top.includes(name.split('/')[0] ?? name)),
      [],
    );
  });
  checks.check('--version', () => assert.equal(npx(project, '--version').out, `${manifest.version}\n`));
  checkLint(checks, checkout, project);
  checkWords(checks, project);
  checkCompile(checks, project);
}

function checkLint(checks: Checks, checkout: string, project: string): void {
  cpSync(join(checkout, 'examples'), join(project, 'examples'), { recursive: true });
  writeFileSync(join(project, 'topology.yaml'), good);
  mkdirSync(join(project, 'bad'));
  writeFileSync(join(project, 'bad', 'topology.yaml'), bad);
  checks.check('lint: every example is clean', () => {
    const { code, out, err } = npx(project, 'lint', '--max-warnings=0', 'examples/**/topology.yaml');
    assert.equal(code, 0, out);
    const examples = readdirSync(join(project, 'examples'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    assert.match(err, new RegExp(`0 errors, 0 warnings\\b.* in ${examples.length} files`));
  });
  checks.check('lint: a bad file is exit 1, with its faults', () => {
    const { code, out } = npx(project, 'lint', 'bad/topology.yaml');
    assert.equal(code, 1);
    assert.match(out, fault);
  });
  checks.check('lint: a file that is not there is exit 2', () =>
    assert.equal(npx(project, 'lint', 'none.yaml').code, 2),
  );
}

function checkWords(checks: Checks, project: string): void {
  checks.check('init writes a topology that lint finds clean', () => {
    assert.equal(npx(project, 'init', 'made.yaml').code, 0);
    assert.equal(npx(project, 'lint', '--max-warnings=0', 'made.yaml').code, 0);
  });
  checks.check('rules, explain and schema print what they promise', () => {
    const { rules } = JSON.parse(npx(project, 'rules', '--format', 'json').out) as {
      readonly rules: readonly { readonly id: string }[];
    };
    assert.ok(rules.length > 20, `${rules.length} rules`);
    assert.match(npx(project, 'explain', 'mixed-source-servers').out, /^Wrong:$/m);
    const schema = JSON.parse(npx(project, 'schema').out) as { readonly properties: object };
    assert.ok('sendConnectors' in schema.properties);
  });
}

function checkCompile(checks: Checks, project: string): void {
  const file = join('examples', 'contoso', 'topology.yaml');
  checks.check('compile writes a folder, and compile --check finds it fresh', () => {
    const compiled = npx(project, 'compile', file, '-o', 'out');
    assert.equal(compiled.code, 0, compiled.out + compiled.err);
    assert.deepEqual(
      ['exchange', 'manifest.json', 'partners', 'transport'].filter(
        (name) => !readdirSync(join(project, 'out')).includes(name),
      ),
      [],
    );
    const checked = npx(project, 'compile', file, '-o', 'out', '--check');
    assert.equal(checked.code, 0, checked.out + checked.err);
  });
  checks.check('compile --check names what is stale, exit 1', () => {
    const wiring = join(project, 'out', 'transport', 'topology.js');
    const before = readFileSync(wiring);
    writeFileSync(wiring, '// changed by hand\n');
    const { code, out, err } = npx(project, 'compile', file, '-o', 'out', '--check');
    writeFileSync(wiring, before);
    assert.equal(code, 1, out + err);
    assert.match(out + err, /transport\/topology\.js/);
  });
  checks.check('compile writes nothing where lint has an error', () => {
    assert.equal(npx(project, 'compile', 'bad/topology.yaml', '-o', 'none').code, 1);
    assert.ok(!readdirSync(project).includes('none'));
  });
}
