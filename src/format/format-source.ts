import type { Checked } from '../base/diagnostic.ts';
import { withEdits } from '../base/with-edits.ts';
// Written when the project is built, so it has no source in TypeScript.
import { schema } from '../schema/expanded-schema.js';
import type { LocatedDocument } from '../source/located.ts';
import { parseSource } from '../source/parse-source.ts';
import { readPieces } from '../source/pieces.ts';
import { canonicalEdits, type ValueEdit } from './canonical-values.ts';
import { layOut } from './lay-out.ts';
import { sameNodes } from './same-nodes.ts';

/**
 * Writes a topology in its canonical form: values as Exchange writes them, and the blanks that belong there.
 *
 * Order, comments, quotes and line ends stay; formatting twice is formatting once. A file whose top is no map is no
 * topology and is left as it is.
 *
 * Fails: a text with a fault of syntax has no form, and the diagnostics say why. A form that means something else would
 * be our bug, and throws.
 */
export function formatSource(file: string, text: string): Checked<string> {
  const { value: document, diagnostics } = parseSource(file, text);
  if (document === undefined) return { diagnostics };
  if (document.root.kind !== 'map') return { value: text, diagnostics };
  const edits = canonicalEdits(document, schema).toSorted((a, b) => a.start - b.start);
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const lines = withEdits(text, edits).replaceAll('\r\n', '\n');
  const formatted = layOut(lines).replaceAll('\n', lineEnd);
  checkMeaning(document, formatted, edits);
  return { value: formatted, diagnostics };
}

function commentsOf(text: string): readonly string[] {
  const pieces = readPieces(text.replaceAll('\r\n', '\n'));
  return pieces.filter(({ kind }) => kind === 'comment').map(({ source }) => source.trimEnd());
}

function checkMeaning(before: LocatedDocument, text: string, edits: readonly ValueEdit[]): void {
  const { value: after } = parseSource(before.file, text);
  if (after === undefined) throw new Error('mailtopo bug: the formatted text is not YAML');
  const changed = new Map(edits.map(({ start, value }) => [start, value]));
  if (!sameNodes(before.root, after.root, changed)) {
    throw new Error('mailtopo bug: formatting would change a value');
  }
  const [comments, left] = [commentsOf(before.text), commentsOf(text)];
  if (comments.length !== left.length || comments.some((comment, index) => comment !== left[index])) {
    throw new Error('mailtopo bug: formatting would change a comment');
  }
}
