/** Bundles what runs in the page of a report into dist/src/page/in-page.js; a module of Node that it would need ends the build. */
import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** What stands for the two modules of Node from which decisions take a pure function each. */
const standIns: Readonly<Record<string, string>> = {
  'node:net': 'src/page/stand-in/node-net.ts',
  'node:url': 'src/page/stand-in/node-url.ts',
};

const standInsPlugin: Plugin = {
  name: 'stand-ins',
  setup({ onResolve }) {
    onResolve({ filter: /^node:/ }, ({ path, importer }) => {
      const standIn = standIns[path];
      if (standIn !== undefined) return { path: resolve(standIn) };
      return { errors: [{ text: `${importer} needs ${path}, which no page has` }] };
    });
  },
};

await build({
  entryPoints: ['src/page/browser/main.ts'],
  outfile: 'dist/src/page/in-page.js',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'ascii',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [standInsPlugin],
});
