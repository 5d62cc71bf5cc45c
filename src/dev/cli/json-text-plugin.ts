import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** Bundles JSON as text, which V8 reads faster than the same as JavaScript, and of which its cache keeps less. */
export const jsonTextPlugin: Plugin = {
  name: 'json-text',
  setup(build) {
    build.onLoad({ filter: /\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});` };
    });
  },
};
