import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWholeFile, type FileFacts, type WholeFile } from '../src/whole-file.ts';

/** A file that a test makes up: its bytes, and what someone else does to it after so many reads. */
interface Story {
  readonly title: string;
  readonly text: string;
  readonly size?: number;
  readonly kind?: FileFacts['kind'];
  /** What a look at the file finds; the last one goes on. */
  readonly looks: readonly ((file: { text: string; mark: number }, reads: number) => void)[];
  readonly outcome: WholeFile | string;
}

function still(): void {}

const cases: readonly Story[] = [
  { title: 'stands still', text: 'a: 1\n', looks: [still], outcome: 'a: 1\n' },
  { title: 'is empty', text: '', looks: [still], outcome: '' },
  {
    title: 'has as many bytes as are allowed',
    text: 'x'.repeat(100),
    looks: [still],
    outcome: 'x'.repeat(100),
  },
  {
    title: 'has no size until it is read',
    text: 'x'.repeat(99),
    size: 0,
    looks: [still],
    outcome: 'x'.repeat(99),
  },
  {
    title: 'has one byte more',
    text: 'x'.repeat(101),
    looks: [still],
    outcome: { kind: 'unfit', reason: 'it is larger than 0.000095367431640625 MB' },
  },
  {
    title: 'has no end',
    text: 'x'.repeat(1_000_000),
    size: 0,
    looks: [still],
    outcome: { kind: 'unfit', reason: 'it is larger than 0.000095367431640625 MB' },
  },
  {
    title: 'is cut while it is read, and then stands still',
    text: 'a: 1\nb: 2\n',
    looks: [(file, reads) => void (reads === 1 && ((file.text = 'a: 1'), (file.mark += 1))), still],
    outcome: 'a: 1',
  },
  {
    title: 'grows while it is read, and then stands still',
    text: 'a: 1\n',
    looks: [(file, reads) => void (reads === 1 && ((file.text += 'b: 2\n'), (file.mark += 1))), still],
    outcome: 'a: 1\nb: 2\n',
  },
  {
    title: 'changes in place at every look',
    text: 'a: 1\n',
    looks: [(file) => void ((file.text = 'b: 2\n'), (file.mark += 1))],
    outcome: { kind: 'unfit', reason: 'it changes while it is read; run again' },
  },
  {
    title: 'is a folder',
    text: '',
    kind: 'folder',
    looks: [still],
    outcome: { kind: 'unfit', reason: 'it is a folder' },
  },
  {
    title: 'is a pipe',
    text: 'a: 1\n',
    kind: 'other',
    looks: [still],
    outcome: { kind: 'unfit', reason: 'it is not a regular file' },
  },
];

for (const { title, text, size, kind = 'file', looks, outcome } of cases) {
  for (const atOnce of [1, 3, 1000]) {
    test(`readWholeFile: a file that ${title}, ${atOnce} bytes at a time`, () => {
      const file = { text, mark: 0 };
      let look = -1;
      let open = 0;
      const found = readWholeFile('t', 100, () => {
        look += 1;
        open += 1;
        let place = 0;
        let reads = 0;
        return {
          facts: () => ({ kind, size: size ?? file.text.length, mark: String(file.mark) }),
          read(into) {
            reads += 1;
            (looks[look] ?? looks.at(-1) ?? still)(file, reads);
            const got = Buffer.from(file.text.slice(place, place + Math.min(atOnce, into.length)));
            into.set(got);
            place += got.length;
            return got.length;
          },
          close: () => void (open -= 1),
        };
      });
      assert.equal(open, 0, 'it is closed');
      assert.deepEqual(found.kind === 'read' ? Buffer.from(found.bytes).toString() : found, outcome);
    });
  }
}
