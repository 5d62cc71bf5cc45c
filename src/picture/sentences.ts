import type { Box, Line } from './picture.ts';
import { listed } from './box-words.ts';

/** Tells what connectors do in sentences; the boxes at the other ends of their lines are among those given. */
export function sentencesOf(
  kind: string,
  connectors: readonly Box[],
  others: readonly Pick<Box, 'id' | 'name'>[],
  lines: readonly Line[],
): readonly string[] {
  const names = new Map(others.map(({ id, name }) => [id, name]));
  const before = ends(lines, 'to', 'from', names);
  const after = ends(lines, 'from', 'to', names);
  return connectors.map(({ id, name, lines: words, alarm }) => {
    const from = listed(before.get(id) ?? []);
    const to = listed(after.get(id) ?? []);
    const said = [...words, ...(alarm === undefined ? [] : [alarm])].join('; ');
    return `${kind} "${name}", from ${from} to ${to}: ${said}.`;
  });
}

/** For each box, the names of the boxes at the far ends of its lines. */
function ends(
  lines: readonly Line[],
  near: 'from' | 'to',
  far: 'from' | 'to',
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const name = names.get(line[far]);
    if (name === undefined) continue;
    const known = found.get(line[near]);
    if (known) known.push(name);
    else found.set(line[near], [name]);
  }
  return found;
}
