import type { Artefact } from '../emitter.ts';
import { textOf, type Block } from './block.ts';
import { comment } from './quote.ts';
import { shellFunctionsFor } from './shell-functions.ts';

/** What makes up one script. */
export interface Script {
  readonly path: string;
  /** First lines: what it does, where and how it is run. */
  readonly about: readonly string[];
  /** `changing` scripts have -WhatIf and -Confirm. */
  readonly nature: 'reading' | 'changing';
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

function opening(body: string, { nature }: Script): Block {
  return [
    'Set-StrictMode -Version 2.0',
    "$ErrorActionPreference = 'Stop'",
    ...(nature === 'changing' ? ['$changes = 0'] : []),
    ...(nature === 'reading' || body.includes('Write-Finding') ? ['$findings = 0'] : []),
    ...(body.includes('-CertificateFile')
      ? ['$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent']
      : []),
  ];
}

function outcomeOf({ nature, steps }: Script): Block {
  const changed = nature === 'changing' ? ["Write-Host -Object ('{0} changed' -f $changes)"] : [];
  if (nature === 'changing' && !textOf(steps).text.includes('Write-Finding')) return [...changed, 'exit 0'];
  return [
    ...changed,
    "Write-Host -Object ('findings: {0}' -f $findings)",
    'if ($findings -gt 0) { exit 1 }',
    'exit 0',
  ];
}
