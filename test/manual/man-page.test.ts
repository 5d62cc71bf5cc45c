import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandTree } from '../../src/command-tree.ts';
import { manPage } from '../../src/manual/man-page.ts';
import { mdocArgument, mdocText } from '../../src/manual/mdoc.ts';
import { programWords } from '../../src/program-words.ts';

const nothing = (): void => {};
const program = programWords(commandTree({ later: nothing, streams: { out: nothing, err: nothing } }));
const page = manPage(program);

interface Case {
  readonly title: string;
  readonly written: string;
  readonly source: string;
}

const cases: readonly Case[] = [
  {
    title: 'a line does not begin a request',
    written: mdocText('.so /etc/passwd'),
    source: '\\&.so /etc/passwd',
  },
  { title: 'a backslash is one', written: mdocText('a\\fBb'), source: 'a\\efBb' },
  {
    title: 'dashes and quotes can be copied',
    written: mdocText("--fix 'x' ^~`"),
    source: '\\-\\-fix \\(aqx\\(aq \\(ha\\(ti\\(ga',
  },
  { title: 'other letters have their code', written: mdocText('Zoë 😀'), source: 'Zo\\[u00EB] \\[u1F600]' },
  { title: 'a sentence begins a line', written: mdocText('One. Two.'), source: 'One.\nTwo.' },
  { title: 'an argument that looks like a macro is text', written: mdocArgument('Op'), source: '"\\&Op"' },
  { title: 'quotes and blanks stay in an argument', written: mdocArgument('a "b'), source: '"\\&a \\(dqb"' },
];

for (const { title, written, source } of cases) {
  test(`mdoc: ${title}`, () => assert.equal(written, source));
}

test('man page: it tells of every command and option, and says nothing twice', () => {
  for (const { name, options } of program.commands) {
    const section = page.split(`.Ss ${name}\n`)[1]?.split(/^\.S[sh] /m)[0];
    assert.ok(section !== undefined, name);
    for (const { long } of options.filter((option) => option.long !== '--help'))
      assert.ok(section.includes(`Fl ${mdocArgument(long.slice(1))}`), `${name} ${long}`);
  }
});

test('man page: it is built where package.json says', () => {
  const { man } = JSON.parse(readFileSync('package.json', 'utf8')) as { man: string };
  assert.equal(readFileSync(man, 'utf8'), page);
});

const hasMandoc = spawnSync('mandoc', ['-T', 'lint'], { input: '' }).error === undefined;
const skip = hasMandoc || process.env['CI'] === 'true' ? false : 'mandoc is not here';
test('man page: mandoc finds nothing wrong and shows options to the letter', { skip }, () => {
  const { stdout, stderr, error } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning,stop'], {
    input: page,
    encoding: 'utf8',
  });
  assert.equal(error, undefined);
  assert.equal(`${stdout}${stderr}`, '');
  const shown = spawnSync('mandoc', ['-T', 'utf8'], { input: page, encoding: 'utf8' }).stdout.replaceAll(
    /.\u0008/gu,
    '',
  );
  assert.match(shown, /--exchange-version version/);
  assert.match(shown, /# mailtopo: allow <rule> -- <reason>/);
  assert.match(shown, /mailtopo lint '\*\*\/topology\.yaml' --format pretty/);
});
