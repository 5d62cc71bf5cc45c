import { printable } from '../base/printable.ts';

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Escapes text for an element or attribute; what XML cannot hold at all, such as controls, is written as `<U+0000>`.
 *
 * Source: https://www.w3.org/TR/xml/#charsets
 */
function escapeXml(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replaceAll(/[&<>"']/g, (sign) => references[sign] ?? sign);
}

/** An attribute's value stays on its line: readers make a blank of a line end that is not escaped. */
function attribute([name, value]: readonly [name: string, value: string | number]): string {
  return ` ${name}="${escapeXml(printable(String(value)))}"`;
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
  return escapeXml(text);
}

/** Writes a document around its one element. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}
