import { printable } from '../base/printable.ts';
import { plain, type Paint } from '../report/report.ts';
import { traceValue } from '../trace/json.ts';
import { prettyTrace, type PlaceOf } from '../trace/pretty.ts';
import type { Tested } from './expectations.ts';
import { junitSuite } from './reports.ts';

/** Writes the outcome of tests for people; of those that fail with the trace that they got. */
export function prettyTests(tested: readonly Tested[], placeOf: PlaceOf, paint: Paint): string {
  const failed = tested.filter(({ failures }) => failures.length > 0).length;
  const lines = tested.map(({ name, failures, trace }) => {
    if (failures.length === 0) return `${paint.strong('ok    ')}  ${printable(name)}\n`;
    const reasons = failures.map((one) => `        ${printable(one)}\n`).join('');
    const shown =
      trace === undefined ? '' : `\n${prettyTrace(trace, placeOf, paint).replaceAll(/^(?=.)/gm, '    ')}\n`;
    return `${paint.error('failed')}  ${printable(name)}\n${reasons}${shown}`;
  });
  return `${lines.join('')}\n${tested.length - failed} passed, ${failed} failed\n`;
}

/** Writes the outcome of tests for programs. */
export function jsonTests(tested: readonly Tested[], placeOf: PlaceOf): string {
  const tests = tested.map(({ name, failures, trace }) => ({
    name,
    passed: failures.length === 0,
    failures,
    ...(trace && { trace: traceValue(trace, placeOf) }),
  }));
  return `${JSON.stringify({ version: 1, tests }, undefined, 2)}\n`;
}

/** Writes the outcome of tests as JUnit does. */
export function junitTests(file: string, tested: readonly Tested[], placeOf: PlaceOf): string {
  return junitSuite(
    file,
    tested.map(({ name, failures, trace }) => ({
      name,
      failures: failures.map((message) => ({
        message,
        text: trace === undefined ? message : prettyTrace(trace, placeOf, plain),
      })),
    })),
  );
}
