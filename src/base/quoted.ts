/** Unit: UTF-16 code units of a value that a message quotes. */
const longestQuote = 60;

/** Quotes a value in a message, not more of it than a line can hold. */
export function quoted(text: string): string {
  if (text.length <= longestQuote) return `"${text}"`;
  // No character is cut in two.
  const end = /[\ud800-\udbff]/.test(text.charAt(longestQuote - 1)) ? longestQuote - 1 : longestQuote;
  return `"${text.slice(0, end).trimEnd()}…"`;
}
