import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAction, useIn, type Inputs } from './action.ts';
import type { Checks } from './checks.ts';
import { npx } from './installed.ts';
import { readmeBlock } from './readme.ts';
import { runCommand, type Ran } from './run-command.ts';
import { bad, fault, good } from './samples.ts';

/** Checks what README shows for GitHub and GitLab by running it; pre-commit.ts does so for the hooks. */
export function checkSnippets(checks: Checks, checkout: string, project: string): void {
  checks.check('README: the version in the snippets is the one of the package', () => {
    const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    for (const name of ['pre-commit', 'GitHub', 'GitLab']) {
      const versions = [...readmeBlock(checkout, name).matchAll(/(?:mailtopo@v?|rev: v)(\S+)/g)];
      assert.ok(versions.length > 0, `${name} names no version`);
      for (const [, version] of versions) assert.equal(version, manifest.version, name);
    }
  });
  // Below the project, so that npx finds what was installed there.
  checkJob(checks, 'GitHub', { project, folder: join(project, 'on GitHub') }, (folder) =>
    runGitHub(checkout, folder),
  );
  checkJob(checks, 'GitLab', { project, folder: join(project, 'on GitLab') }, (folder) =>
    runGitLab(checkout, folder),
  );
}

/** Runs the step that uses the action, with the inputs that README gives it. */
function runGitHub(checkout: string, folder: string): Ran {
  const steps = parse(readmeBlock(checkout, 'GitHub')) as readonly {
    readonly uses: string;
    readonly with?: Inputs;
  }[];
  const step = steps.find(({ uses }) => uses.includes('/mailtopo@'));
  assert.ok(step !== undefined);
  const use = useIn(checkout, folder);
  for (const name of Object.keys(step.with ?? {})) assert.ok(name in use.action.inputs, name);
  return runAction(use, step.with ?? {});
}

/** Runs the job's lines in one shell that ends at the first failure, as GitLab's runner does. */
function runGitLab(checkout: string, folder: string): Ran {
  const jobs = parse(readmeBlock(checkout, 'GitLab')) as Readonly<
    Record<string, { readonly script: readonly string[] }>
  >;
  const [job, ...others] = Object.values(jobs);
  assert.ok(job !== undefined && others.length === 0);
  return runCommand(['bash', '-eo', 'pipefail', '-c', job.script.join('\n')], { cwd: folder });
}

interface Workplace {
  readonly project: string;
  readonly folder: string;
}

/** Checks that a job passes on a good topology and fails on a bad one and on stale output, and says why. */
function checkJob(
  checks: Checks,
  name: string,
  { project, folder }: Workplace,
  run: (folder: string) => Ran,
): void {
  const topology = join(folder, 'topology.yaml');
  mkdirSync(folder);
  writeFileSync(topology, good);
  checks.check(`README: the job for ${name} passes on a good topology with fresh output`, () => {
    assert.equal(npx(project, 'compile', topology, '--output', join(folder, 'out')).code, 0);
    const { code, out, err } = run(folder);
    assert.equal(code, 0, out + err);
  });
  checks.check(`README: the job for ${name} fails on a bad topology`, () => {
    writeFileSync(topology, bad);
    const { code, out } = run(folder);
    writeFileSync(topology, good);
    assert.equal(code, 1);
    assert.match(out, fault);
  });
  checks.check(`README: the job for ${name} fails on stale output`, () => {
    appendFileSync(join(folder, 'out', 'transport', 'topology.js'), '// changed by hand\n');
    const { code, out, err } = run(folder);
    assert.equal(code, 1);
    assert.match(out + err, /transport\/topology\.js/);
  });
}
