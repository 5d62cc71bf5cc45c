import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSource } from '../../src/source/parse-source.ts';
import { mutatedText, nasty } from '../support/hostile-source.ts';
import { bytesHold, textHolds } from './holds.ts';
import { inputs } from './inputs.ts';

for (const { title, share, check } of inputs) {
  test(`robust: ${title} are linted, reported, fixed and formatted`, () => check({ numRuns: 100 * share }));
}

test('robust: enough of what is made up is YAML, and enough is none', () => {
  const texts = fc.sample(mutatedText, { numRuns: 200, seed: 1 });
  const sound = texts.filter((text) => parseSource('t', text).value !== undefined).length;
  assert.ok(sound > 40 && sound < 190, `${sound} of 200`);
});

const mapping = 'mailtopo: 1\norganization: { name: Contoso, exchangeVersion: "2016" }\n';

/** Whole texts that are nothing else but one trap. */
const traps: readonly string[] = [
  '',
  '\ufeff',
  ...nasty,
  ...nasty.map((text) => `${mapping}servers: ${text}\n`),
  `${mapping}a: &a [*a, *b]\n<<: *a\n<<: [*a, 1]\n`,
  `${mapping}servers: &s { A: &t { role: hub, <<: *t }, <<: *s }\n`,
  `%TAG ! tag:x,2000:\n---\n!a b: !c d\n...\n---\nx\n`,
  `${mapping}sendConnectors:\n  ? |\n    S\n  : >-\n    x\n  ? [a, b]\n  : 1\n`,
];

test(`robust: ${traps.length} traps`, () => {
  for (const text of traps) {
    textHolds(text);
    bytesHold(Buffer.from(text, 'utf16le'));
    bytesHold(Buffer.concat([Buffer.from(text), Buffer.of(0xff)]));
  }
});
