import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What happens to who does not know a fact: it is refused or fails, it does not work as meant, or nothing. */
export type Evidence = 'E' | 'W' | 'I';

/** A fact about Exchange that a topology can run against, in one sentence. */
export interface Constraint {
  readonly level: Evidence;
  readonly fact: string;
  readonly source: string;
}

/** Which rule tells of a fact, with those that do so beside it; or why none does. */
export interface Coverage {
  readonly rule?: string;
  readonly also?: readonly string[];
  readonly reason?: string;
}

/** The facts, by their ids. */
export type Constraints = Readonly<Record<string, Constraint>>;

/** What covers them, by the same ids. */
export type Coverages = Readonly<Record<string, Coverage>>;

/** Reads the facts. */
export function readConstraints(root: string): Constraints {
  return JSON.parse(readFileSync(join(root, 'rules/constraints.json'), 'utf8')) as Constraints;
}

/** Reads what covers them. */
export function readCoverage(root: string): Coverages {
  return JSON.parse(readFileSync(join(root, 'rules/coverage.json'), 'utf8')) as Coverages;
}

/** Lists the rules that an entry names. */
export function rulesIn({ rule, also = [] }: Coverage): readonly string[] {
  return rule === undefined ? also : [rule, ...also];
}

/** Makes a sentence of the tables fit for running Markdown: what looks like a tag or emphasis would vanish. */
export function inText(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('*', '\\*');
}
