import type { EnsureAcceptedDomain, EnsureTransportConfig } from '../../plan/step.ts';
import { acceptedDomainIdentity, findAcceptedDomain, typeWord } from './accepted-domain.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { objectKey } from './object-key.ts';
import { quote, quoteList } from './quote.ts';
import { listsOf, singleValues, type SharedList } from './transport-config.ts';
import { wayBack } from './way-back.ts';

/** Takes our entries off the lists where they were not before, and brings other values back. */
export function rollbackTransportConfig(step: EnsureTransportConfig, context: ScriptContext): Block {
  const names = singleValues(step).map(({ parameter }) => parameter);
  return [
    ...located(context, step.origin),
    `$saved = Get-Saved -Backup $kept -Key ${quote(objectKey(step))}`,
    '$config = Get-TransportConfig -ErrorAction Stop',
    ...listsOf(step).flatMap(rollbackList),
    ...(names.length === 0
      ? []
      : [
          `$former = Get-Former -Values $saved['Values'] -Properties ${quoteList(names)}`,
          "$differing = Get-Difference -Of 'TransportConfig' -Actual $config -Wanted $former",
          "if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('TransportConfig', 'Set-TransportConfig')) {",
          ...indent([
            mark(
              'Set-TransportConfig @differing -Confirm:$false -ErrorAction Stop',
              step.origin,
              'Set-TransportConfig',
            ),
            "Write-Change -Text 'TransportConfig: set back'",
          ]),
          '}',
        ]),
  ];
}

/** A list that ends empty is cleared. Source: EXCH Set-TransportConfig -TLSReceiveDomainSecureList. */
function rollbackList({ parameter, entries, documentStep, origin }: SharedList): Block {
  return [
    `# ${documentStep === undefined ? '' : `DOC ${documentStep}: `}entries of others, and those that were there before, stay on the list.`,
    `$listed = @(Get-Text -Value $config.${parameter})`,
    `$added = @(Get-MissingEntry -Property '${parameter}' -Entries ${quoteList(entries)} -List @(Get-Text -Value $saved['Values']['${parameter}']))`,
    `$rest = @(Get-MissingEntry -Property '${parameter}' -Entries $listed -List $added)`,
    `if ($rest.Count -lt $listed.Count -and $PSCmdlet.ShouldProcess('${parameter}', ('remove {0}' -f [string]::Join(', ', [string[]]$added)))) {`,
    ...indent([
      'if ($rest.Count -eq 0) { $rest = $null }',
      mark(
        `Set-TransportConfig -${parameter} $rest -Confirm:$false -ErrorAction Stop`,
        origin,
        'Set-TransportConfig',
      ),
      `Write-Change -Text ('{0}: removed {1}' -f '${parameter}', [string]::Join(', ', [string[]]$added))`,
    ]),
    '}',
  ];
}

/** Removes an accepted domain that apply made, or gives it its former type. Source: EXCH Remove-AcceptedDomain. */
export function rollbackAcceptedDomain(step: EnsureAcceptedDomain, context: ScriptContext): Block {
  const domain = quote(step.domain);
  return [
    ...located(context, step.origin),
    ...wayBack({
      step,
      noun: 'AcceptedDomain',
      called: domain,
      variable: '$domain',
      find: findAcceptedDomain(step),
      identity: acceptedDomainIdentity,
      before: [],
      isChanged: `[string]$domain.DomainType -ne ${quote(typeWord(step))}`,
      restore: [
        "$type = [string]$saved['Values']['DomainType']",
        `if ([string]$domain.DomainType -ne $type -and $PSCmdlet.ShouldProcess(${domain}, ('Set-AcceptedDomain -DomainType {0}' -f $type))) {`,
        ...indent([
          mark(
            `Set-AcceptedDomain -Identity ${acceptedDomainIdentity} -DomainType $type -Confirm:$false -ErrorAction Stop`,
            step.origin,
            'Set-AcceptedDomain',
          ),
          `Write-Change -Text ${quote(`${objectKey(step)}: set back`)}`,
        ]),
        '}',
      ],
    }),
  ];
}
