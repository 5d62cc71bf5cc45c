/**
 * Measures how the time of each rule grows when a topology has ten times the connectors, in several shapes of topology.
 * Prints the rules that take longest and those that grow most; asserts nothing.
 */
import { parseArgs } from 'node:util';
import { rules } from '../../rules/index.ts';
import { runRule } from '../../src/lint/run-rules.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { bindTopology } from '../../src/model/bind-topology.ts';
import type { Topology } from '../../src/model/topology.ts';
import { parseSource } from '../../src/source/parse-source.ts';
import type { LocatedDocument } from '../../src/source/located.ts';
import { largeTopology, type LargeShape } from '../support/large-topology.ts';

const { values } = parseArgs({
  options: {
    connectors: { type: 'string', default: '5000' },
    ranges: { type: 'string', default: '20' },
    rule: { type: 'string' },
  },
});
const most = Number(values.connectors);
const ranges = Number(values.ranges);
const shapes: readonly LargeShape[] = ['one-server', 'many-servers', 'faulty'];
/** Growth of what takes less than this is noise. Unit: milliseconds. */
const noise = 20;

interface Bound {
  readonly document: LocatedDocument;
  readonly topology: Topology;
}

function bound(shape: LargeShape, connectors: number): Bound {
  const text = largeTopology({ shape, connectors, ranges });
  const { value: document, diagnostics } = parseSource('large.yaml', text);
  if (document === undefined) throw new Error(diagnostics[0]?.message ?? 'no document');
  const { value: topology } = bindTopology(document);
  if (topology === undefined) throw new Error('nothing was bound');
  return { document, topology };
}

/** Unit: milliseconds of processor time, of one run of a rule, since wall time is shared with whatever else runs. Some answers are kept with the topology, so each run gets one of its own. */
function timeOf(rule: Rule, { document, topology }: Bound): readonly [number, number] {
  const fresh = { ...topology };
  const begun = process.cpuUsage();
  const found = runRule(rule, { document, topology: fresh, fileExists: () => true });
  const { user, system } = process.cpuUsage(begun);
  return [(user + system) / 1000, found.length];
}

/** Unit: as before; what earlier runs left behind is cleared away first, and is not this rule's to clear. */
function quietTimeOf(rule: Rule, size: Bound): number {
  globalThis.gc?.();
  return timeOf(rule, size)[0];
}

interface Row {
  readonly id: string;
  readonly shape: LargeShape;
  readonly small: number;
  readonly large: number;
  readonly findings: number;
}

function measure(shape: LargeShape, chosen: readonly Rule[]): readonly Row[] {
  const small = bound(shape, most / 10);
  const large = bound(shape, most);
  return chosen.map((rule) => {
    const [first, findings] = timeOf(rule, large);
    if (first < noise) return { id: rule.id, shape, small: 0, large: first, findings };
    const smalls = Array.from({ length: 5 }, () => quietTimeOf(rule, small));
    const larges = Array.from({ length: 2 }, () => quietTimeOf(rule, large));
    return { id: rule.id, shape, small: Math.min(...smalls), large: Math.min(...larges), findings };
  });
}

const chosen = rules.filter(({ id }) => values.rule === undefined || id === values.rule);
const rows = shapes.flatMap((shape) => measure(shape, chosen));
const growth = ({ small, large }: Row): number => (large < noise ? 0 : large / Math.max(small, 0.01));
const worst = chosen.map(({ id }) =>
  rows.filter((row) => row.id === id).reduce((a, b) => (growth(b) > growth(a) ? b : a)),
);

console.log(
  `${most / 10} and ${most} Receive connectors with ${ranges} ranges each; node ${process.version}`,
);
console.log('growth   small ms   large ms  findings  shape         rule');
for (const row of worst.sort((a, b) => growth(b) - growth(a) || b.large - a.large)) {
  const grown = growth(row) === 0 ? '    -' : growth(row).toFixed(1).padStart(5);
  const times = `${row.small.toFixed(2).padStart(9)}  ${row.large.toFixed(1).padStart(9)}`;
  console.log(`${grown}  ${times}  ${String(row.findings).padStart(8)}  ${row.shape.padEnd(12)}  ${row.id}`);
}
