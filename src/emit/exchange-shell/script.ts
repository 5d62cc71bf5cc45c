import type { Artefact } from '../emitter.ts';
import { textOf, type Block } from './block.ts';
import { onOneLine } from '../readable-text.ts';
import { comment, quote } from './quote.ts';
import { shellFunctionsFor } from './shell-functions.ts';

/** What makes up one script. */
export interface Script {
  readonly path: string;
  /** First lines: what it does, where and how it is run. */
  readonly about: readonly string[];
  /** `changing` scripts have -WhatIf and -Confirm; a `saving` one writes a file and nothing else. */
  readonly nature: 'reading' | 'saving' | 'changing';
  /** What errors and findings are at before the first step: the topology file. */
  readonly file: string;
  /** Parameters, each with its comment. */
  readonly parameters: readonly { readonly about: string; readonly declaration: string }[];
  /** Statements before the steps. */
  readonly settings: Block;
  readonly steps: readonly Block[];
}

/**
 * Puts a script together: what it is, its parameters, the small functions that it uses, the steps, the outcome.
 *
 * Everything in it runs in PowerShell 2.0. `-ErrorAction Stop` stands at each Exchange command, for the preference
 * variable does not reach the functions of implicit remoting.
 * Source: PS about_Requires, PS about_Functions_CmdletBindingAttribute, PS about_Preference_Variables.
 */
export function scriptArtefact(script: Script): Artefact {
  const outcome = outcomeOf(script);
  const body = textOf([script.settings, ...script.steps, outcome]).text;
  const functions = shellFunctionsFor(body).map((text): Block => [text]);
  const { text, lines } = textOf([
    heading(script),
    opening(body, script),
    ...functions,
    script.settings,
    ...script.steps,
    outcome,
  ]);
  return { kind: 'text', path: script.path, text, encoding: 'utf-8-bom-crlf', lines };
}

function heading({ about, nature, parameters }: Script): Block {
  const binding =
    nature === 'changing' ? '[CmdletBinding(SupportsShouldProcess = $true)]' : '[CmdletBinding()]';
  const declared = parameters.flatMap(({ about: words, declaration }, index) => [
    `    ${comment(words)}`,
    `    ${declaration}${index < parameters.length - 1 ? ',' : ''}`,
  ]);
  return [
    '#requires -Version 2.0',
    ...about.map(comment),
    binding,
    ...(declared.length === 0 ? ['param()'] : ['param(', ...declared, ')']),
  ];
}

/**
 * An error ends the script where it is, with the place in the topology: `exit` alone would leave the window's owner
 * without a word, and the next step may need this one.
 */
function opening(body: string, { nature, file }: Script): Block {
  return [
    'Set-StrictMode -Version 2.0',
    "$ErrorActionPreference = 'Stop'",
    `$at = ${quote(onOneLine(file))}`,
    '# An error ends the script here; it can be run again when the cause is mended.',
    'trap {',
    "    Write-Error -Message ('stopped at {0}: {1}' -f $at, $_.Exception.Message) -ErrorAction Continue",
    '    exit 2',
    '}',
    ...(nature === 'changing' ? ['$changes = 0'] : []),
    ...(body.includes('Test-Wanted') ? ['$compared = 0'] : []),
    ...(nature === 'reading' || body.includes('Write-Finding') ? ['$findings = 0'] : []),
    ...(/-CertificateFile|\$here\b/.test(body)
      ? ['$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent']
      : []),
  ];
}

function outcomeOf({ nature, steps }: Script): Block {
  if (nature === 'saving') return ['exit 0'];
  const changed = nature === 'changing' ? ["Write-Host -Object ('{0} changed' -f $changes)"] : [];
  if (nature === 'changing' && !textOf(steps).text.includes('Write-Finding')) return [...changed, 'exit 0'];
  const compared = textOf(steps).text.includes('Test-Wanted')
    ? ["Write-Host -Object ('values compared: {0}' -f $compared)"]
    : [];
  return [
    ...changed,
    ...compared,
    "Write-Host -Object ('findings: {0}' -f $findings)",
    'if ($findings -gt 0) { exit 1 }',
    'exit 0',
  ];
}
