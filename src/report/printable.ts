import { printable } from '../base/printable.ts';

export { printable };

/** Replaces half characters, which neither UTF-8 nor a URI can hold, by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
