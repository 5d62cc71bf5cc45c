import { printable } from '../base/printable.ts';
import { linedSources } from './compact.ts';
import { messageWithHelp, pathsOf, ruleUrl, summaryLine, type Findings } from './report.ts';
import { positionAt } from './text-position.ts';

/** Unit: characters; GitHub drops a step's summary when it is over 1 MiB, and a character is at most four bytes. */
const limit = 200_000;

/**
 * Writes text for a cell of a Markdown table, in which nothing of it is markup.
 *
 * Every sign becomes a character reference, which Markdown reads after it has looked for markup; so nobody has to know
 * all that may be markup one day. Source: https://github.github.com/gfm/#entity-and-numeric-character-references
 */
export function markdownCell(text: string): string {
  return printable(text).replaceAll(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The table that GitHub shows on the page of a run, for annotations are limited to ten of a kind. */
export function githubSummary(findings: Findings): string {
  const textOf = linedSources(findings);
  const head = `### mailtopo: ${summaryLine(findings)}\n\n`;
  if (findings.diagnostics.length === 0) return head;
  const pathOf = pathsOf(findings);
  const rows = findings.diagnostics.map((one) => {
    const { rule, severity, at } = one;
    const place = `${pathOf(at.file)}:${positionAt(textOf(at.file), at.start).line}`;
    const named = `[${markdownCell(rule)}](${ruleUrl(encodeURIComponent(rule))})`;
    return `| ${severity} | ${markdownCell(place)} | ${markdownCell(messageWithHelp(one))} | ${named} |\n`;
  });
  let table = '| | place | finding | rule |\n| --- | --- | --- | --- |\n';
  let shown = 0;
  for (const row of rows) {
    if (table.length + row.length > limit) break;
    table += row;
    shown += 1;
  }
  const rest = rows.length - shown;
  return `${head}${table}${rest === 0 ? '' : `\nand ${rest} more, which the log shows.\n`}\n`;
}
