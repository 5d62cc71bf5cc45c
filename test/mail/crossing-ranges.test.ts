import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OpenRanges } from '../../src/mail/crossing-ranges.ts';
import { RangeIndex } from '../../src/mail/range-index.ts';

const range = fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => ({
  family: 'ipv4' as const,
  first: BigInt(Math.min(a, b)),
  last: BigInt(Math.max(a, b)),
}));

test('open ranges that end inside another one are all found, and no others', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(range, fc.boolean()), { maxLength: 20 }), range, (ranges, asked) => {
      const open = new OpenRanges(ranges.map(([one]) => one));
      for (const [one, isOpen] of ranges) if (isOpen) open.open(one);
      const expected = ranges.filter(
        ([one, isOpen]) => isOpen && one.last >= asked.first && one.last < asked.last,
      );
      assert.deepEqual(new Set(open.endingInside(asked)), new Set(expected.map(([one]) => one)));
    }),
  );
});

test('ranges inside another one are all found, and the first of the list is the first', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 20 }), range, (ranges, asked) => {
      const index = new RangeIndex(ranges);
      const expected = ranges.filter((one) => asked.first <= one.first && one.last <= asked.last);
      assert.deepEqual(new Set(index.inside(asked)), new Set(expected));
      assert.equal(index.firstInside(asked), expected[0]);
    }),
  );
});
