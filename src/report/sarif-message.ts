import type { Diagnostic } from '../base/diagnostic.ts';
import { printable } from '../base/printable.ts';

/**
 * Writes text so that a reader of SARIF takes nothing in it for a link or a placeholder.
 *
 * Only what would be one is escaped: few readers undo the escapes, and a doubled brace would stand in every flow mapping.
 * Source: SARIF 2.1.0 §3.11.5, §3.11.6.
 */
export function sarifText(text: string): string {
  return printable(text)
    .replaceAll('](', '\\](')
    .replaceAll(/\{(\d+)\}/g, '{{$1}}');
}

/** Writes the words of a link to a related location. Source: SARIF 2.1.0 §3.11.6. */
function linkTo(id: number, words: string): string {
  const escaped = printable(words).replaceAll(/[\\[\]]/g, '\\$&');
  return `[${escaped.replaceAll(/\{(\d+)\}/g, '{{$1}}')}](${id})`;
}

/** The message, what to do, and a link to each place that belongs to it: GitHub shows only those that are linked. */
export function sarifMessage({ message, help, related }: Diagnostic): string {
  const links = related.map(({ note }, index) => linkTo(index + 1, note)).join(', ');
  return [
    sarifText(message),
    ...(help === undefined ? [] : [sarifText(help)]),
    ...(links === '' ? [] : [`See ${links}.`]),
  ].join(' ');
}
