import type { Diagnostic } from '../base/diagnostic.ts';
import type { LocatedDocument } from '../source/located.ts';
import { lineAt, NodeIndex } from './node-index.ts';
import type { Rule } from './rule.ts';
import { isCovered } from './suppressions.ts';

/** A text with suppressions, and the findings that they are for. */
export interface Suppressed {
  readonly text: string;
  readonly suppressed: readonly Diagnostic[];
}

/**
 * Writes a suppression above the node of each finding that may be suppressed; all else stays byte for byte.
 *
 * Rules at one place share a comment. What built-in checks and locked rules find is left, and so is what no comment could
 * stand above.
 */
export function addSuppressions(
  { root, text }: LocatedDocument,
  found: readonly Diagnostic[],
  rules: readonly Rule[],
  reason: string,
): Suppressed {
  const free = new Set(rules.filter(({ lock }) => lock === undefined).map(({ id }) => id));
  const nodes = new NodeIndex(root, text);
  const places = new Map<number, Set<string>>();
  const suppressed = found.filter((one) => {
    const line = free.has(one.rule) ? lineFor(one, nodes, text) : undefined;
    if (line === undefined) return false;
    places.set(line, (places.get(line) ?? new Set()).add(one.rule));
    return true;
  });
  return { text: withComments(text, places, reason), suppressed };
}

/** Finds the start of the line above which a suppression covers the finding; the closest node that can be reached so. */
function lineFor(one: Diagnostic, nodes: NodeIndex, text: string): number | undefined {
  let line = lineAt(text, one.at.start);
  for (;;) {
    const [start] = line;
    const covers = nodes.nodeOn(line);
    if (covers && isCovered(one, covers) && !nodes.isInsideValue(start)) return start;
    const around = nodes.nodeAround(start, one.at.end);
    if (around === undefined) return undefined;
    line = lineAt(text, around.start);
  }
}

function withComments(
  text: string,
  places: ReadonlyMap<number, ReadonlySet<string>>,
  reason: string,
): string {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const parts: string[] = [];
  let done = 0;
  for (const [start, names] of [...places].sort(([a], [b]) => a - b)) {
    const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
    const comment = `# mailtopo: allow ${[...names].sort().join(', ')} -- ${reason}`;
    parts.push(text.slice(done, start), indent, comment, lineEnd);
    done = start;
  }
  return parts.join('') + text.slice(done);
}
