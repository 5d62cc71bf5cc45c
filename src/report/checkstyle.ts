import { linedSources } from './compact.ts';
import { messageWithHelp, pathsOf, type Findings } from './report.ts';
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
  const pathOf = pathsOf(findings);
  const files = [...findings.sources.keys()].map((file) => {
    const errors = findings.diagnostics
      .filter(({ at }) => at.file === file)
      .map((one) => {
        const { rule, severity, at } = one;
        const { line, column } = positionAt(textOf(file), at.start);
        return element('error', {
          line,
          column,
          severity,
          message: messageWithHelp(one),
          source: `mailtopo.${rule}`,
        });
      });
    return element('file', { name: pathOf(file) }, '\n', ...errors);
  });
  return xmlDocument(element('checkstyle', { version: '4.3' }, '\n', ...files));
}
