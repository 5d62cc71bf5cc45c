import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { bindTopology } from '../../src/model/bind-topology.ts';
import { checkShape } from '../../src/schema/check-shape.ts';
import { schema } from '../../src/schema/expanded-schema.js';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { parseSource } from '../../src/source/parse-source.ts';

const words: readonly string[] = [...wordsOf(schema)];

/** Keys and values of the language, among them those that hold others. */
function* wordsOf(part: JsonSchema): Generator<string> {
  yield* (part.enum ?? []).map(String);
  for (const [key, value] of Object.entries(part.properties ?? {})) {
    yield key;
    yield* wordsOf(value);
  }
  for (const inner of [part.items, part.additionalProperties].flat()) {
    if (typeof inner === 'object') yield* wordsOf(inner);
  }
}

const leaf = fc.oneof(
  fc.constantFrom(...words, 'HUB01', 'fabrikam', 'HUB01\\In', 'yes', '~', '::', '10.0.0.1', '0.0.0.0:25', ''),
  fc.string({ maxLength: 8 }),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
);
const key = fc.oneof({ arbitrary: fc.constantFrom(...words), weight: 4 }, fc.string({ maxLength: 5 }));

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 8 }),
  ),
}));

/** Values that go deep enough into a topology to be bound. */
const nearlyTopology = fc
  .dictionary(fc.constantFrom(...Object.keys(schema.properties ?? {})), tree)
  .map((parts) => ({
    mailtopo: 1,
    ...parts,
    organization: { name: 'Contoso', exchangeVersion: 2010 },
  }));

function checkSpans(text: string, diagnostics: readonly Diagnostic[]): void {
  for (const { at, related, fix } of diagnostics) {
    const spans = [at, ...related.map((one) => one.at), ...(fix?.edits ?? []).map((one) => one.at)];
    for (const { start, end } of spans) {
      assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
    }
  }
}

for (const [title, values] of [
  ['any value', tree],
  ['what is nearly a topology', nearlyTopology],
] as const) {
  test(`${title} is checked and bound without a throw, and every fault lies in the text`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = stringify(value);
        const { value: document } = parseSource('topology.yaml', text);
        fc.pre(document !== undefined);
        const shape = checkShape(document);
        const { value: topology, diagnostics } = bindTopology(document);
        checkSpans(text, [...shape, ...diagnostics]);
        // What has the shape of a topology can always be bound.
        assert.ok(topology !== undefined || hasErrors(shape));
      }),
      { numRuns: 300 },
    );
  });
}
