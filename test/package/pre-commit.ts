import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Checks } from './checks.ts';
import { npx } from './installed.ts';
import { readmeBlock } from './readme.ts';
import { mustRun, runCommand, type Ran } from './run-command.ts';
import { bad, fault, good } from './samples.ts';
import { commitAll, type Snapshot } from './snapshot.ts';

/** All files of the repository, or those alone that a commit would change. */
type Files = 'all' | 'staged';

/** What README shows, with the repository and its version put in. */
function configuration({ folder, commit }: Snapshot): string {
  const { repos } = parse(readmeBlock(folder, 'pre-commit')) as { readonly repos: readonly object[] };
  assert.equal(repos.length, 1);
  const settings = {
    repos: repos.map((one) => ({ ...one, repo: folder, rev: commit })),
    // The node that is installed; pre-commit would fetch one of its own otherwise.
    default_language_version: { node: 'system' },
  };
  // JSON is YAML, and quotes every path.
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

/** Checks all hooks with the real pre-commit, which installs this project from git into a folder of its own. */
export function checkPreCommit(checks: Checks, snapshot: Snapshot, project: string, scratch: string): void {
  const repository = join(scratch, 'hooked');
  const env = { PRE_COMMIT_HOME: join(scratch, 'pre-commit-home') };
  const write = (name: string, text: string): void => writeFileSync(join(repository, name), text);
  const hook = (id: string, files: Files = 'all'): Ran => {
    mustRun(['git', 'add', '--all'], { cwd: repository });
    const which = files === 'all' ? ['--all-files'] : [];
    return runCommand(['pre-commit', 'run', ...which, '--color', 'never', id], { cwd: repository, env });
  };
  mkdirSync(repository);
  write('topology.yaml', good);
  write('.pre-commit-config.yaml', configuration(snapshot));
  commitAll(repository);

  checks.check('pre-commit: installs from git, and the hook passes on a good topology', () => {
    const { code, out, err } = hook('mailtopo-lint');
    assert.equal(code, 0, out + err);
    assert.match(out, /mailtopo lint\.+Passed/);
  });
  checks.check('pre-commit: the hook fails on a bad topology, and says why', () => {
    mkdirSync(join(repository, 'deep'));
    write('deep/topology.yaml', bad);
    const { code, out } = hook('mailtopo-lint');
    write('deep/topology.yaml', good);
    assert.equal(code, 1);
    assert.match(out, fault);
  });
  checks.check('pre-commit: the hook looks at topologies alone', () => {
    write('other.yaml', 'a: [');
    assert.equal(hook('mailtopo-lint').code, 0);
  });
  checks.check(
    'pre-commit: mailtopo-fmt-check fails where a topology is not in its form, and names it',
    () => {
      assert.equal(hook('mailtopo-fmt-check').code, 0);
      write('deep/topology.yaml', good.replace('mailtopo: 1', 'mailtopo:   1'));
      const { code, out } = hook('mailtopo-fmt-check');
      write('deep/topology.yaml', good);
      assert.equal(code, 1);
      assert.match(out, /^deep\/topology\.yaml$/m);
    },
  );
  checkCompileHook(checks, (files) => hook('mailtopo-compile-check', files), repository, project);
}

function checkCompileHook(
  checks: Checks,
  hook: (files?: Files) => Ran,
  repository: string,
  project: string,
): void {
  const out = join(repository, 'out');
  checks.check('pre-commit: mailtopo-compile-check passes on fresh output', () => {
    const topology = join(repository, 'topology.yaml');
    assert.equal(npx(project, 'compile', topology, '--output', out).code, 0);
    const ran = hook();
    assert.equal(ran.code, 0, ran.out + ran.err);
  });
  checks.check('pre-commit: mailtopo-compile-check fails where the topology has moved on', () => {
    writeFileSync(join(repository, 'topology.yaml'), good.replace('192.0.2.1', '192.0.2.2'));
    const ran = hook();
    writeFileSync(join(repository, 'topology.yaml'), good);
    assert.equal(ran.code, 1, ran.out + ran.err);
    assert.match(ran.out, /manifest\.json/);
  });
  checks.check('pre-commit: mailtopo-compile-check fails where output alone was changed', () => {
    commitAll(repository);
    appendFileSync(join(out, 'transport', 'topology.js'), '// changed by hand\n');
    const ran = hook('staged');
    assert.equal(ran.code, 1, ran.out + ran.err);
    assert.match(ran.out, /transport\/topology\.js/);
  });
}
