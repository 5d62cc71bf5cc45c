import type { EnsureTransportConfig } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { managed, wantedTable } from './managed.ts';
import { quote, quoteList } from './quote.ts';

/** A list that belongs to all partners, with our entries. */
export interface DomainSecureList {
  readonly parameter: string;
  readonly domains: readonly string[];
  readonly documentStep: string;
}

/**
 * Adds what is missing to the domain-secure lists and sets other values that differ.
 *
 * The lists belong to all partners, so they are read, added to and written back; the command of DOC R20 as printed would
 * drop everybody else's domains. Reading and writing back also works in 2007, which has no `@{Add=...}`.
 * Source: EXCH Set-TransportConfig -TLSReceiveDomainSecureList.
 */
export function applyTransportConfig(step: EnsureTransportConfig, context: ScriptContext): Block {
  const parameters = managed('transportConfig', step.parameters);
  return [
    ...located(context, step.origin),
    '$config = Get-TransportConfig -ErrorAction Stop',
    ...listsOf(step).flatMap((list) => [
      ...look(list),
      `if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess(${quote(list.parameter)}, ('add {0}' -f [string]::Join(', ', [string[]]$missing)))) {`,
      ...indent([
        mark(
          `Set-TransportConfig -${list.parameter} @($listed + $missing) -Confirm:$false -ErrorAction Stop`,
          step.origin,
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
  const parameters = managed('transportConfig', step.parameters);
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
export function listsOf(step: EnsureTransportConfig): readonly DomainSecureList[] {
  const lists: readonly DomainSecureList[] = [
    { parameter: 'TLSSendDomainSecureList', domains: step.tlsSendDomainSecureList, documentStep: 'S13' },
    {
      parameter: 'TLSReceiveDomainSecureList',
      domains: step.tlsReceiveDomainSecureList,
      documentStep: 'R20',
    },
  ];
  return lists.filter(({ domains }) => domains.length > 0);
}

function look({ parameter, domains, documentStep }: DomainSecureList): Block {
  return [
    `# DOC ${documentStep}: entries of others stay on the list.`,
    `$listed = @(Get-Text -Value $config.${parameter})`,
    `$missing = @(Get-Missing -Entries ${quoteList(domains)} -List $listed)`,
  ];
}
