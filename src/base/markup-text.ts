import { printable } from './printable.ts';

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Writes words as text of XML or HTML, for an element or an attribute: what steers a reader, or what XML cannot hold, such as
 * controls, is written as `<U+0000>`; line ends stay.
 *
 * Source: https://www.w3.org/TR/xml/#charsets
 */
export function markupText(words: string, apostrophe: '&apos;' | '&#39;'): string {
  return words
    .split('\n')
    .map(printable)
    .join('\n')
    .replaceAll(/[&<>"']/g, (sign) => references[sign] ?? apostrophe);
}
