/**
 * The lane of the package: this project as npm, npx, pre-commit, GitHub and GitLab take it, from a snapshot of the tree.
 * Prints `N passed, N failed`. What is missing is named; with CI=true it has failed.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkAction, checkFirstRun } from './action.ts';
import { Checks } from './checks.ts';
import { checkExports } from './exports.ts';
import { checkInstalled, installInto, npx } from './installed.ts';
import { checkNewestNode } from './newest-node.ts';
import { checkPreCommit } from './pre-commit.ts';
import { runCommand } from './run-command.ts';
import { checkSnippets } from './snippets.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import { checkTarball } from './tarball.ts';
import { checkTypes } from './types.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'mailtopo-package-')));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(1));

function has(...command: readonly string[]): boolean {
  return runCommand(command, { cwd: scratch }).code === 0;
}

function checkInstalling(checks: Checks, snapshot: Snapshot): void {
  checkFirstRun(checks, snapshot.folder, scratch);
  const tarball = checkTarball(checks, snapshot.folder, scratch);
  const project = installInto(join(scratch, 'a project'), tarball);
  checkInstalled(checks, snapshot.folder, project);
  checkExports(checks, project);
  checkTypes(checks, snapshot.folder, project);
  checkSnippets(checks, snapshot.folder, project);
  checks.check('npm installs from git, too', () => {
    const fromGit = installInto(join(scratch, 'from git'), `git+${pathToFileURL(snapshot.folder).href}`);
    if (npx(fromGit, 'rules').code !== 0) throw new Error('the program does not run');
  });
  // The script that nodeenv makes for pre-commit does not quote its folder.
  if (/\s/.test(scratch))
    checks.cannotRun('the hooks', 'a folder for temporary files without a blank in its path');
  else if (!has('pre-commit', '--version')) checks.cannotRun('the hooks', 'pre-commit');
  else checkPreCommit(checks, snapshot, project, scratch);
  checkNewestNode(checks, project, scratch);
}

const checks = new Checks(process.env['CI'] === 'true' ? 'failed' : 'named');
if (has('bash', '--version')) checkAction(checks, process.cwd(), scratch);
else checks.cannotRun('the action', 'bash');
if (!has('git', '--version')) checks.cannotRun('installing', 'git');
else if (!has('npm', 'view', 'yaml', 'version')) checks.cannotRun('installing', 'npm and its registry');
else {
  try {
    checkInstalling(checks, takeSnapshot(process.cwd(), join(scratch, 'a snapshot')));
  } catch (fault) {
    // What the rest stands on is not there.
    checks.check('the way through all checks', () => {
      throw fault;
    });
  }
}
process.exitCode = checks.end();
