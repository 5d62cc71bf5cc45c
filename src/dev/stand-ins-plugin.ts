import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** What stands for the two modules of Node from which decisions take a pure function each. */
const standIns: Readonly<Record<string, string>> = {
  'node:net': 'src/page/stand-in/node-net.ts',
  'node:url': 'src/page/stand-in/node-url.ts',
};

/** Bundles for a page: two modules of Node have a stand-in there, and any other one ends the build. */
export const standInsPlugin: Plugin = {
  name: 'stand-ins',
  setup({ onResolve }) {
    onResolve({ filter: /^node:/ }, ({ path, importer }) => {
      const standIn = standIns[path];
      if (standIn !== undefined) return { path: resolve(standIn) };
      return { errors: [{ text: `${importer} needs ${path}, which no page has` }] };
    });
  },
};
