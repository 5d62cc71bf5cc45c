import type { Fix } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { yamlScalar } from '../base/yaml-scalar.ts';

/** Makes the fix that writes a text in place of a value; `unsafe` where it is a guess. */
export function writeInstead(at: Span, text: string, safety: 'safe' | 'unsafe'): Fix {
  const edits = [{ at, text: yamlScalar(text) }];
  return { description: `Write ${text}.`, edits, ...(safety === 'unsafe' ? { safety } : {}) };
}

/** Makes the fix that writes one value of a list, such as a name, as another one; it is a guess. */
export function writeMeant(at: Span, meant: string | undefined): { readonly fix?: Fix } {
  return meant === undefined ? {} : { fix: writeInstead(at, meant, 'unsafe') };
}
