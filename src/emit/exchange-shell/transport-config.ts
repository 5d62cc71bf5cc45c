import type { Span } from '../../base/span.ts';
import type { EnsureTransportConfig, PlannedParameter } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { managed, wantedTable } from './managed.ts';
import { quote, quoteList } from './quote.ts';

/** A list that others have entries on, too, with ours. */
export interface SharedList {
  readonly parameter: string;
  readonly entries: readonly string[];
  /** The step of the document that adds to it. */
  readonly documentStep?: string;
  readonly origin: Span;
}

/**
 * Adds what is missing to the lists and sets other values that differ.
 *
 * The lists belong to all partners and administrators, so they are read, added to and written back; the command of DOC R20 as printed would
 * drop everybody else's domains. Reading and writing back also works in 2007, which has no `@{Add=...}`.
 * Source: EXCH Set-TransportConfig -TLSReceiveDomainSecureList.
 */
export function applyTransportConfig(step: EnsureTransportConfig, context: ScriptContext): Block {
  const parameters = singleValues(step);
  return [
    ...located(context, step.origin),
    '$config = Get-TransportConfig -ErrorAction Stop',
    ...listsOf(step).flatMap((list) => [
      ...look(list),
      `if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess(${quote(list.parameter)}, ('add {0}' -f [string]::Join(', ', [string[]]$missing)))) {`,
      ...indent([
        mark(
          `Set-TransportConfig -${list.parameter} @($listed + $missing) -Confirm:$false -ErrorAction Stop`,
          list.origin,
          'Set-TransportConfig',
        ),
        `Write-Change -Text ('{0}: added {1}' -f ${quote(list.parameter)}, [string]::Join(', ', [string[]]$missing))`,
      ]),
      '}',
    ]),
    ...(parameters.length > 0
      ? [
          ...wantedTable(parameters),
          `$differing = Get-Difference -Of 'TransportConfig' -Actual $config -Wanted $wanted`,
          `if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('TransportConfig', 'Set-TransportConfig')) {`,
          ...indent([
            mark(
              'Set-TransportConfig @differing -Confirm:$false -ErrorAction Stop',
              step.origin,
              'Set-TransportConfig',
            ),
            `Write-Change -Text 'TransportConfig: set'`,
          ]),
          '}',
        ]
      : []),
  ];
}

/** Compares the lists, of which only our entries count, and other values with what they shall be. */
export function verifyTransportConfig(step: EnsureTransportConfig, context: ScriptContext): Block {
  const parameters = singleValues(step);
  return [
    ...located(context, step.origin),
    mark('$config = Get-TransportConfig -ErrorAction Stop', step.origin, 'Get-TransportConfig'),
    ...listsOf(step).flatMap((list) => [
      ...look(list),
      `foreach ($domain in $missing) { Write-Finding -Text ('{0} is not on {1}' -f $domain, ${quote(list.parameter)}) }`,
    ]),
    ...(parameters.length > 0
      ? [...wantedTable(parameters), `Test-Wanted -Of 'TransportConfig' -Actual $config -Wanted $wanted`]
      : []),
  ];
}

/** Gives the lists that have entries of ours. */
export function listsOf(step: EnsureTransportConfig): readonly SharedList[] {
  const { origin } = step;
  const lists: readonly SharedList[] = [
    {
      parameter: 'TLSSendDomainSecureList',
      entries: step.tlsSendDomainSecureList,
      documentStep: 'S13',
      origin,
    },
    {
      parameter: 'TLSReceiveDomainSecureList',
      entries: step.tlsReceiveDomainSecureList,
      documentStep: 'R20',
      origin,
    },
    ...managed('transportConfig', step.parameters).flatMap((one): readonly SharedList[] =>
      one.value.kind === 'list'
        ? [{ parameter: one.parameter, entries: one.value.items, origin: one.origin }]
        : [],
    ),
  ];
  return lists.filter(({ entries }) => entries.length > 0);
}

/** Gives the parameters that have one value each, which is ours. */
export function singleValues(step: EnsureTransportConfig): readonly PlannedParameter[] {
  return managed('transportConfig', step.parameters).filter(({ value }) => value.kind !== 'list');
}

function look({ parameter, entries, documentStep }: SharedList): Block {
  return [
    `# ${documentStep === undefined ? '' : `DOC ${documentStep}: `}entries of others stay on the list.`,
    `$listed = @(Get-Text -Value $config.${parameter})`,
    `$missing = @(Get-MissingEntry -Property '${parameter}' -Entries ${quoteList(entries)} -List $listed)`,
  ];
}
