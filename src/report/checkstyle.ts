import { linedSources } from './compact.ts';
import type { Findings } from './report.ts';
import { positionAt } from './text-position.ts';
import { element, xmlDocument } from './xml.ts';

/**
 * A report as Checkstyle writes it, which many programs read.
 *
 * Unit: lines and columns count from 1, columns in UTF-16 code units.
 * Source: https://checkstyle.org/config.html
 */
export function checkstyle(findings: Findings): string {
  const textOf = linedSources(findings);
  const pathOf = findings.pathOf ?? ((file: string) => file);
  const files = [...findings.sources.keys()].map((file) => {
    const errors = findings.diagnostics
      .filter(({ at }) => at.file === file)
      .map(({ rule, severity, message, help, at }) => {
        const { line, column } = positionAt(textOf(file), at.start);
        const words = help === undefined ? message : `${message} ${help}`;
        return element('error', { line, column, severity, message: words, source: `mailtopo.${rule}` });
      });
    return element('file', { name: pathOf(file) }, '\n', ...errors);
  });
  return xmlDocument(element('checkstyle', { version: '4.3' }, '\n', ...files));
}
