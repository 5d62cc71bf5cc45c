import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { literal } from '../../src/emit/exchange-shell/parameter-value.ts';
import { quote, quoteList } from '../../src/emit/exchange-shell/quote.ts';
import { exchangeVersions, type ExchangeVersion } from '../../src/exchange/version.ts';
import type { Plan } from '../../src/plan/step.ts';
import type { Host } from './engine.ts';
import { cmdletsIn } from './fake-module.ts';
import type { Check } from './main.ts';
import { withScripts, withScriptsOf } from './scripts.ts';

interface ParsedElement {
  readonly kind: 'parameter' | 'argument' | 'splat';
  readonly name?: string;
  readonly value?: { readonly type: string };
}

interface ParsedScript {
  readonly file: string;
  readonly bytes: { readonly bom: string | null; readonly lf: number; readonly cr: number };
  readonly errors: readonly { readonly message: string }[];
  readonly functions: readonly { readonly name: string }[];
  readonly commands: readonly { readonly name: string | null; readonly elements: readonly ParsedElement[] }[];
  readonly language: readonly { readonly since: string; readonly what: string; readonly text: string }[];
}

const hostile: readonly string[] = [
  '',
  'plain',
  "O'Brien",
  'O\u2019Brien',
  '\u2018\u2019\u201a\u201b\u201c\u201d\u201e',
  '$(exit 3)',
  '$env:PATH ${x} $x[0]',
  '`n`0`$',
  "'; Remove-Item -Recurse -Force / #",
  "#> @' '@ @\"",
  '\u{1f4e7}\u{1f468}\u200d\u{1f469}',
  'a\u2028b\u2029c\u0085d\u00a0e',
  '\u2013Identity \u2014 \u2015',
  '%{ } ?{ } | & ; < > ( )',
  '\ufeffx',
  '1kb 0x10 1e3',
];

/** Texts of random characters that matter to a parser, the same ones in every run. */
function randomTexts(count: number): readonly string[] {
  const characters = [...'\'\u2018\u2019\u201a\u201b"\u201c`$(){}#;|&@,.- \u2013ab1\u{1f4e7}\u2028\ufeff'];
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
export function checkLiterals(host: Host, check: Check): void {
  const texts = [...hostile, ...randomTexts(3000)];
  const values = host(['values'], JSON.stringify(texts.map(quote))) as readonly { readonly value: unknown }[];
  for (const [index, text] of texts.entries()) {
    check(`the literal of ${JSON.stringify(text)}`, () => assert.equal(values[index]?.value, text));
  }
  const others: readonly (readonly [string, unknown])[] = [
    [quoteList(hostile), hostile],
    [quoteList([]), []],
    [literal({ kind: 'boolean', value: true }), true],
    [literal({ kind: 'number', value: 25 }), 25],
    [literal({ kind: 'size', bytes: 37748736 }), '36MB'],
    [literal({ kind: 'list', items: ['a', 'b', 'c', 'd', 'e'] }), ['a', 'b', 'c', 'd', 'e']],
    [literal({ kind: 'null' }), null],
  ];
  const read = host(['values'], JSON.stringify(others.map(([source]) => source))) as readonly {
    readonly value: unknown;
  }[];
  for (const [index, [source, value]] of others.entries()) {
    check(`the value of ${source}`, () => assert.deepEqual(read[index]?.value, value));
  }
}

/** What every PowerShell since 2.0 has, as far as the scripts use it. */
const builtIn: ReadonlySet<string> = new Set([
  'Export-Clixml',
  'Import-Clixml',
  'Write-Error',
  'ForEach-Object',
  'Get-Command',
  'Get-Date',
  'Get-Service',
  'Join-Path',
  'New-Object',
  'Restart-Service',
  'Select-Object',
  'Set-StrictMode',
  'Sort-Object',
  'Split-Path',
  'Where-Object',
  'Write-Host',
]);

/**
 * Checks that scripts parse, need no more than PowerShell 2.0 and use what their version has: those of the sample in
 * every version, and those of every example.
 */
export async function checkScripts(host: Host, check: Check): Promise<void> {
  for (const version of exchangeVersions) {
    const known = cmdletsIn(version);
    await withScripts(version, ({ folder, scripts }) => {
      for (const script of host(['parse', ...scripts]) as readonly ParsedScript[]) {
        checkScript(script, `${version} ${relative(folder, script.file)}`, known, check);
      }
    });
  }
  for (const name of readdirSync('examples', { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )) {
    await withScriptsOf(join('examples', name.name, 'topology.yaml'), ({ plan, folder, scripts }) => {
      check(`example ${name.name} has scripts`, () => assert.ok(scripts.length > 0));
      if (scripts.length === 0) return;
      for (const script of host(['parse', ...scripts]) as readonly ParsedScript[]) {
        const path = relative(folder, script.file);
        checkScript(script, `example ${name.name} ${path}`, cmdletsIn(versionAt(path, plan)), check);
      }
    });
  }
}

/** The version of the shell that a script runs in: its server's, or the organization's. */
function versionAt(path: string, plan: Plan): ExchangeVersion {
  const [, title] = /\d+-([^/]*)\//.exec(path) ?? [];
  const [only] = new Set(plan.steps.map(({ place }) => (place.kind === 'server' ? place.server : undefined)));
  return plan.servers.find(({ name }) => name === (title ?? only))?.version ?? plan.version;
}

function checkScript(
  script: ParsedScript,
  title: string,
  known: ReadonlyMap<string, readonly string[]>,
  check: Check,
): void {
  const own = new Set(script.functions.map(({ name }) => name));
  check(`${title} parses`, () => assert.deepEqual(script.errors, []));
  check(`${title} needs no more than PowerShell 2.0`, () => {
    assert.deepEqual(
      script.language.filter(({ since }) => since > '2.0'),
      [],
    );
  });
  check(`${title} has a byte-order mark and CR LF`, () => {
    assert.deepEqual(
      { bom: script.bytes.bom, lf: script.bytes.lf, cr: script.bytes.cr },
      { bom: 'utf-8', lf: 0, cr: 0 },
    );
  });
  check(`${title} uses commands and parameters that exist`, () => {
    for (const { name, elements } of script.commands) {
      assert.ok(name !== null, 'a command is named by an expression');
      const parameters = known.get(name);
      assert.ok(own.has(name) || builtIn.has(name) || parameters, `${name} is no command`);
      for (const element of elements) {
        if (element.kind === 'argument') {
          assert.equal(element.value?.type, 'ScriptBlock', `${name} has a positional argument`);
        }
        if (element.kind !== 'parameter' || !parameters || element.name === 'ErrorAction') continue;
        assert.ok(parameters.includes(element.name ?? ''), `${name} has no -${element.name}`);
      }
    }
  });
}
