/** Bundles what runs in the page of a report into dist/src/page/in-page.js; a module of Node that it would need ends the build. */
import { build } from 'esbuild';
import { standInsPlugin } from './stand-ins-plugin.ts';

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
