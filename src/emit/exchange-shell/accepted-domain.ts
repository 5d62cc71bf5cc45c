import type { EnsureAcceptedDomain } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote } from './quote.ts';

/** Unit: characters. Source: EXCH New-AcceptedDomain -Name. */
const nameLimit = 64;

/**
 * Names an accepted domain after itself; one of subdomains has no asterisk in its name, for as an identity that would be a
 * pattern.
 */
function acceptedDomainName({ domain }: EnsureAcceptedDomain): string {
  return domain.replace(/^\*\./, 'Subdomains of ').slice(0, nameLimit);
}

/** What `-Identity` of an accepted domain is: the name may be somebody else's, and have an asterisk. */
export const acceptedDomainIdentity = '([string]$domain.Guid)';

/** Makes an accepted domain, or sets its type. Source: EXCH New-AcceptedDomain, Set-AcceptedDomain. */
export function applyAcceptedDomain(step: EnsureAcceptedDomain, context: ScriptContext): Block {
  const domain = quote(step.domain);
  const type = quote(typeWord(step));
  return [
    ...located(context, step.origin),
    `$domain = ${findAcceptedDomain(step)}`,
    'if ($null -eq $domain) {',
    ...indent([
      `if ($PSCmdlet.ShouldProcess(${domain}, 'New-AcceptedDomain')) {`,
      ...indent([
        mark(
          `$null = New-AcceptedDomain -Name ${quote(acceptedDomainName(step))} -DomainName ${domain} -DomainType ${type} -Confirm:$false -ErrorAction Stop`,
          step.origin,
          'New-AcceptedDomain',
        ),
        `Write-Change -Text ${quote(`accepted domain ${step.domain}: made`)}`,
      ]),
      '}',
    ]),
    '}',
    `elseif ([string]$domain.DomainType -ne ${type} -and $PSCmdlet.ShouldProcess(${domain}, ${quote(`Set-AcceptedDomain -DomainType ${typeWord(step)}`)})) {`,
    ...indent([
      mark(
        `Set-AcceptedDomain -Identity ${acceptedDomainIdentity} -DomainType ${type} -Confirm:$false -ErrorAction Stop`,
        step.origin,
        'Set-AcceptedDomain',
      ),
      `Write-Change -Text ${quote(`accepted domain ${step.domain}: set`)}`,
    ]),
    '}',
  ];
}

/** Compares an accepted domain with what it shall be. */
export function verifyAcceptedDomain(step: EnsureAcceptedDomain, context: ScriptContext): Block {
  return [
    ...located(context, step.origin),
    mark(`$domain = ${findAcceptedDomain(step)}`, step.origin, 'Get-AcceptedDomain'),
    `if ($null -eq $domain) { Write-Finding -Text ${quote(`accepted domain ${step.domain} is missing`)} }`,
    `elseif ([string]$domain.DomainType -ne ${quote(typeWord(step))}) { Write-Finding -Text ${quote(`accepted domain ${step.domain} is not ${typeWord(step)}`)} }`,
  ];
}

/** Writes what finds an accepted domain by the domain itself. */
export function findAcceptedDomain({ domain }: EnsureAcceptedDomain): string {
  return `Get-TheOne -Of ${quote(domain)} -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq ${quote(domain)} })`;
}

/** Spells the type as Exchange does. */
export function typeWord({ type }: EnsureAcceptedDomain): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
