import type { Severity } from '../base/diagnostic.ts';

/** A diagnostic that a stage gives and no rule file: it has an id and words, but nothing to look at a topology with. */
export interface BuiltIn {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
}

/** What the stages before and around the rules can say; `rules` and `explain` list them beside the rules. */
export const builtIn: readonly BuiltIn[] = [
  {
    id: 'yaml-syntax',
    severity: 'error',
    summary: 'The file is not YAML 1.2, or uses more of YAML than a topology may.',
    why: `Tabs in the indentation, a key that stands twice, an alias of nothing or of itself, several documents in
      one file, bytes that are not UTF-8, control characters. Nothing can be said of a topology that cannot be read,
      so all other findings wait until these are gone.`,
  },
  {
    id: 'schema',
    severity: 'error',
    summary: 'A key or value is not of the topology language.',
    why: `The language has one JSON Schema, which editors read as well. An unknown key is most often a misspelled
      one, and a misspelled key would be a setting that silently does not apply.`,
  },
  {
    id: 'unknown-rule',
    severity: 'error',
    summary: 'A suppression or a level names a rule that does not exist.',
    why: 'A misspelled rule would leave the finding in place, or hide another one later.',
  },
  {
    id: 'malformed-suppression',
    severity: 'error',
    summary: 'A suppression is not of the form "allow <rule> -- <reason>".',
    why: 'Whoever reads the file next year wants to know why the finding was wrong there.',
  },
  {
    id: 'unused-suppression',
    severity: 'warning',
    summary: 'A suppression covers no finding.',
    why: 'The fault is gone or has moved, and a suppression that stays would hide the next one.',
  },
  {
    id: 'locked-rule',
    severity: 'error',
    summary: 'A suppression or a level touches a rule that is locked.',
    why: 'Rules that guard an open relay or a secret hold for every topology: what they find is mended, not allowed.',
  },
  {
    id: 'too-many-findings',
    severity: 'info',
    summary: 'A rule, a file or a run has more findings than are reported.',
    why: `Ten thousand faults of one kind have one cause, and nobody reads them to the end. The rule is stopped there, so that
      no file makes a run endless, and of all that a file or a run has the first findings are told. Where what was left out
      counts, so does this.`,
  },
  {
    id: 'unsupported-by-transport',
    severity: 'info',
    summary: 'The transport bundle does not act on a value that Exchange acts on.',
    why: `The scripts set every value that the topology writes. The bundle takes mail as the connectors would, but not
      every setting of Exchange means something to it, and what it leaves out it says.`,
  },
];
