import type { YAMLParseError } from 'yaml';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { compose, deepestNesting } from './compose.ts';
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
  return errors.map((error) => {
    const { message, help } = wordSyntaxError(error, text);
    const [start, end] = error.pos;
    const word = error.code === 'DUPLICATE_KEY' ? /^[^\s:]+/.exec(text.slice(start))?.[0].length : undefined;
    const last = Math.min(word === undefined ? end : start + word, text.length);
    return syntaxFault(file, Math.min(start, text.length), last, message, help);
  });
}

/**
 * Parses YAML text into a document in which every node knows its place.
 *
 * Fails: with a fault of syntax there is no value, since what follows a fault is guesswork; the diagnostics say all faults.
 * Source: YAML 1.2.2.
 */
export function parseSource(file: string, text: string): Checked<LocatedDocument> {
  const composed = compose(text);
  if (composed.kind === 'too-deep') {
    const help = `Keep to ${deepestNesting} levels.`;
    const { offset } = composed;
    return { diagnostics: [syntaxFault(file, offset, offset + 1, 'The file is nested too deeply.', help)] };
  }
  const syntax = syntaxErrors(file, text, composed.errors);
  const { root, diagnostics: located } = locate(file, composed.document);
  const diagnostics = [...checkVersion(file, text), ...syntax, ...located];
  if (diagnostics.length > 0 || root === undefined) return { diagnostics };
  return { value: { file, text, root, comments: findComments(file, text) }, diagnostics };
}
