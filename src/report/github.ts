import { printable } from '../base/printable.ts';
import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { linedSources } from './compact.ts';
import { pathsOf, type Findings } from './report.ts';
import { firstLineOf, positionAt } from './text-position.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Escapes what follows `::`, where only line ends and the escape itself mean something. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes the value of a property, which a comma or colon would end as well. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Workflow commands, one for each finding, which GitHub shows as annotations at their lines.
 *
 * Unit: columns count from 1; the end column is that of the last character.
 * Source: https://docs.github.com/en/actions/using-workflows/workflow-commands-for-github-actions
 */
export function github(findings: Findings): string {
  const textOf = linedSources(findings);
  const pathOf = pathsOf(findings);
  const wordsOf = ({ message, help, related }: Diagnostic): string => {
    const places = related.map(({ at, note }) => {
      return `${printable(note)}: ${printable(pathOf(at.file))}:${positionAt(textOf(at.file), at.start).line}`;
    });
    return [printable(message), ...(help === undefined ? [] : [printable(help)]), ...places].join('\n');
  };
  const commandOf = (one: Diagnostic): string => {
    const { line, column, endColumn } = firstLineOf(one.at, textOf(one.at.file));
    const properties = {
      file: printable(pathOf(one.at.file)),
      line,
      endLine: line,
      col: column,
      endColumn: Math.max(column, endColumn - 1),
      title: one.rule,
    };
    const written = Object.entries(properties).map(
      ([name, value]) => `${name}=${escapeProperty(String(value))}`,
    );
    return `::${commands[one.severity]} ${written.join(',')}::${escapeData(wordsOf(one))}\n`;
  };
  return findings.diagnostics.map(commandOf).join('');
}
