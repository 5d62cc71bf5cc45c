/**
 * Bundles the command line into dist/bin, so that a run opens a few files and not two hundred: in a commit hook, starting is
 * most of the time. Each command stays a file of its own, loaded when it is asked for.
 */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const output = 'dist/bin';

rmSync(output, { recursive: true, force: true });
await build({
  entryPoints: { mailtopo: 'dist/src/cli.js' },
  outdir: output,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['ts-morph'],
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Packages that are CommonJS ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
});
chmodSync(`${output}/mailtopo.js`, 0o755);
