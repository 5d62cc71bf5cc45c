import { printable } from '../base/printable.ts';
import type { Paint } from '../report/report.ts';
import { plain } from '../report/report.ts';
import { element, xmlDocument, xmlText } from '../report/xml.ts';
import { traceValue } from '../trace/json.ts';
import { prettyTrace, type PlaceOf } from '../trace/pretty.ts';
import type { Proof } from './proof.ts';

/** Writes proofs for people: what holds in a line, what is violated with a trace that shows it. */
export function prettyProofs(proofs: readonly Proof[], placeOf: PlaceOf, paint: Paint): string {
  const blocks = proofs.map((proof) => proofText(proof, placeOf, paint));
  const violated = proofs.filter(({ violations }) => violations.length > 0).length;
  const examined = proofs.reduce((sum, one) => sum + one.examined, 0);
  return `${blocks.join('')}\n${proofs.length - violated} hold, ${violated} violated; ${counted(examined)} examined\n`;
}

function counted(examined: number): string {
  return examined === 1 ? '1 class' : `${examined} classes`;
}

function proofText({ title, examined, facts, violations }: Proof, placeOf: PlaceOf, paint: Paint): string {
  const holds = violations.length === 0;
  const word = holds ? paint.strong('holds   ') : paint.error('violated');
  const head = `${word}  ${printable(title)}: ${counted(examined)}\n`;
  const known = facts.map((fact) => paint.faint(`            ${printable(fact)}\n`));
  const broken = violations.map(({ message, trace }) => {
    const shown = prettyTrace(trace, placeOf, paint).replaceAll(/^(?=.)/gm, '    ');
    return `          ${paint.error(printable(message))}\n\n${shown}\n`;
  });
  return [head, ...known, ...broken].join('');
}

/** Writes proofs for programs. */
export function jsonProofs(proofs: readonly Proof[], placeOf: PlaceOf): string {
  const value = {
    version: 1,
    proofs: proofs.map(({ title, examined, facts, violations }) => ({
      property: title,
      holds: violations.length === 0,
      examined,
      facts,
      violations: violations.map(({ message, trace }) => ({ message, trace: traceValue(trace, placeOf) })),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Writes proofs as a report of tests. Source: https://github.com/testmoapp/junitxml */
export function junitProofs(file: string, proofs: readonly Proof[], placeOf: PlaceOf): string {
  return junitSuite(
    file,
    proofs.map(({ title, violations }) => ({
      name: title,
      failures: violations.map(({ message, trace }) => ({
        message,
        text: prettyTrace(trace, placeOf, plain),
      })),
    })),
  );
}

/** A case of a report of tests; without failures it passes. */
export interface JunitCase {
  readonly name: string;
  readonly failures: readonly { readonly message: string; readonly text: string }[];
}

/** Writes cases as one suite that has the name of the file. */
export function junitSuite(file: string, cases: readonly JunitCase[]): string {
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ failures }) => failures.length > 0).length,
    errors: 0,
  };
  const written = cases.map(({ name, failures }) =>
    element(
      'testcase',
      { classname: file, name, time: 0 },
      ...failures.map(({ message, text }) => element('failure', { message }, xmlText(text))),
    ),
  );
  const suite = element('testsuite', { name: file, ...counts, skipped: 0, time: 0 }, '\n', ...written);
  return xmlDocument(element('testsuites', { name: 'mailtopo', ...counts, time: 0 }, '\n', suite));
}
