/** Text reaches a descriptor in full and in order, with Node's stream and without. */
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { OutputStream, type Writing } from '../src/output-stream.ts';

function refused(code: string): never {
  throw Object.assign(new Error(code), { code });
}

interface Case {
  readonly title: string;
  /** Answers the calls in turn: how many bytes are taken at most, or how the system refuses. */
  readonly answers: readonly (number | 'EAGAIN' | 'EPIPE' | 'ENOSPC')[];
  readonly isPlain?: boolean;
  /** How many bytes of all are written without a stream. */
  readonly plain: number;
  readonly rest: 'streamed' | 'lost';
  readonly faults?: readonly string[];
}

const texts = ['first\n', 'zwölf\n', 'last\n'];
const whole = Buffer.from(texts.join(''));

const cases: readonly Case[] = [
  { title: 'a file takes all at once', answers: [99, 99, 99], plain: 18, rest: 'lost' },
  {
    title: 'a pipe takes a few bytes at a time, and parts a letter',
    answers: [1, 5, 3, 1, 99, 99],
    plain: 18,
    rest: 'lost',
  },
  {
    title: 'a stream takes over where a pipe is full, and parts a letter',
    answers: [99, 3, 'EAGAIN'],
    plain: 9,
    rest: 'streamed',
  },
  {
    title: 'a terminal has a stream from the start',
    answers: [],
    isPlain: false,
    plain: 0,
    rest: 'streamed',
  },
  {
    title: 'nothing is written once nobody reads',
    answers: [99, 'EPIPE'],
    plain: 6,
    rest: 'lost',
    faults: ['EPIPE'],
  },
  { title: 'a full disk is told', answers: ['ENOSPC'], plain: 0, rest: 'lost', faults: ['ENOSPC'] },
];

for (const { title, answers, isPlain = true, plain, rest, faults = [] } of cases) {
  test(`output: ${title}`, () => {
    const left = [...answers];
    const written: Uint8Array[] = [];
    const streamed: Uint8Array[] = [];
    const told: (string | undefined)[] = [];
    const writing: Writing = {
      isPlain: () => isPlain,
      write: (_, bytes) => {
        const answer = left.shift();
        if (typeof answer === 'string') return refused(answer);
        const taken = bytes.subarray(0, answer);
        written.push(taken);
        return taken.length;
      },
      stream: () =>
        new Writable({
          write: (chunk: Uint8Array, _, done) => {
            streamed.push(chunk);
            done();
          },
        }),
    };
    const out = new OutputStream(1, ({ code }) => told.push(code), writing);
    for (const text of texts) out.write(text);
    assert.deepEqual(Buffer.concat(written), whole.subarray(0, plain));
    assert.deepEqual(Buffer.concat(streamed), whole.subarray(rest === 'lost' ? whole.length : plain));
    assert.deepEqual(told, faults);
    assert.equal(out.isSettled, rest === 'lost');
    assert.deepEqual(left, [], 'all answers are asked for');
  });
}
