/**
 * Measures how long the command line takes to start: runs of `mailtopo lint` on an example, each paired with a run of
 * Node that does nothing, in an order that changes. Prints medians and the median of the ratios; asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '30' } } });
const pairs = Math.max(1, Number(values.pairs));
const nothing: readonly string[] = ['-e', '0'];
const lint: readonly string[] = ['dist/bin/mailtopo.js', 'lint', 'examples/contoso/topology.yaml'];

/** Unit: milliseconds, from the start of the process to its end. */
function timeOf(args: readonly string[]): number {
  const begun = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  const taken = Number(process.hrtime.bigint() - begun) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return taken;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

function pair(number: number): { readonly nothing: number; readonly lint: number } {
  if (number % 2 === 0) return { nothing: timeOf(nothing), lint: timeOf(lint) };
  const first = timeOf(lint);
  return { nothing: timeOf(nothing), lint: first };
}

// The first runs bring the files into memory.
pair(0);
pair(1);
const taken = Array.from({ length: pairs }, (_, number) => pair(number));
const ms = (numbers: readonly number[]): string => `${median(numbers).toFixed(0)} ms`;
console.log(`node ${process.version}, ${pairs} pairs`);
console.log(`node -e 0:      ${ms(taken.map((one) => one.nothing))}`);
console.log(`mailtopo lint:  ${ms(taken.map((one) => one.lint))}`);
console.log(`median ratio:   ${median(taken.map((one) => one.lint / one.nothing)).toFixed(2)}`);
