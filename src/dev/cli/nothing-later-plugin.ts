import type { Plugin } from 'esbuild';

/**
 * Leaves out of a bundle what is imported while it runs: what a run needs in any case stands at the top of files. Without such
 * imports a bundle is one scope, in which no module has to be begun.
 */
export const nothingLaterPlugin: Plugin = {
  name: 'nothing-later',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'absent' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not in this bundle`)});`,
    }));
  },
};
