/** How much of something there may be, and why so much. */
export interface Bound {
  readonly most: number;
  readonly unit: string;
  /** What is counted. */
  readonly of: string;
  /** What is said of more, and where. */
  readonly beyond: string;
}

export type BoundName =
  | 'bytes'
  | 'lexemes'
  | 'nesting'
  | 'aliased'
  | 'key'
  | 'value'
  | 'syntaxFaults'
  | 'findings'
  | 'findingsOfARule'
  | 'findingsOfARun'
  | 'places'
  | 'words'
  | 'suppressions'
  | 'suppression';

/**
 * What a topology may take, so that no file makes a run endless or takes all memory; `src/source/README.md` shows them.
 *
 * All are our choice, and far above what a topology needs: 5,000 Receive connectors with 20 ranges each are 230,000 lines, 9 MB
 * and two million lexemes.
 */
export const bounds: Readonly<Record<BoundName, Bound>> = {
  bytes: {
    most: 32 * 1024 * 1024,
    unit: 'bytes',
    of: 'a file, or what comes in on standard input',
    beyond: 'exit 2; nothing more is read',
  },
  lexemes: {
    most: 2_500_000,
    unit: 'lexemes',
    of: 'words, signs, blanks between them and line ends of YAML',
    beyond: '`yaml-syntax` at the first one too many',
  },
  nesting: {
    most: 64,
    unit: 'levels',
    of: 'lists and maps in each other, with aliases written out',
    beyond: '`yaml-syntax` at the first one that lies too deep',
  },
  aliased: {
    most: 100_000,
    unit: 'values',
    of: 'what aliases and merge keys stand for in all, each counted as often as it would have to be written',
    beyond: '`yaml-syntax` at the first alias that goes beyond',
  },
  key: {
    most: 1024,
    unit: 'UTF-16 code units',
    of: 'a key; YAML has the same bound for a key without "?" before it',
    beyond: '`yaml-syntax` at the key',
  },
  value: {
    most: 65_536,
    unit: 'UTF-16 code units',
    of: 'a value',
    beyond: '`yaml-syntax` at the value',
  },
  syntaxFaults: {
    most: 100,
    unit: 'findings',
    of: 'faults of syntax in one file',
    beyond: 'the first ones are told, and `yaml-syntax` at the next one that there are more',
  },
  findingsOfARule: {
    most: 10_000,
    unit: 'findings',
    of: 'what one rule finds in one file',
    beyond: 'the rule is stopped, and `too-many-findings` says so at the next one',
  },
  findings: {
    most: 20_000,
    unit: 'findings',
    of: 'what is found in one file',
    beyond: '`too-many-findings` at the next one',
  },
  findingsOfARun: {
    most: 50_000,
    unit: 'findings',
    of: 'what is found in all files of a run',
    beyond: '`too-many-findings` at the next one',
  },
  places: {
    most: 10,
    unit: 'places',
    of: 'places beside its own that a finding shows',
    beyond: 'the first ones are shown',
  },
  words: {
    most: 1000,
    unit: 'UTF-16 code units',
    of: 'each text of a finding',
    beyond: 'its middle is left out, and an ellipsis says so',
  },
  suppressions: {
    most: 10_000,
    unit: 'comments',
    of: 'comments of a file that speak to mailtopo',
    beyond: '`malformed-suppression` at the next one; it and those behind it allow nothing',
  },
  suppression: {
    most: 1024,
    unit: 'UTF-16 code units',
    of: 'a comment that speaks to mailtopo',
    beyond: '`malformed-suppression` at the comment, which allows nothing',
  },
};
