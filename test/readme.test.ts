import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { lintSource } from '../src/lint-source.ts';
import { pretty } from '../src/report/pretty.ts';
import { plain } from '../src/report/report.ts';
import { exitCode } from '../src/run.ts';
import { rules } from '../rules/index.ts';

const readme = readFileSync('README.md', 'utf8');

function block(language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(readme)?.[1];
  assert.ok(found, `README.md has no ${language} block`);
  return found;
}

function linted(text: string): string {
  const file = 'topology.yaml';
  const { diagnostics } = lintSource(file, text, { rules, fileExists: () => true });
  return pretty({ diagnostics, sources: new Map([[file, text]]) }, plain);
}

test('README shows what lint really says about its example', () => {
  assert.ok(linted(block('yaml')).startsWith(block('text')), linted(block('yaml')));
});

test('README says how the example is mended', () => {
  const mended = /`(sourceTransportServers: \[[^`]*\])`/.exec(readme)?.[1];
  assert.ok(mended);
  assert.equal(linted(block('yaml').replace(/sourceTransportServers: .*/, mended)), '');
});

test('README lists every exit code', () => {
  for (const code of Object.values(exitCode)) assert.match(readme, new RegExp(`(^|\\D)${code} [a-z]`, 'm'));
});

for (const page of [
  'README.md',
  'CONTRIBUTING.md',
  'src/README.md',
  'test/README.md',
  'runtime/README.md',
  'examples/README.md',
]) {
  test(`links of ${page} lead somewhere`, () => {
    const text = readFileSync(page, 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      assert.ok(existsSync(join(dirname(page), target)), `${page} links to ${target}`);
    }
  });
}
