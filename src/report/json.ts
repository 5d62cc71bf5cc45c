import type { Span } from '../base/span.ts';
import { linedSources } from './compact.ts';
import { countOf, ruleUrl, type Findings } from './report.ts';
import { positionAt, type LinedText, type Position } from './text-position.ts';

interface Range {
  readonly start: Position;
  readonly end: Position;
}

function rangeOf({ start, end }: Span, text: LinedText): Range {
  return { start: positionAt(text, start), end: positionAt(text, end) };
}

/**
 * The contract for programs, version 1.
 *
 * Unit: lines and columns count from 1, columns in UTF-16 code units; `end` is exclusive.
 */
export function json(findings: Findings): string {
  const textOf = linedSources(findings);
  const diagnostics = findings.diagnostics.map((one) => ({
    rule: one.rule,
    severity: one.severity,
    message: one.message,
    ...(one.help === undefined ? {} : { help: one.help }),
    url: ruleUrl(one.rule),
    file: one.at.file,
    path: one.at.path,
    range: rangeOf(one.at, textOf(one.at.file)),
    related: one.related.map(({ at, note }) => ({
      message: note,
      file: at.file,
      range: rangeOf(at, textOf(at.file)),
    })),
    ...(one.fix === undefined
      ? {}
      : {
          fix: {
            description: one.fix.description,
            edits: one.fix.edits.map(({ at, text }) => ({ range: rangeOf(at, textOf(at.file)), text })),
          },
        }),
  }));
  const summary = { files: findings.sources.size, ...countOf(findings.diagnostics) };
  return `${JSON.stringify({ version: 1, diagnostics, summary }, undefined, 2)}\n`;
}
