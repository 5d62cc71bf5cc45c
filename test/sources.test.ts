import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadRules } from '../src/dev/rule-files.ts';

/** The agreed shapes of a citation, so that a search for `RFC 5321 §4.1.4` finds code, rule and transcript. */
const shapes: readonly RegExp[] = [
  /^RFC \d{3,5}( §\d+(\.\d+)*)?$/,
  /^EXCH [A-Z][A-Za-z-]*( -[A-Za-z0-9]+)*$/,
  /^EXCH .+$/,
  /^DOC [BSR]\d+(\.\d+)?$/,
  /^PS about_[A-Za-z_]+$/,
  /^(YAML|JSON Schema|ECMA-48|SARIF) .+$/,
  /^https:\/\/\S+$/,
];

/** The steps that the source document has. */
const lastStep: Readonly<Record<string, number>> = { B: 4, S: 13, R: 21 };

const rules = await loadRules(process.cwd());

for (const rule of rules) {
  test(`${rule.id}: its sources have the agreed shape`, () => {
    for (const source of rule.sources) {
      assert.ok(
        shapes.some((shape) => shape.test(source)),
        `"${source}" is no citation of the agreed shape`,
      );
    }
  });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

for (const file of ['src', 'rules', 'runtime'].flatMap(filesBelow)) {
  test(`citations of ${file} name steps and sections that can exist`, () => {
    const text = readFileSync(file, 'utf8');
    for (const [whole, letter = '', number = ''] of text.matchAll(/\bDOC ([A-Z])(\d+)/g)) {
      assert.ok(
        Number(number) >= 1 && Number(number) <= (lastStep[letter] ?? 0),
        `${whole} is no step of the document`,
      );
    }
    for (const [whole] of text.matchAll(/\bRFC ?\d+ (sec|section|Sec)\b[^;,.)]*/g)) {
      assert.fail(`write "${whole}" as RFC <number> §<section>`);
    }
  });
}
