import type { Span } from '../base/span.ts';
import type { LocatedNode } from '../source/located.ts';
import { textOf, wordOf } from './read-node.ts';
import type { Resolve } from './references.ts';
import type { Authority, Issuer } from './topology.ts';

/** Words that stand in `issuedBy` where no declared authority signed. */
export const issuerWords: readonly ('public' | 'selfSigned')[] = ['public', 'selfSigned'];

/** Reads who signed a certificate; where nothing is written it counts as public, and `fallback` is its place. */
export function bindIssuer(
  node: LocatedNode | undefined,
  fallback: Span,
  resolveAuthority: Resolve<Authority>,
): Issuer {
  const text = textOf(node);
  if (!text) return { kind: 'public', at: fallback };
  const word = wordOf(issuerWords, text.value);
  if (word) return { kind: word, at: text.at };
  return { kind: 'authority', at: text.at, authority: resolveAuthority(text) };
}
