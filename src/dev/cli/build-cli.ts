/**
 * Bundles the command line into dist/bin, for in a commit hook starting is most of the time: one file instead of hundreds,
 * without the texts of the rules, and with the code that V8 made of it.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { rules } from '../../../rules/index.ts';
import { textKeys } from './lazy-rule.ts';
import { lazyModulesPlugin } from './lazy-modules-plugin.ts';
import { oneCommandPlugin } from './one-command-plugin.ts';
import { ruleTextsPlugin } from './rule-texts-plugin.ts';

const output = 'dist/bin';

/** What a commit hook does most often. */
const usual: readonly string[] = ['lint', 'examples/contoso/topology.yaml'];

async function bundle(name: string, plugins: readonly Plugin[]): Promise<void> {
  await build({
    entryPoints: { [name]: 'dist/src/cli.js' },
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    external: ['ts-morph'],
    charset: 'ascii',
    define: { 'import.meta.url': 'fileUrl' },
    banner: { js: "const fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    // Names stay, for the report of a crash.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [...plugins, lazyModulesPlugin, ruleTextsPlugin(rules)],
  });
}

/** Keeps what V8 compiles in a usual run. */
function cacheCode(name: string): void {
  const cache = join(output, `${name}-${process.version}-${process.arch}.cache`);
  const maker = ['dist/src/dev/cli/make-code-cache.js', join(output, `${name}.cjs`), cache, ...usual];
  const { status, stderr } = spawnSync(process.execPath, maker, { encoding: 'utf8' });
  if (status !== 0 || !existsSync(cache))
    throw new Error(`${usual.join(' ')} ended with ${status}: ${stderr}`);
}

rmSync(output, { recursive: true, force: true });
await bundle('cli', []);
await bundle('lint', [oneCommandPlugin('lint')]);
const texts = rules.map((rule) => [rule.id, Object.fromEntries(textKeys.map((key) => [key, rule[key]]))]);
writeFileSync(join(output, 'rule-texts.json'), `${JSON.stringify(Object.fromEntries(texts))}\n`);
writeFileSync(join(output, 'package.json'), '{ "type": "commonjs" }\n');
copyFileSync('dist/src/launcher.cjs', join(output, 'mailtopo.js'));
chmodSync(join(output, 'mailtopo.js'), 0o755);
cacheCode('lint');
