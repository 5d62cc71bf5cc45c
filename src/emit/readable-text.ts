/**
 * Makes a text safe to stand on one line of a comment or document: line ends, other control characters and invisible
 * ones, such as those that turn the writing direction, become blanks.
 */
export function onOneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** Writes a text into Markdown so that nothing in it formats, links or becomes HTML. */
export function markdownText(text: string): string {
  return onOneLine(text).replaceAll(/[\\`*_{}[\]()<>#+!|~&]/g, '\\$&');
}

/** Writes a text as Markdown code; grave accents in it cannot end it. */
export function markdownCode(text: string): string {
  const line = onOneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 && line !== '' ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}
