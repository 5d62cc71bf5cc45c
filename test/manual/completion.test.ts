import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { commandTree } from '../../src/command-tree.ts';
import { completion } from '../../src/command/completion.ts';
import { shells, type Shell } from '../../src/command/shells.ts';
import { formatNames } from '../../src/command/format-names.ts';
import { programWords } from '../../src/program-words.ts';
import { rules } from '../../rules/index.ts';

interface Case {
  /** The line up to the cursor. */
  readonly line: string;
  readonly offers: readonly string[];
}

const cases: readonly Case[] = [
  { line: 'mailtopo li', offers: ['lint'] },
  { line: 'mailtopo --v', offers: ['--version'] },
  { line: 'mailtopo lint --format ', offers: formatNames },
  { line: 'mailtopo rules --format ', offers: ['json', 'pretty'] },
  { line: 'mailtopo compile --with', offers: ['--with-keys'] },
  { line: 'mailtopo init --exchange-version 201', offers: ['2010', '2013', '2016', '2019'] },
  {
    line: 'mailtopo explain open-',
    offers: rules.map(({ id }) => id).filter((id) => id.startsWith('open-')),
  },
  { line: 'mailtopo help f', offers: ['fmt'] },
  { line: 'mailtopo explain no-such-', offers: [] },
];

const folder = mkdtempSync(join(tmpdir(), 'mailtopo completion '));
after(() => rmSync(folder, { recursive: true, force: true }));
const nothing = (): void => {};

function scriptOf(shell: Shell): string {
  const file = join(folder, `_mailtopo.${shell}`);
  let text = '';
  const streams = { out: (part: string) => void (text += part), err: nothing };
  completion(shell, programWords(commandTree({ later: nothing, streams })), streams);
  writeFileSync(file, text);
  return file;
}

const bashDriver = `
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_mailtopo
for one in "\${COMPREPLY[@]}"; do printf '%s\\n' "$one"; done
`;

/** The command that prints what a shell offers, one offer a line. */
const drivers: Readonly<
  Record<Exclude<Shell, 'powershell'>, (file: string, line: string) => readonly string[]>
> = {
  bash: (file, line) => ['bash', '--norc', '-c', bashDriver, 'bash', file, ...line.split(' ')],
  zsh: (file, line) => ['zsh', '-f', resolve('test/manual/ask-zsh.zsh'), file, line],
  fish: (file, line) => ['fish', '--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', file, line],
};

function offersOf(command: readonly string[]): readonly string[] {
  const [tool = '', ...rest] = command;
  const { stdout, stderr, status } = spawnSync(tool, rest, {
    encoding: 'utf8',
    timeout: 20_000,
    // Folders of the user hold completions of others, and histories.
    env: { PATH: process.env['PATH'], HOME: folder, TERM: 'dumb', LANG: 'C.UTF-8' },
  });
  assert.notEqual(status, null, `${tool} did not end: ${stderr}`);
  return [...new Set(stdout.split('\n').map((line) => line.split('\t')[0]?.trim() ?? ''))].filter(
    (offer) => offer !== '',
  );
}

function has(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
}

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  const skip = has(shell) || process.env['CI'] === 'true' ? false : `${shell} is not here`;
  test(`completion: ${shell} offers what can stand there`, { skip }, () => {
    const file = scriptOf(shell);
    for (const { line, offers } of cases) {
      const offered = offersOf(drivers[shell](file, line));
      assert.deepEqual([...offered].sort(), [...offers].sort(), `${shell}: ${line}`);
    }
  });
}

test('completion: every command and option is in every script', () => {
  const program = programWords(commandTree({ later: nothing, streams: { out: nothing, err: nothing } }));
  assert.ok(program.commands.length >= 10);
  for (const shell of shells) {
    let text = '';
    completion(shell, program, { out: (part) => void (text += part), err: nothing });
    for (const { name, options } of program.commands) {
      assert.ok(text.includes(name), `${shell} lacks ${name}`);
      for (const { long } of options)
        assert.ok(
          text.includes(shell === 'fish' ? `-l ${long.slice(2)} ` : long),
          `${shell} lacks ${name} ${long}`,
        );
    }
  }
});

test('completion: words with quotes, blanks and dollars stay words', () => {
  const hostile = `it's "$(exit 3)" [a]:b \\ \`c\` 100%`;
  const program = {
    name: 'mailtopo',
    version: '0',
    summary: hostile,
    options: [],
    commands: [
      {
        name: 'lint',
        summary: hostile,
        arguments: [],
        options: [{ long: '--fix', presence: 'optional' as const, summary: hostile }],
      },
    ],
  };
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    if (!has(shell) && process.env['CI'] !== 'true') continue;
    let text = '';
    completion(shell, program, { out: (part) => void (text += part), err: nothing });
    const file = join(folder, `_hostile.${shell}`);
    writeFileSync(file, text);
    assert.deepEqual(offersOf(drivers[shell](file, 'mailtopo lint --f')), ['--fix'], shell);
  }
});

test('completion: a shell that is not known is a fault of usage', () => {
  const program = programWords(commandTree({ later: nothing, streams: { out: nothing, err: nothing } }));
  assert.throws(
    () => completion('csh', program, { out: nothing, err: nothing }),
    /the shells are bash, zsh, fish, powershell/,
  );
});
