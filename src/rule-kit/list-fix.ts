import type { Fix } from '../base/diagnostic.ts';
import type { ReceiveConnector } from '../model/topology.ts';

/**
 * Makes the fix that adds words to the written list of a parameter.
 *
 * Fails: gives none for a list with dashes, where an item is a line of its own, and for one that is not written.
 */
export function addWords(
  { written }: ReceiveConnector,
  key: string,
  words: readonly string[],
): Fix | undefined {
  const node = written.find((one) => one.key.value === key)?.node;
  const text = words.join(', ');
  const description = `Add ${text} to ${key}.`;
  if (node?.kind === 'scalar') {
    const start = { ...node.at, end: node.at.start };
    const end = { ...node.at, start: node.at.end };
    return {
      description,
      edits: [
        { at: start, text: '[' },
        { at: end, text: `, ${text}]` },
      ],
    };
  }
  const last = node?.kind === 'list' ? node.items.at(-1) : undefined;
  if (node?.kind !== 'list' || node.style !== 'flow' || !last) return undefined;
  return { description, edits: [{ at: { ...last.at, start: last.at.end }, text: `, ${text}` }] };
}
