import fc from 'fast-check';
import type { Diagnostic, Severity } from '../../src/base/diagnostic.ts';
import type { Findings, RuleWords } from '../../src/report/report.ts';

/** Text that has brought reports down: markup, escapes, controls, half characters, what a format gives a meaning. */
const nasty: readonly string[] = [
  '%0A',
  '::error::',
  '\r\n',
  '\n::set-output name=x::y',
  '##[error]',
  ']]>',
  '<!--',
  '&amp;',
  '<script>',
  '"',
  "'",
  '`',
  '|',
  '\\|',
  '\\',
  '[x](http://evil.example)',
  '![x](y)',
  '{0}',
  '{{1}}',
  '](2)',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udfff',
  '😀',
  '日本',
  '\t',
  ',',
  ':',
  '%',
  '@all',
  '#1',
  '$x$',
  '__proto__',
  '../',
  '//',
  ' ',
  '<U+0000>',
];

/** Any text, and more of what hurts. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

const severities: readonly Severity[] = ['error', 'warning', 'info'];
const rules: readonly string[] = ['mixed-source-servers', 'schema', 'malformed-smart-host'];

function diagnosticIn(file: string, text: string): fc.Arbitrary<Diagnostic> {
  const span = fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]) => ({ file, start: Math.min(a, b), end: Math.max(a, b), path: '/sendConnectors/a~1b/0' }));
  return fc.record(
    {
      rule: fc.constantFrom(...rules),
      severity: fc.constantFrom(...severities),
      message: hostileText,
      at: span,
      related: fc.array(fc.record({ at: span, note: hostileText }), { maxLength: 2 }),
      help: hostileText,
      fix: fc.record({
        description: hostileText,
        edits: fc.array(fc.record({ at: span, text: hostileText }), { maxLength: 2 }),
      }),
    },
    { requiredKeys: ['rule', 'severity', 'message', 'at', 'related'] },
  );
}

function wordsOf(id: string): RuleWords {
  return {
    id,
    category: 'hygiene',
    severity: 'info',
    lock: 'locked',
    summary: 'A fault.',
    why: 'Why.',
    wrong: ['a: 1\n'],
    right: [],
  };
}

/** Findings in files whose names, texts and messages are hostile. */
export const hostileFindings: fc.Arbitrary<Findings> = fc
  .uniqueArray(
    fc.tuple(
      hostileText.map((name) => `topologies/${name}`),
      hostileText,
    ),
    { selector: ([name]) => name, minLength: 1, maxLength: 3 },
  )
  .chain((files) =>
    fc
      .tuple(...files.map(([file, text]) => fc.array(diagnosticIn(file, text), { maxLength: 3 })))
      .map((groups) => ({
        diagnostics: groups.flat(),
        sources: new Map(files),
        wordsOf,
        version: () => '1.2.3',
      })),
  );
