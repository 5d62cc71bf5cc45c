import { onOneLine } from '../readable-text.ts';

/**
 * Writes a PowerShell single-quoted string, in which nothing is expanded.
 *
 * PowerShell takes the four curly quotes U+2018 to U+201B for an apostrophe, so all five are doubled.
 * Source: PS about_Quoting_Rules, PS CharTraits.IsSingleQuote.
 */
export function quote(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** Writes a PowerShell array; one element stays an array. */
export function quoteList(items: readonly string[]): string {
  return `@(${items.map(quote).join(', ')})`;
}

/** Writes a PowerShell array over as many lines as it takes, several items to a line. */
export function quoteWrapped(items: readonly string[]): string {
  const lines: string[] = [];
  for (const item of items.map(quote)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + item.length > 104) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  return `@(\n${lines.map((line) => `    ${line}`).join(',\n')}\n)`;
}

/** Writes a comment; whatever would end its line becomes a blank. */
export function comment(text: string): string {
  return `# ${onOneLine(text)}`;
}
