import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { placeColumn, type Wish } from '../../src/picture/place-column.ts';

const cases: readonly (readonly [what: string, wishes: readonly Wish[], ys: readonly number[]])[] = [
  ['nothing', [], []],
  ['a wish that is free is granted', [{ height: 20, middle: 60 }], [50]],
  ['nothing stands above the top', [{ height: 20, middle: 0 }], [10]],
  [
    'two that want the same place share it',
    [
      { height: 20, middle: 100 },
      { height: 20, middle: 100 },
    ],
    [75, 105],
  ],
];

for (const [what, wishes, ys] of cases) {
  test(`placeColumn: ${what}`, () => assert.deepEqual(placeColumn(wishes, 10, 10), ys));
}

test('placeColumn: order and gaps are kept, whatever is wished', () => {
  const wish = fc.record({
    height: fc.integer({ min: 1, max: 90 }),
    middle: fc.integer({ min: 0, max: 900 }),
  });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
      const ys = placeColumn(wishes, 10, 10);
      let free = 10;
      for (const [index, y] of ys.entries()) {
        // Places are whole pixels, so a gap may be one of them smaller.
        assert.ok(y >= free - 1, `${y} is above ${free}`);
        free = y + (wishes[index]?.height ?? 0) + 10;
      }
    }),
  );
});
