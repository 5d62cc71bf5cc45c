import type { Diagnostic } from '../base/diagnostic.ts';
import { pretty } from './pretty.ts';
import { pathsOf, plain, type Findings } from './report.ts';
import { element, xmlDocument, xmlText } from './xml.ts';

/** An error or warning fails, for a report of tests knows nothing in between; an info passes with something to say. */
function testcase(one: Diagnostic, path: string, { sources }: Findings): string {
  const { rule, severity, message } = one;
  const shown = xmlText(pretty({ diagnostics: [one], sources }, plain));
  const outcome =
    severity === 'info'
      ? element('system-out', {}, shown)
      : element('failure', { type: severity, message }, shown);
  // No line in the name, so that readers know the case again after its block has moved.
  return element('testcase', { classname: path, name: `${rule}: ${message}`, time: 0 }, '\n', outcome);
}

function counts(diagnostics: readonly Diagnostic[]): { readonly tests: number; readonly failures: number } {
  const failures = diagnostics.filter(({ severity }) => severity !== 'info').length;
  return { tests: Math.max(1, diagnostics.length), failures };
}

/**
 * A report of tests as JUnit's runner for Ant writes it: a suite for each file, a case for each finding, and for a file
 * without any a case that passes.
 *
 * Source: https://github.com/testmoapp/junitxml
 */
export function junit(findings: Findings): string {
  const pathOf = pathsOf(findings);
  const suites = [...findings.sources.keys()].map((file) => {
    const own = findings.diagnostics.filter(({ at }) => at.file === file);
    const path = pathOf(file);
    const cases =
      own.length === 0
        ? [element('testcase', { classname: path, name: 'lints clean', time: 0 })]
        : own.map((one) => testcase(one, path, findings));
    const total = counts(own);
    const xml = element(
      'testsuite',
      { name: path, ...total, errors: 0, skipped: 0, time: 0 },
      '\n',
      ...cases,
    );
    return { ...total, xml };
  });
  const sum = (key: 'tests' | 'failures'): number => suites.reduce((total, suite) => total + suite[key], 0);
  const attributes = { name: 'mailtopo', tests: sum('tests'), failures: sum('failures'), errors: 0, time: 0 };
  return xmlDocument(element('testsuites', attributes, '\n', ...suites.map(({ xml }) => xml)));
}
