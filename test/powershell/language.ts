import assert from 'node:assert/strict';
import { literal } from '../../src/emit/exchange-shell/parameter-value.ts';
import { quote, quoteList } from '../../src/emit/exchange-shell/quote.ts';
import type { Host } from './engine.ts';
import type { Check } from './lane.ts';
import type { Inspected } from './parsed.ts';

/** One of each that came after PowerShell 2.0. Source: PS about_* of the version that brought it. */
const later: readonly (readonly [since: string, sample: string])[] = [
  ['3.0', '1 -in 1, 2'],
  ['3.0', '1 -notin 1, 2'],
  ['3.0', '1 -shl 2'],
  ['3.0', '4 -shr 2'],
  ['3.0', '1 | ForEach-Object { $PSItem }'],
  ['3.0', '$x = $PSScriptRoot'],
  ['3.0', '$x = $PSCommandPath'],
  ['3.0', '1 | Where-Object Length -eq 1'],
  ['3.0', '1 | ForEach-Object Length'],
  ['3.0', '$x = [ordered]@{ a = 1 }'],
  ['3.0', '$x = [pscustomobject]@{ a = 1 }'],
  ['3.0', '$x = { $using:y }'],
  ['3.0', 'function f { param([Parameter(Mandatory)] $x) $x }'],
  ['3.0', 'f 3> $null'],
  ['3.0', 'f *> $null'],
  ['3.0', 'f 4>&1'],
  ['4.0', '$x = @(1).foreach({ 1 })'],
  ['4.0', '$x = @(1).where({ 1 })'],
  ['5.0', 'class C { }'],
  ['5.0', 'enum E { a }'],
  ['5.0', 'using namespace System.Text'],
  ['5.0', '$x = [Text.StringBuilder]::new()'],
  ['6.0', 'f &'],
  ['6.0', '$x = "`u{41}"'],
  ['6.0', '$x = "`e"'],
  ['6.2', '$x = 0b101'],
  ['6.2', '$x = 1u'],
  ['6.2', '$x = 1y'],
  ['7.0', 'f && g'],
  ['7.0', 'f || g'],
  ['7.0', '$x = $y ? 1 : 2'],
  ['7.0', '$x = $y ?? 1'],
  ['7.0', '$x ??= 1'],
  ['7.0', 'f\n| g'],
  ['7.1', '$x = ${y}?.Length'],
];

/** Checks that the host tells each later feature, and none where there is none. */
export async function checkLanguage(host: Host, check: Check): Promise<void> {
  const samples = [
    ...later,
    [
      '2.0',
      "try { $x = @{ a = 'b' }; f @x } catch { throw }; $x -contains 'c' | Where-Object { $_ }",
    ] as const,
  ];
  const pairs = samples.map(([, sample]) => [sample, sample]);
  const found = (await host.ask({ do: 'inspect', marker: 'Zq', pairs })) as readonly Inspected[];
  for (const [index, [since, sample]] of samples.entries()) {
    check(`language ${since}: ${sample}`, () => {
      const newest = (found[index]?.language ?? [])
        .map((one) => one.since)
        .toSorted()
        .at(-1);
      assert.equal(newest, since);
    });
  }
}

const hostile: readonly string[] = [
  ...[
    '',
    'plain',
    "O'Brien",
    'O\u2019Brien',
    '\u2018\u2019\u201a\u201b\u201c\u201d\u201e',
    '$(exit 3)',
    '$env:PATH ${x} $x[0]',
    '`n`0`$',
  ],
  ...[
    "'; Remove-Item -Recurse -Force / #",
    "#> @' '@ @\"",
    '\u{1f4e7}\u{1f468}\u200d\u{1f469}',
    'a\u2028b\u2029c\u0085d\u00a0e',
    '\u202egnp.exe\u202c',
  ],
  ...[
    '\u2013Identity \u2014 \u2015',
    '%{ } ?{ } | & ; < > ( )',
    '\ufeffx',
    '1kb 0x10 1e3',
    '-Force',
    "''",
    '\u2019'.repeat(64),
  ],
];

/** Texts of random characters that matter to a parser, the same ones in every run. */
function randomTexts(count: number): readonly string[] {
  const characters = [
    ...'\'\u2018\u2019\u201a\u201b"\u201c`$(){}#;|&@,.- \u2013ab1\u{1f4e7}\u2028\ufeff\u202e',
  ];
  let seed = 20091129;
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(12) }, () => characters[next(characters.length)]).join(''),
  );
}

/** Checks that the engine takes every literal for exactly the text that was meant. */
export async function checkLiterals(host: Host, check: Check): Promise<void> {
  const texts = [...hostile, ...randomTexts(3000)];
  const read = async (expressions: readonly string[]): Promise<readonly { readonly value: unknown }[]> =>
    (await host.ask({ do: 'values', expressions })) as readonly { readonly value: unknown }[];
  const values = await read(texts.map(quote));
  for (const [index, text] of texts.entries())
    check(`the literal of ${JSON.stringify(text)}`, () => assert.equal(values[index]?.value, text));
  const others: readonly (readonly [string, unknown])[] = [
    [quoteList(hostile), hostile],
    [quoteList([]), []],
    [literal({ kind: 'boolean', value: true }), true],
    [literal({ kind: 'number', value: 25 }), 25],
    [literal({ kind: 'size', bytes: 37748736 }), '36MB'],
    [literal({ kind: 'list', items: ['a', 'b', 'c', 'd', 'e'] }), ['a', 'b', 'c', 'd', 'e']],
    [literal({ kind: 'null' }), null],
  ];
  const found = await read(others.map(([source]) => source));
  for (const [index, [source, value]] of others.entries())
    check(`the value of ${source}`, () => assert.deepEqual(found[index]?.value, value));
}
