import { isMap, isScalar, isSeq, YAMLParseError, type Node } from 'yaml';

/**
 * Finds the keys that stand twice in one map, by what YAML takes them for: `1` and `"1"` are two keys.
 *
 * Source: YAML 1.2.2 §3.2.1.3.
 */
export function duplicateKeys(root: unknown): readonly YAMLParseError[] {
  const found: YAMLParseError[] = [];
  const open: unknown[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isSeq(node)) for (const item of node.items) push(open, item);
    if (!isMap(node)) continue;
    const known = new Set<unknown>();
    for (const { key, value } of node.items) {
      push(open, key);
      push(open, value);
      if (!isScalar(key)) continue;
      if (known.has(key.value)) found.push(faultAt(key));
      known.add(key.value);
    }
  }
  return found;
}

/** Scalars have nothing below them. */
function push(open: unknown[], node: unknown): void {
  if (isMap(node) || isSeq(node)) open.push(node);
}

function faultAt(key: Node): YAMLParseError {
  const start = key.range?.[0] ?? 0;
  return new YAMLParseError([start, start + 1], 'DUPLICATE_KEY', 'Map keys must be unique');
}
