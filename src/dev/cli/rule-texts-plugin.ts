import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { ts } from 'ts-morph';
import type { Rule } from '../../lint/rule.ts';
import { textKeys } from './lazy-rule.ts';

/** Cuts the texts out of a compiled rule; its examples, above all, are most of it. */
function withoutTexts(file: string): string {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const rules = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ name }) => name.getText() === 'rule');
  const rule = rules[0]?.initializer;
  if (rule === undefined || !ts.isObjectLiteralExpression(rule)) throw new Error(`${file} has no rule`);
  const cut = rule.properties.filter((one) => textKeys.some((key) => one.name?.getText() === key));
  if (cut.length !== textKeys.length) throw new Error(`${file} lacks one of ${textKeys.join(', ')}`);
  return cut.reduceRight((rest, one) => {
    const comma = rest.slice(one.end).match(/^\s*,/)?.[0].length ?? 0;
    return rest.slice(0, one.getStart()) + rest.slice(one.end + comma);
  }, text);
}

/** Bundles rules without their texts, which are read from a file when they are asked for. */
export function ruleTextsPlugin(rules: readonly Rule[]): Plugin {
  const folder = resolve('dist/rules');
  const lazy = resolve('dist/src/dev/cli/lazy-rule.js');
  const lines = rules.map(({ id, category }, index) => [
    `import { rule as rule${index} } from './${category}/${id}.js';`,
    `  lazyRule(rule${index}, '${id}', '${category}'),`,
  ]);
  const index = [
    `import { lazyRule } from ${JSON.stringify(lazy)};`,
    ...lines.map(([line]) => line),
    'export const rules = [',
    ...lines.map(([, line]) => line),
    '];',
  ].join('\n');
  return {
    name: 'rule-texts',
    setup(build) {
      build.onLoad({ filter: /[\\/]dist[\\/]rules[\\/]index\.js$/ }, () => ({
        contents: index,
        resolveDir: folder,
      }));
      build.onLoad({ filter: /[\\/]dist[\\/]rules[\\/][^\\/]+[\\/][^\\/]+\.js$/ }, ({ path }) => ({
        contents: withoutTexts(path),
      }));
    },
  };
}
