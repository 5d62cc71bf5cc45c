/** rules/constraints.json holds what is known, rules/coverage.json which rule tells of it or why none does; a page is made of both. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '../rules/index.ts';
import { readConstraints, readCoverage, rulesIn } from '../src/dev/coverage.ts';
import { rulesBeside } from '../src/dev/gen-coverage.ts';
import { builtIn } from '../src/lint/built-in.ts';

const constraints = readConstraints(process.cwd());
const coverage = readCoverage(process.cwd());
const page = readFileSync('rules/COVERAGE.md', 'utf8');
const known = new Set([...rules, ...builtIn].map(({ id }) => id));

/** The agreed shapes of a source of a fact. */
const sources: readonly RegExp[] = [
  /^EXCH [A-Z][A-Za-z]+-[A-Z][A-Za-z]+( -[A-Za-z0-9]+)?$/,
  /^DOC [BSR]\d+$/,
  /^RFC \d+ §\d+$/,
  /^PS about_[A-Za-z_]+$/,
  /^(OfficeDocs-Exchange|office-docs-powershell) [a-zA-Z0-9/-]+$/,
  /^https?:\/\/\S+$/,
];

/** A reason that would fit anything says nothing. */
const shortestReason = 30;

test('every fact is covered and nothing else, ids are sorted, and there are all that were collected', () => {
  assert.deepEqual(Object.keys(coverage), Object.keys(constraints).sort());
  assert.ok(Object.keys(constraints).length >= 335);
});

for (const file of ['constraints', 'coverage']) {
  test(`no id stands twice in ${file}.json`, () => {
    const text = readFileSync(`rules/${file}.json`, 'utf8');
    const ids = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, id]) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
  });
}

for (const [id, { level, fact, source }] of Object.entries(constraints)) {
  test(`${id}: a fact in one sentence, with a source`, () => {
    assert.match(level, /^[EWI]$/);
    assert.match(fact, /^[^a-z].{10,}\.$|^"/, fact);
    assert.ok(
      sources.some((shape) => shape.test(source)),
      source,
    );
  });
}

for (const [id, covered] of Object.entries(coverage)) {
  test(`${id}: a rule that there is, or a reason`, () => {
    const { rule, reason } = covered;
    assert.ok((rule === undefined) !== (reason === undefined), 'either a rule or a reason');
    for (const one of rulesIn(covered)) assert.ok(known.has(one), `there is no rule "${one}"`);
    assert.equal(new Set(rulesIn(covered)).size, rulesIn(covered).length, 'a rule is named twice');
    if (reason !== undefined) {
      assert.match(reason, /^[A-Z].*\.$/);
      assert.ok(reason.length >= shortestReason, reason);
    }
  });
}

test('each id has one row on the page, and each rule is on it', () => {
  const rows = [...page.matchAll(/^\| <a id="[^"]+"><\/a>(\S+) \|/gm)].map(([, id]) => id);
  assert.deepEqual([...rows].sort(), Object.keys(constraints));
  for (const { id, category } of rules) assert.ok(page.includes(`[${id}](${category}/${id}.md)`), id);
});

test('rules that no fact names are told beside the table', () => {
  const list = page.slice(page.indexOf('## Rules that no fact above names'));
  for (const { id } of rulesBeside(rules, coverage)) assert.ok(list.includes(`[${id}](`), id);
});
