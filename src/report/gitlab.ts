import type { Severity } from '../base/diagnostic.ts';
import { printable } from '../base/printable.ts';
import { linedSources } from './compact.ts';
import { distinctFingerprints } from './fingerprint.ts';
import { messageWithHelp, pathsOf, type Findings } from './report.ts';
import { positionAt } from './text-position.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', info: 'info' };

/**
 * GitLab's code quality report.
 *
 * Unit: lines count from 1.
 * Source: https://docs.gitlab.com/ci/testing/code_quality/
 */
export function gitlab(findings: Findings): string {
  const textOf = linedSources(findings);
  const pathOf = pathsOf(findings);
  const fingerprints = distinctFingerprints(findings.diagnostics, pathOf);
  const rows = findings.diagnostics.map((one, index) => {
    const { rule, severity, at } = one;
    const lines = textOf(at.file);
    const begin = positionAt(lines, at.start).line;
    // The end is exclusive; a place that takes its line end with it does not reach into the next line.
    const end = positionAt(lines, Math.max(at.start, at.end - 1)).line;
    return {
      type: 'issue',
      check_name: rule,
      description: printable(messageWithHelp(one)),
      severity: severities[severity],
      fingerprint: fingerprints[index],
      location: { path: printable(pathOf(at.file)), lines: { begin, end } },
    };
  });
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}
