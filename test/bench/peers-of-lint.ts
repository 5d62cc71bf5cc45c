/** Installs, for the benchmark alone, the linters and validators that a user would pick instead. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Competitor } from './paired.ts';

const packages: readonly string[] = [
  '@stoplight/spectral-cli@6.15.0',
  'ajv-cli@5.0.0',
  'eslint@9.39.1',
  'eslint-plugin-yml@1.19.0',
];

const schema = resolve('dist/src/schema/topology.schema.json');

/** It lies beside what is linted, for ESLint leaves out what lies elsewhere. */
const eslintConfig = (plugin: string): string => `import yml from ${JSON.stringify(plugin)};
export default [...yml.configs['flat/recommended']];
`;

/** The least that Spectral can be asked: that the document has the right shape at its top. */
const spectralRules = `rules:
  topology:
    given: $
    severity: error
    then:
      function: schema
      functionOptions:
        schema: { type: object, required: [mailtopo, organization, servers] }
`;

function mustRun(command: readonly [string, ...(readonly string[])], folder: string): void {
  const [program, ...args] = command;
  const { status, error, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${command.join(' ')}: ${error?.message ?? stderr}`);
}

/** The folder in which the peers lie; what is there is not installed again. */
function installed(): string {
  const folder = resolve('node_modules', '.cache', 'bench-peers');
  if (existsSync(join(folder, 'whole'))) return folder;
  console.log('installing Spectral, ESLint and ajv-cli for the benchmark');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  mustRun(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], folder);
  writeFileSync(join(folder, 'spectral.yaml'), spectralRules);
  writeFileSync(join(folder, 'whole'), '');
  return folder;
}

/**
 * Lists the peers, each as it would be run on a file.
 *
 * Fails: throws where yamllint, which is no npm package, is not installed.
 */
export function peersOn(place: string, file: string): readonly Competitor[] {
  if (spawnSync('yamllint', ['--version']).status !== 0)
    throw new Error('the benchmark needs yamllint: apt-get install yamllint, or --without-peers');
  const folder = installed();
  const plugin = pathToFileURL(join(folder, 'node_modules', 'eslint-plugin-yml', 'lib', 'index.js'));
  writeFileSync(join(place, 'eslint.config.mjs'), eslintConfig(plugin.href));
  const node = (script: string, ...args: readonly string[]): readonly [string, ...(readonly string[])] => [
    process.execPath,
    join(folder, 'node_modules', script),
    ...args,
  ];
  return [
    {
      name: 'yamllint',
      command: ['yamllint', '-d', '{extends: relaxed, rules: {line-length: disable}}', file],
      answers: [1],
    },
    {
      name: 'Spectral',
      command: node(
        '@stoplight/spectral-cli/dist/index.js',
        'lint',
        '--ruleset',
        join(folder, 'spectral.yaml'),
        file,
      ),
      answers: [1],
    },
    {
      name: 'ESLint with eslint-plugin-yml',
      command: node('eslint/bin/eslint.js', '--config', join(place, 'eslint.config.mjs'), file),
      answers: [1],
    },
    {
      name: 'ajv-cli (a schema, no places)',
      command: node(
        'ajv-cli/dist/index.js',
        'validate',
        '--spec=draft2020',
        '--strict=false',
        '-s',
        schema,
        '-d',
        file,
      ),
      answers: [1],
    },
  ];
}
