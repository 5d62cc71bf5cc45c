import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustRun } from './run-command.ts';

/** A git repository that holds this project as it lies here, changes that nobody has committed yet among them. */
export interface Snapshot {
  readonly folder: string;
  readonly commit: string;
}

const author: Readonly<Record<string, string>> = {
  GIT_AUTHOR_NAME: 'snapshot',
  GIT_AUTHOR_EMAIL: 'snapshot@mailtopo.example',
  GIT_COMMITTER_NAME: 'snapshot',
  GIT_COMMITTER_EMAIL: 'snapshot@mailtopo.example',
};

/** Makes a repository of a folder's files in one commit, whatever the user's git is set up to do. */
export function commitAll(folder: string): string {
  const git = (...args: readonly string[]): string =>
    mustRun(['git', '-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', ...args], {
      cwd: folder,
      env: author,
    });
  git('init', '--quiet');
  git('add', '--all', '.');
  git('commit', '--quiet', '--message', 'snapshot');
  return git('rev-parse', 'HEAD').trim();
}

/** Copies every file that git knows or would add. */
export function takeSnapshot(project: string, folder: string): Snapshot {
  const listed = mustRun(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
  });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(project, file)));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    if (statSync(join(project, file)).isFile()) copyFileSync(join(project, file), join(folder, file));
  }
  return { folder, commit: commitAll(folder) };
}
