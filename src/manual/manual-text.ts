/** A term of the manual page with what is said of it. */
export type Entry = readonly [term: string, text: string];

/** When the words of the page last changed; a page without a date is a fault to those who check pages. */
export const pageDate = 'November 24, 2026';

export const description: string =
  `One YAML file describes a mail topology: Exchange servers, Send and Receive connectors, TLS, Domain Security
and third-party partners. The program finds what would be refused, would not work or would open a relay, and compiles the
file into scripts for the Exchange Management Shell, a transport that runs on Node, and the partner's side. The network is
used by the transport alone.`.replaceAll('\n', ' ');

export const findingsText: string =
  `Findings and generated text go to standard output, words about the run to standard error. In a report, ^
stands below a fault and - below a place that belongs to it. A finding is allowed in one place by a comment at the end of its
line or above it, with a reason; locked rules, which guard an open relay or a secret, cannot be allowed:`.replaceAll(
    '\n',
    ' ',
  );

export const suppression = '# mailtopo: allow <rule> -- <reason>';

export const environment: readonly Entry[] = [
  ['NO_COLOR', 'If it is not empty, nothing is coloured.'],
  ['FORCE_COLOR', 'Colours even where standard output is no terminal; 0 or false turns colours off.'],
  ['TERM', 'A terminal called dumb gets neither colours nor links.'],
  ['CI', 'If it is set, and not to false, reports hold no links.'],
  ['GITHUB_WORKSPACE', 'The root from which reports for GitHub name files.'],
  ['CI_PROJECT_DIR', 'The root from which reports for GitLab name files.'],
  ['GITHUB_STEP_SUMMARY', 'The file to which the format github adds a table of the findings.'],
];

export const files: readonly Entry[] = [
  ['topology.yaml', 'The usual name of a topology.'],
  [
    'folder/exchange',
    'Scripts, numbered, in a folder for each place where they are run; README.md says in which order.',
  ],
  ['folder/transport', 'The transport; node main.js starts it, and nothing has to be installed.'],
  ['folder/transport/keys', 'Where the transport looks for private keys.'],
  ['folder/partners', 'What each third party has to do.'],
  [
    'folder/manifest.json',
    'The digest of every file; folder/source-map.json leads from each cmdlet to its line.',
  ],
];

export const examples: readonly Entry[] = [
  ['Write a topology to begin with, and lint it:', 'mailtopo init\nmailtopo lint topology.yaml'],
  [
    'Lint all topologies below a folder, for people and for GitHub code scanning:',
    "mailtopo lint '**/topology.yaml' --format pretty --format sarif=findings.sarif",
  ],
  [
    'Show what could be fixed, then fix it:',
    'mailtopo lint --fix --diff topology.yaml\nmailtopo lint --fix topology.yaml',
  ],
  [
    'Compile, and check in CI that nobody forgot to:',
    'mailtopo compile topology.yaml -o out\nmailtopo compile topology.yaml -o out --check',
  ],
  ['Rehearse the topology on this machine:', 'mailtopo run out --rehearse'],
  [
    'Complete the command line, in bash, zsh, fish and PowerShell:',
    [
      'mailtopo completion bash > ~/.local/share/bash-completion/completions/mailtopo',
      'mailtopo completion zsh > /usr/local/share/zsh/site-functions/_mailtopo',
      'mailtopo completion fish > ~/.config/fish/completions/mailtopo.fish',
      'mailtopo completion powershell >> $PROFILE',
    ].join('\n'),
  ],
];
