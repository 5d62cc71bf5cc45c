import type { Diagnostic, Fix, FlowStep } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { linedSources } from './compact.ts';
import { fileUri } from './file-uri.ts';
import { fingerprint } from './fingerprint.ts';
import { printable } from '../base/printable.ts';
import { wellFormed } from './printable.ts';
import { pathsOf, ruleUrl, type Findings } from './report.ts';
import { sarifMessage, sarifText } from './sarif-message.ts';
import { sarifLevel, sarifRule } from './sarif-rule.ts';
import { firstLineOf, lineText, positionAt, type LinedText } from './text-position.ts';

/** What is looked up while a log is written. */
interface Lookup {
  readonly textOf: (file: string) => LinedText;
  readonly pathOf: (file: string) => string;
  readonly indexOf: ReadonlyMap<string, number>;
}

/** A place, clipped to its first line: GitHub shows what lies on one line where it is, and longer places not at all. */
function physicalLocation(at: Span, { textOf, pathOf }: Lookup): object {
  const text = textOf(at.file);
  const { line, column, endColumn } = firstLineOf(at, text);
  const snippet = { text: wellFormed(lineText(text, line).slice(column - 1, endColumn - 1)) };
  return {
    artifactLocation: { uri: fileUri(pathOf(at.file)) },
    region: { startLine: line, startColumn: column, endLine: line, endColumn, snippet },
  };
}

/** A fix is whole or wrong, so what it deletes is not clipped. Source: SARIF 2.1.0 §3.55. */
function sarifFix({ description, edits }: Fix, { textOf, pathOf }: Lookup): object {
  const files = [...new Set(edits.map(({ at }) => at.file))];
  const changesOf = (file: string): object => ({
    artifactLocation: { uri: fileUri(pathOf(file)) },
    replacements: edits
      .filter(({ at }) => at.file === file)
      .map(({ at, text }) => {
        const [start, end] = [positionAt(textOf(file), at.start), positionAt(textOf(file), at.end)];
        const region = {
          startLine: start.line,
          startColumn: start.column,
          endLine: end.line,
          endColumn: end.column,
        };
        return { deletedRegion: region, insertedContent: { text: wellFormed(text) } };
      }),
  });
  return { description: { text: sarifText(description) }, artifactChanges: files.map(changesOf) };
}

/** The steps that lead to a finding, as readers of a log walk through them. Source: SARIF 2.1.0 §3.36. */
function codeFlow(steps: readonly FlowStep[], lookup: Lookup): object {
  const locations = steps.map(({ at, note }) => ({
    location: {
      ...(at && { physicalLocation: physicalLocation(at, lookup) }),
      message: { text: sarifText(note) },
    },
  }));
  return { threadFlows: [{ locations }] };
}

function result(one: Diagnostic, lookup: Lookup): object {
  const { rule, severity, at, related, fix, flow = [] } = one;
  return {
    ruleId: rule,
    ruleIndex: lookup.indexOf.get(rule),
    level: sarifLevel[severity],
    message: { text: sarifMessage(one) },
    locations: [
      {
        physicalLocation: physicalLocation(at, lookup),
        logicalLocations: [{ fullyQualifiedName: printable(at.path), kind: 'member' }],
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, index) => ({
            id: index + 1,
            physicalLocation: physicalLocation(other.at, lookup),
            message: { text: sarifText(other.note) },
          })),
        }),
    ...(flow.length === 0 ? {} : { codeFlows: [codeFlow(flow, lookup)] }),
    partialFingerprints: { 'mailtopoFinding/v1': fingerprint(one) },
    ...(fix === undefined || fix.edits.length === 0 ? {} : { fixes: [sarifFix(fix, lookup)] }),
  };
}

/**
 * A log for programs that collect findings, among them GitHub code scanning.
 *
 * The key of the fingerprint is our own: GitHub's action computes `primaryLocationLineHash` and warns of any other value.
 *
 * Source: SARIF 2.1.0; https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarif(findings: Findings): string {
  const { diagnostics, wordsOf, version } = findings;
  const ids = [...new Set(diagnostics.map(({ rule }) => rule))].sort();
  const lookup: Lookup = {
    textOf: linedSources(findings),
    pathOf: pathsOf(findings),
    indexOf: new Map(ids.map((id, index) => [id, index])),
  };
  const driver = {
    name: 'mailtopo',
    fullName: 'mailtopo, the linter of Exchange mail topologies',
    ...(version === undefined ? {} : { semanticVersion: version() }),
    informationUri: ruleUrl('').replace(/#$/, ''),
    rules: ids.map((id) => sarifRule(id, wordsOf?.(id))),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    results: diagnostics.map((one) => result(one, lookup)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
