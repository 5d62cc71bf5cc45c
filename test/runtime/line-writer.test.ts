import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineWriter } from '../../runtime/line-writer.ts';

function stream(takes: 'all' | 'nothing') {
  return {
    text: '',
    takes,
    writableLength: 0,
    write(text: string) {
      this.text += text;
      if (this.takes === 'nothing') this.writableLength += text.length;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const sayDropped = (count: number): string => `${count} dropped\n`;

test('line writer: the lines of one turn are one write', async () => {
  let writes = 0;
  const out = { writableLength: 0, write: () => (writes += 1) };
  const lines = lineWriter(out, sayDropped);
  lines.write('a\n');
  lines.write('b\n');
  await turn();
  assert.equal(writes, 1);
});

test('line writer: a reader that takes nothing costs bounded memory, and hears how much it missed', async () => {
  const out = stream('nothing');
  const lines = lineWriter(out, sayDropped, 100);
  for (let number = 0; number < 50; number += 1) {
    lines.write(`line ${String(number).padStart(4)}\n`);
    if (number % 7 === 0) await turn();
  }
  await turn();
  assert.equal(out.text.split('\n').length - 1, 10);
  out.takes = 'all';
  out.writableLength = 0;
  lines.write('again\n');
  await turn();
  assert.match(out.text, /line {4}9\n40 dropped\nagain\n$/);
});

test('line writer: what was dropped at the end is told at the end', async () => {
  const out = stream('nothing');
  const lines = lineWriter(out, sayDropped, 10);
  lines.write('12345678\n');
  lines.write('12345678\n');
  await turn();
  lines.flush();
  assert.equal(out.text, '12345678\n1 dropped\n');
});

test('line writer: a stream that throws stops nobody', () => {
  const lines = lineWriter(
    {
      writableLength: 0,
      write() {
        throw new Error('ENOSPC');
      },
    },
    sayDropped,
  );
  lines.write('a\n');
  lines.flush();
});
