import { isAbsolute, relative, resolve, sep } from 'node:path';

function below(root: string, file: string): string | undefined {
  const path = relative(root, file);
  const outside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return outside ? undefined : path;
}

/**
 * Names a file as those who read a report know it: from the root of the repository where GitHub or GitLab say where that
 * is, else from the working directory; a file outside of both by its whole path. Folders are separated by `/`.
 */
export function pathFromRoot(file: string): string {
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR } = process.env;
  const whole = resolve(file);
  const roots = [GITHUB_WORKSPACE, CI_PROJECT_DIR, process.cwd()];
  for (const root of roots) {
    const path = root === undefined || root === '' ? undefined : below(root, whole);
    if (path !== undefined) return path.split(sep).join('/');
  }
  return whole.split(sep).join('/');
}
