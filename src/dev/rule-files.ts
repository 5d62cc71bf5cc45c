import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule, RuleModule } from '../lint/rule.ts';

/** A rule by its place in the tree: the folder is the category, the file name the id. */
export interface RuleFile {
  readonly category: string;
  readonly id: string;
}

/** The categories, in the order in which people think of the objects. */
const order = [
  'hygiene',
  'version',
  'server',
  'certificate',
  'partner',
  'receive-connector',
  'send-connector',
  'domain-security',
  'relay',
  'routing',
];

/** Lists the rule files of a source tree, by category and id. */
export function ruleFilesOf(root: string): readonly RuleFile[] {
  const folders = readdirSync(join(root, 'rules'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const unknown = folders.find(({ name }) => !order.includes(name));
  if (unknown) throw new Error(`rules/${unknown.name} is no category; add it to src/dev/rule-files.ts`);
  return order
    .filter((category) => folders.some(({ name }) => name === category))
    .flatMap((category) =>
      readdirSync(join(root, 'rules', category))
        .filter((name) => name.endsWith('.ts'))
        .sort()
        .map((name) => ({ category, id: name.replace(/\.ts$/, '') })),
    );
}

/** Loads the compiled rules straight from their files, so that a rule that the index lacks is seen. */
export async function loadRules(root: string): Promise<readonly Rule[]> {
  const loaded = ruleFilesOf(root).map(async ({ category, id }) => {
    const url = pathToFileURL(join(root, 'dist', 'rules', category, `${id}.js`)).href;
    const { rule } = (await import(url)) as { readonly rule: RuleModule };
    return { ...rule, id, category };
  });
  return Promise.all(loaded);
}
