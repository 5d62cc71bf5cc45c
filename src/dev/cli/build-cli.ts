/**
 * Bundles the command line into dist/bin, for in a commit hook starting is most of the time: one file instead of hundreds,
 * without the texts of the rules, and with the code that V8 made of it.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { rules } from '../../../rules/index.ts';
import { textKeys } from './lazy-rule.ts';
import { jsonTextPlugin } from './json-text-plugin.ts';
import { lazyModulesPlugin, validatorFile } from './lazy-modules-plugin.ts';
import { nothingLaterPlugin } from './nothing-later-plugin.ts';
import { ruleTextsPlugin } from './rule-texts-plugin.ts';

const output = 'dist/bin';

/** What is done most often by each bundle, and ends without a finding. */
const usual: Readonly<Record<string, readonly (readonly string[])[]>> = {
  lint: [['lint', 'examples/contoso/topology.yaml']],
  cli: [
    ['lint', '--max-warnings', '0', 'examples/contoso/topology.yaml'],
    ['fmt', '--check', 'examples/contoso/topology.yaml'],
  ],
};

/**
 * Makes of a bundle both a script, whose value is the function that Node would make of a module, and a module that exports
 * it. The launcher would otherwise have to copy the whole text to wrap it.
 */
const wrapper: { readonly banner: { readonly js: string }; readonly footer: { readonly js: string } } = {
  banner: {
    js: "(typeof module === 'object' ? (start) => (module.exports = start) : (start) => start)((function (require, module, __filename, __dirname) {",
  },
  footer: { js: '}));' },
};

async function bundle(name: string, entry: string, plugins: readonly Plugin[]): Promise<void> {
  await build({
    entryPoints: { [name]: entry },
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    external: ['ts-morph'],
    charset: 'ascii',
    // The same modules as ES modules, of which what nothing uses is left out.
    alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
    inject: ['dist/src/dev/cli/atob.js'],
    define: { 'import.meta.dirname': '__dirname' },
    ...wrapper,
    // Names stay, for the report of a crash.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [...plugins, jsonTextPlugin, lazyModulesPlugin, ruleTextsPlugin(rules)],
  });
}

/** Keeps what V8 compiles in usual runs. */
function cacheCode(name: string): void {
  const cache = join(output, `${name}-${process.version}-${process.arch}.cache`);
  const runs = JSON.stringify(usual[name]);
  const maker = ['dist/src/dev/cli/make-code-cache.js', join(output, `${name}.cjs`), cache, runs];
  const { status, stderr } = spawnSync(process.execPath, maker, { encoding: 'utf8' });
  if (status !== 0 || !existsSync(cache)) throw new Error(`${runs} ended with ${status}: ${stderr}`);
}

rmSync(output, { recursive: true, force: true });
await bundle('cli', 'dist/src/cli.js', []);
await bundle('lint', 'dist/src/hook.js', [nothingLaterPlugin]);
await build({
  entryPoints: ['dist/src/schema/validate-topology.js'],
  outfile: join(output, validatorFile),
  format: 'cjs',
  minify: true,
});
const texts = rules.map((rule) => [rule.id, Object.fromEntries(textKeys.map((key) => [key, rule[key]]))]);
writeFileSync(join(output, 'rule-texts.json'), `${JSON.stringify(Object.fromEntries(texts))}\n`);
writeFileSync(join(output, 'package.json'), '{ "type": "commonjs" }\n');
copyFileSync('dist/src/launcher.cjs', join(output, 'mailtopo.js'));
chmodSync(join(output, 'mailtopo.js'), 0o755);
for (const name of ['cli', 'lint']) cacheCode(name);
