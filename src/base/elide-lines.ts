/**
 * Cuts the middle out of lines that nobody would read to their end.
 *
 * Unit: `width` counts UTF-16 code units.
 */
export function elideLines(text: string, width: number): string {
  const shorten = (line: string): string =>
    line.length <= width
      ? line
      : `${line.slice(0, Math.ceil(width / 2))} … ${line.slice(-Math.floor(width / 4))}`;
  return text.split('\n').map(shorten).join('\n');
}
