import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes } from '../../src/fix/apply-fixes.ts';

/** A fix as a list of edits: start, end, text. */
type Edits = readonly (readonly [start: number, end: number, text: string])[];

interface Case {
  readonly title: string;
  readonly text: string;
  readonly fixes: readonly Edits[];
  readonly result: string;
  readonly applied: readonly number[];
}

const cases: readonly Case[] = [
  { title: 'none', text: 'abc', fixes: [], result: 'abc', applied: [] },
  {
    title: 'two apart, in any order',
    text: 'abcdef',
    fixes: [[[4, 5, 'X']], [[0, 1, 'Y']]],
    result: 'YbcdXf',
    applied: [0, 1],
  },
  {
    title: 'side by side',
    text: 'abcd',
    fixes: [[[0, 2, 'X']], [[2, 4, 'Y']]],
    result: 'XY',
    applied: [0, 1],
  },
  {
    title: 'overlapping: the first wins',
    text: 'abcd',
    fixes: [[[0, 3, 'X']], [[2, 4, 'Y']]],
    result: 'Xd',
    applied: [0],
  },
  {
    title: 'one inside the other',
    text: 'abcd',
    fixes: [[[1, 2, 'X']], [[0, 4, 'Y']]],
    result: 'aXcd',
    applied: [0],
  },
  {
    title: 'two insertions at one place',
    text: 'ab',
    fixes: [[[1, 1, 'X']], [[1, 1, 'Y']]],
    result: 'aXb',
    applied: [0],
  },
  {
    title: 'a fix of two edits, one of which has no room, is left out whole',
    text: 'abcdef',
    fixes: [
      [[4, 5, 'X']],
      [
        [0, 1, 'Y'],
        [4, 6, 'Z'],
      ],
    ],
    result: 'abcdXf',
    applied: [0],
  },
  {
    title: 'edits of one fix that meet',
    text: 'abcd',
    fixes: [
      [
        [0, 2, 'X'],
        [1, 3, 'Y'],
      ],
    ],
    result: 'abcd',
    applied: [],
  },
  {
    title: 'new lines end as those of the text',
    text: 'a\r\nb',
    fixes: [[[1, 1, '\nc']]],
    result: 'a\r\nc\r\nb',
    applied: [0],
  },
  {
    title: 'a comment stays',
    text: 'a: [b, # why\n  c]',
    fixes: [[[5, 15, '']]],
    result: 'a: [b, # why\n  c]',
    applied: [],
  },
  {
    title: 'a number sign in a value is no comment',
    text: 'a: "b#c"\nd',
    fixes: [[[4, 9, 'x']]],
    result: 'a: "xd',
    applied: [0],
  },
];

for (const { title, text, fixes, result, applied } of cases) {
  test(`applyFixes: ${title}`, () => {
    const numbered = fixes.map((edits, index) => ({
      index,
      fix: {
        description: 'Change it.',
        edits: edits.map(([start, end, put]) => ({ at: { file: 'x', start, end, path: '' }, text: put })),
      },
    }));
    const done = applyFixes(text, numbered);
    assert.equal(done.text, result);
    assert.deepEqual(
      done.applied.map(({ index }) => index),
      applied,
    );
  });
}
