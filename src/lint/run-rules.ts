import { bounds } from '../base/bounds.ts';
import { inOrder, type Diagnostic, type Severity } from '../base/diagnostic.ts';
import { unreachable } from '../base/failure.ts';
import { concerns, objectOf } from '../base/faulty-objects.ts';
import type { PemFile } from '../certificate/pem-file.ts';
import type { RuleLevel, Topology } from '../model/topology.ts';
import type { LocatedDocument } from '../source/located.ts';
import type { Report, Rule } from './rule.ts';
import { firstFindings } from './first-findings.ts';
import { applySuppressions } from './suppressions.ts';
import { unknownRule } from './unknown-rule.ts';

/** What the rules look at, and what the stages before them have said already. */
export interface LintInput {
  readonly document: LocatedDocument;
  readonly topology: Topology;
  readonly rules: readonly Rule[];
  readonly fileExists: (relativePath: string) => boolean;
  /** Absent: no certificate file can be read, and no rule speaks of one. */
  readonly certificateOf?: (relativePath: string) => PemFile;
  /** Absent: dates are not judged. Unit: milliseconds since 1970. */
  readonly now?: number;
  /** Faults of shape: a rule is not believed about an object that has one. */
  readonly earlier: readonly Diagnostic[];
}

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

function diagnose(rule: string, severity: Severity, report: Report): Diagnostic {
  return {
    rule,
    severity,
    message: report.message,
    at: report.at,
    related: report.related ?? [],
    ...(report.help === undefined ? {} : { help: report.help }),
    ...(report.fix === undefined ? {} : { fix: report.fix }),
  };
}

/** Thrown out of a rule that has found enough, and caught where the rule was called. */
const enough: unique symbol = Symbol('enough');

/** Runs one rule alone, at its own severities; it is stopped at the bound, and that is said. */
export function runRule(
  rule: Rule,
  input: Pick<LintInput, 'document' | 'topology' | 'fileExists' | 'certificateOf' | 'now'>,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { document, topology, fileExists, certificateOf = () => ({ kind: 'missing' }), now } = input;
  const report = (one: Report): void => {
    if (found.length === bounds.findingsOfARule.most) {
      found.push(leftOut(rule, one));
      throw enough;
    }
    found.push(diagnose(rule.id, one.severity ?? rule.severity, one));
  };
  try {
    rule.check({ document, topology, fileExists, certificateOf, now, report });
  } catch (thrown) {
    if (thrown !== enough) throw thrown;
  }
  return found;
}

function leftOut({ id }: Rule, { at }: Report): Diagnostic {
  const message = `The rule "${id}" has more than ${bounds.findingsOfARule.most} findings, and the rest is left out.`;
  return diagnose('too-many-findings', 'info', { at, message, help: 'Mend the first ones and lint again.' });
}

/** Finds the levels that the file may not set: of rules that do not exist, or that are locked. */
function checkLevels(topology: Topology, rules: readonly Rule[]): readonly Diagnostic[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return topology.levels.flatMap(({ rule, level }): readonly Diagnostic[] => {
    const named = known.get(rule.value);
    if (named === undefined) return [unknownRule(rule.value, rule.at, known.keys())];
    if (!lowers(named, level.value)) return [];
    const message = `The rule "${rule.value}" is locked and cannot be lowered to "${level.value}".`;
    return [diagnose('locked-rule', 'error', { at: level.at, message, help: 'Remove the level.' })];
  });
}

function lowers(rule: Rule, level: RuleLevel['level']['value']): boolean {
  return rule.lock === 'locked' && (level === 'off' || rank[level] < rank[rule.severity]);
}

/** Gives a diagnostic the level that the file sets for its rule; `undefined` where the file switches the rule off. */
function atLevel(
  one: Diagnostic,
  rule: Rule,
  levels: ReadonlyMap<string, RuleLevel>,
): Diagnostic | undefined {
  const level = levels.get(one.rule)?.level.value;
  if (level === undefined || lowers(rule, level)) return one;
  switch (level) {
    case 'off':
      return undefined;
    case 'info':
    case 'warning':
    case 'error':
      return { ...one, severity: level };
    default:
      return unreachable(level);
  }
}

/**
 * Runs all rules over a topology, and applies the levels and suppressions that the file sets.
 *
 * The result is in order and holds the earlier diagnostics as well.
 */
export function runRules(input: LintInput): readonly Diagnostic[] {
  const { document, topology, rules, earlier } = input;
  const levels = new Map(topology.levels.map((level) => [level.rule.value, level]));
  const faulty = new Set(earlier.map(({ at }) => objectOf(at.path)).filter((path) => path !== ''));
  const found = rules.flatMap((rule) =>
    runRule(rule, input)
      .filter((one) => !concerns(one, faulty))
      .flatMap((one) => atLevel(one, rule, levels) ?? []),
  );
  const left = applySuppressions(document, rules, inOrder(found));
  return firstFindings([...earlier, ...left, ...checkLevels(topology, rules)], bounds.findings);
}
