import type { YAMLParseError } from 'yaml';
import { inOrder, type Checked, type Diagnostic } from '../base/diagnostic.ts';
import { bounds } from '../base/bounds.ts';
import { compose, type Composed } from './compose.ts';
import { findComments } from './find-comments.ts';
import { locate } from './locate.ts';
import type { LocatedDocument } from './located.ts';
import { wordSyntaxError } from './yaml-errors.ts';

function syntaxFault(file: string, start: number, end: number, message: string, help?: string): Diagnostic {
  const at = { file, start, end: Math.max(end, start), path: '' };
  return { rule: 'yaml-syntax', severity: 'error', message, at, related: [], ...(help ? { help } : {}) };
}

/** A directive of the file would make it another YAML than the language is written in. */
function checkVersion(file: string, text: string): readonly Diagnostic[] {
  const directive = /^%YAML\s+(?!1\.2\s*$)\S+.*$/m.exec(text);
  if (!directive || text.slice(0, directive.index).trim() !== '') return [];
  const end = directive.index + directive[0].trimEnd().length;
  const message =
    'The file asks for another YAML than 1.2, in which words such as "yes" mean something else.';
  return [syntaxFault(file, directive.index, end, message, 'Remove the %YAML directive.')];
}

function syntaxErrors(file: string, text: string, errors: readonly YAMLParseError[]): readonly Diagnostic[] {
  const first = [...errors].sort((a, b) => a.pos[0] - b.pos[0]).slice(0, bounds.syntaxFaults.most + 1);
  return first.map((error) => {
    const { message, help } = wordSyntaxError(error, text);
    const [start, end] = error.pos;
    const word = error.code === 'DUPLICATE_KEY' ? /^[^\s:]+/.exec(text.slice(start))?.[0].length : undefined;
    const last = Math.min(word === undefined ? end : start + word, text.length);
    return syntaxFault(file, Math.min(start, text.length), last, message, help);
  });
}

/** Says from which place on a file is more than a topology may be. */
function beyondBound(
  file: string,
  text: string,
  { kind, offset }: Exclude<Composed, { kind: 'document' }>,
): Diagnostic {
  const start = Math.min(offset, text.length);
  const end = Math.min(offset + 1, text.length);
  if (kind === 'too-deep') {
    const help = `Keep to ${bounds.nesting.most} levels.`;
    return syntaxFault(file, start, end, 'The file is nested too deeply.', help);
  }
  const message = `From here on the file is larger than a topology may be: it has more than ${bounds.lexemes.most} words and signs.`;
  return syntaxFault(file, start, end, message, 'Put each organization into a file of its own.');
}

/** Where one fault makes a thousand, the first ones are told, and that there are more. */
function firstOf(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const { most } = bounds.syntaxFaults;
  const sorted = inOrder(faults);
  const next = sorted[most];
  if (next === undefined) return sorted;
  const message = `From here on the file has more faults of syntax than the ${most} above.`;
  return [...sorted.slice(0, most), { ...next, message, help: 'Mend the first ones and lint again.' }];
}

/**
 * Parses YAML text into a document in which every node knows its place.
 *
 * Fails: with a fault of syntax there is no value, since what follows a fault is guesswork; the diagnostics say all faults,
 * but of too many the first ones.
 * Source: YAML 1.2.2.
 */
export function parseSource(file: string, text: string): Checked<LocatedDocument> {
  const composed = compose(text);
  if (composed.kind !== 'document') return { diagnostics: [beyondBound(file, text, composed)] };
  const syntax = syntaxErrors(file, text, composed.errors);
  const { root, diagnostics: located } = locate(file, composed.document);
  const diagnostics = [...checkVersion(file, text), ...syntax, ...located];
  if (diagnostics.length > 0 || root === undefined) return { diagnostics: firstOf(diagnostics) };
  return { value: { file, text, root, comments: findComments(file, text) }, diagnostics };
}
