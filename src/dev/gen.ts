/** Writes everything that is generated into the source tree: npm run gen. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { genCmdletFiles } from './gen-cmdlet-files.ts';
import { genCoverage } from './gen-coverage.ts';
import { genEmitters } from './gen-emitters.ts';
import { genExamples } from './gen-examples.ts';
import { genParameters } from './gen-parameters.ts';
import { genRules } from './gen-rules.ts';
import { genSchema } from './gen-schema.ts';
import { genSettings } from './gen-settings.ts';

/** A generated file: its path in the source tree, with `/` between folders, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What makes generated files from the sources in a folder. */
export type Generator = (root: string) => Promise<readonly GeneratedFile[]>;

/** All generators, in the order in which they depend on each other. */
const generators: readonly Generator[] = [
  async (root) => [
    { path: 'src/exchange/cmdlet-files.ts', text: genCmdletFiles(root) },
    { path: 'src/exchange/catalogue/settings.json', text: await genSettings(root) },
    { path: 'src/schema/topology.schema.json', text: await genSchema(root) },
  ],
  genRules,
  genCoverage,
  genEmitters,
  genParameters,
  genExamples,
];

/** Lays generated TypeScript out as everything else is. */
async function laidOut({ path, text }: GeneratedFile): Promise<GeneratedFile> {
  if (!path.endsWith('.ts')) return { path, text };
  const options = (await resolveConfig('package.json')) ?? {};
  return { path, text: await format(text, { ...options, filepath: path }) };
}

/** Makes all generated files; `test/fresh.test.ts` compares them with what is committed. */
export async function generateAll(root: string): Promise<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const generator of generators) files.push(...(await generator(root)));
  return Promise.all(files.map(laidOut));
}

/** Lists pages of rules that are there no more. */
export function leftOver(root: string, files: readonly GeneratedFile[]): readonly string[] {
  const made = new Set(files.map(({ path }) => path));
  return readdirSync(join(root, 'rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(root, 'rules', name)).map((file) => `rules/${name}/${file}`))
    .filter((path) => path.endsWith('.md') && !made.has(path));
}

/** Tells what a generated file holds now; undefined where it is not there. */
export function textNow(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    // Not there yet is as stale as anything.
    return undefined;
  }
}

if (import.meta.filename === process.argv[1]) {
  const root = process.cwd();
  const files = await generateAll(root);
  for (const { path, text } of files) {
    if (textNow(root, path) === text) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
  for (const path of leftOver(root, files)) rmSync(join(root, path));
}
