import type { Plugin } from 'esbuild';

/** Leaves out of a bundle what other commands than the given one load; the launcher starts it for that one alone. */
export function oneCommandPlugin(command: string): Plugin {
  return {
    name: 'one-command',
    setup(build) {
      build.onResolve({ filter: /^\.\/command\// }, ({ path, kind, importer }) =>
        kind === 'dynamic-import' &&
        importer.endsWith('command-tree.js') &&
        path !== `./command/${command}.js`
          ? { path, namespace: 'absent' }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
        contents: `throw new Error(${JSON.stringify(`${path} is not in the bundle of ${command}`)});`,
      }));
    },
  };
}
