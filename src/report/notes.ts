import type { Findings, Paint, RuleWords } from './report.ts';

function fixNote({ diagnostics }: Findings): string | undefined {
  const fixable = diagnostics.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  const guesses = fixable.filter(({ safety }) => safety === 'unsafe').length;
  const safe = fixable.length - guesses;
  if (safe > 0 && guesses > 0)
    return `"mailtopo lint --fix" mends ${safe} of these; with --unsafe-fixes ${guesses} more, by a guess.`;
  if (safe > 0) return `"mailtopo lint --fix" mends ${safe} of these.`;
  if (guesses > 0) return `"mailtopo lint --fix --unsafe-fixes" mends ${guesses} of these, by a guess.`;
  return undefined;
}

/** What a finding can be answered with where the topology is right all the same. */
function allowNote({ diagnostics, wordsOf }: Findings): string | undefined {
  const rules = new Set(diagnostics.map(({ rule }) => rule));
  const words = [...rules].flatMap((rule): readonly RuleWords[] => {
    const said = wordsOf?.(rule);
    return said === undefined ? [] : [said];
  });
  const allowed = words.filter(({ category, lock }) => category !== 'built-in' && lock === undefined);
  if (allowed.length === 0) return undefined;
  const rule = allowed.length === 1 ? (allowed[0]?.id ?? '') : '<rule>';
  return `if the topology is right and a rule is not, write above the place: # mailtopo: allow ${rule} -- <reason>`;
}

/** What can be done about the findings as a whole; said once, at the end, and only where the rules are known. */
export function notes(findings: Findings, paint: Paint): readonly string[] {
  if (findings.wordsOf === undefined) return [];
  const said = [fixNote(findings), allowNote(findings)].filter((note) => note !== undefined);
  if (said.length === 0) return [];
  return [said.map((note) => `${paint.strong('note:')} ${note}\n`).join('')];
}
