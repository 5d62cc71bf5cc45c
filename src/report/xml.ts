import { markupText } from '../base/markup-text.ts';
import { printable } from '../base/printable.ts';

/** An attribute's value stays on its line: readers make a blank of a line end that is not escaped. */
function attribute([name, value]: readonly [name: string, value: string | number]): string {
  return ` ${name}="${xmlText(printable(String(value)))}"`;
}

/** Writes an element; what is within it is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...within: readonly string[]
): string {
  const start = `<${name}${Object.entries(attributes).map(attribute).join('')}`;
  return within.length === 0 ? `${start}/>\n` : `${start}>${within.join('')}</${name}>\n`;
}

/** Writes text as the content of an element; line ends stay. */
export function xmlText(text: string): string {
  return markupText(text, '&apos;');
}

/** Writes a document around its one element. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}
