import { escapeUnit } from '../log.ts';

/**
 * Writes one row of comma-separated values, as RFC 4180 has them.
 *
 * What a client or server says can neither end a row nor a field: control characters and line ends of any kind are written
 * as `\u000d`, and what holds a comma or a quote is quoted.
 */
export function csvRow(fields: readonly string[]): string {
  // Of most rows every field is plain, which is seen of all together at a fraction of the cost.
  const written = plain.test(fields.join('')) ? fields : fields.map(field);
  return `${written.join(',')}\r\n`;
}

/** What needs neither quotes nor another way to write it. */
const plain = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029",]*$/;

function field(text: string): string {
  if (plain.test(text)) return text;
  const line = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeUnit);
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
