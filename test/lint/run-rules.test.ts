import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule } from '../../src/lint/rule.ts';
import { bounds } from '../../src/base/bounds.ts';
import { lintSource } from '../../src/lint-source.ts';

const { most } = bounds.findingsOfARule;

const text = 'mailtopo: 1\norganization: { name: Contoso, exchangeVersion: "2016" }\n';

/** A rule that finds as many faults as it is told, each in words of its own. */
function talkative(faults: number): Rule {
  return {
    id: 'talkative',
    category: 'hygiene',
    severity: 'warning',
    summary: 'It talks.',
    why: 'It can.',
    sources: [],
    check({ topology: { organization }, report }): void {
      for (let number = 0; number < faults; number += 1)
        report({ at: organization.name.at, message: `Fault ${number}.` });
    },
    examples: { good: [], bad: [] },
  };
}

interface Case {
  readonly faults: number;
  readonly reported: number;
  readonly leftOut: number;
}

const cases: readonly Case[] = [
  { faults: most, reported: most, leftOut: 0 },
  { faults: most + 1, reported: most, leftOut: 1 },
  // It would never end if it were not stopped.
  { faults: Infinity, reported: most, leftOut: 1 },
];

for (const { faults, reported, leftOut } of cases) {
  test(`of ${faults} findings of a rule ${reported} are reported`, () => {
    const { diagnostics } = lintSource('t.yaml', text, {
      rules: [talkative(faults)],
      fileExists: () => true,
    });
    const count = (rule: string): number => diagnostics.filter((one) => one.rule === rule).length;
    assert.deepEqual([count('talkative'), count('too-many-findings')], [reported, leftOut]);
  });
}
