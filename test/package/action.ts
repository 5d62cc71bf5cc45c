import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Checks } from './checks.ts';
import { checkInputs } from './action-inputs.ts';
import { runCommand, type Ran } from './run-command.ts';
import { bad, fault, good } from './samples.ts';

/** What a workflow writes under `with`. */
export type Inputs = Readonly<Record<string, string>>;

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly shell: string;
      readonly run: string;
      readonly env: Readonly<Record<string, string>>;
    }[];
  };
}

/** Where the action lies, the repository that it is used in, and the action as its file has it. */
export interface Use {
  readonly actionFolder: string;
  readonly workspace: string;
  readonly action: Action;
}

const expression = /\$\{\{\s*inputs\.([\w-]+)\s*\}\}/g;

function filledIn(text: string, action: Action, inputs: Inputs): string {
  return text.replaceAll(expression, (_, name: string) => {
    const input = action.inputs[name];
    assert.ok(input !== undefined, `there is no input ${name}`);
    return inputs[name] ?? input.default;
  });
}

/**
 * Plays GitHub's runner: expressions are replaced as text, in scripts as in variables, and bash is given a file.
 *
 * Source: GitHub "Workflow syntax", `jobs.<job_id>.steps[*].shell`.
 */
export function runAction(
  { actionFolder, workspace, action }: Use,
  inputs: Inputs,
  runner: Readonly<Record<string, string>> = {},
): Ran {
  const [step, ...others] = action.runs.steps;
  assert.ok(step !== undefined && others.length === 0 && step.shell === 'bash');
  const script = join(workspace, '..', 'step.sh');
  writeFileSync(script, filledIn(step.run, action, inputs));
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, text]) => [name, filledIn(text, action, inputs)]),
  );
  return runCommand(['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd: workspace,
    env: { RUNNER_TEMP: '', GITHUB_STEP_SUMMARY: '', ...runner, ...env, GITHUB_ACTION_PATH: actionFolder },
  });
}

/** Puts an action and a repository together. */
export function useIn(actionFolder: string, workspace: string): Use {
  const action = parse(readFileSync(join(actionFolder, 'action.yml'), 'utf8')) as Action;
  return { actionFolder, workspace, action };
}

/** Makes a repository with two good topologies. */
function makeWorkspace(folder: string): string {
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'topology.yaml'), good);
  writeFileSync(join(folder, 'deep', 'topology.yaml'), good);
  return folder;
}

/** Checks the action where nothing was built yet, as on GitHub, where it comes as a checkout. */
export function checkFirstRun(checks: Checks, actionFolder: string, scratch: string): void {
  const use = useIn(actionFolder, makeWorkspace(join(scratch, 'first workspace')));
  checks.check(
    'action: the first run builds what a checkout has not, and keeps the log of that apart',
    () => {
      assert.ok(!existsSync(join(actionFolder, 'dist')));
      const { code, out, err } = runAction(use, {});
      assert.deepEqual([code, out], [0, ''], err);
      assert.match(err, /0 errors, 0 warnings\b.* in 2 files\n$/);
    },
  );
}

/** Checks the action as it lies in a folder where it is built already. */
export function checkAction(checks: Checks, actionFolder: string, scratch: string): void {
  const use = useIn(actionFolder, makeWorkspace(join(scratch, 'a workspace')));
  checks.check('action: inputs reach bash as variables, never as text of the script', () => {
    assert.equal(use.action.runs.using, 'composite');
    for (const { run } of use.action.runs.steps) assert.doesNotMatch(run, /\$\{\{/);
  });
  checks.check('action: good files pass', () => assert.equal(runAction(use, {}).code, 0));
  checks.check('action: a bad file fails, and what is wrong stands in the log', () => {
    writeFileSync(join(use.workspace, 'deep', 'topology.yaml'), bad);
    const { code, out } = runAction(use, {});
    assert.equal(code, 1);
    assert.match(out, fault);
  });
  checks.check('action: on a runner, findings are annotations and a summary beside the log', () => {
    const summary = join(scratch, 'summary.md');
    const runner = { RUNNER_TEMP: scratch, GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: use.workspace };
    const { code, out } = runAction(use, {}, runner);
    assert.equal(code, 1);
    assert.match(out, fault);
    assert.match(out, /^::error file=deep\/topology\.yaml,line=\d+,/m);
    assert.match(readFileSync(summary, 'utf8'), /^### mailtopo: \d+ errors?/);
  });
  checkInputs(checks, use);
}
