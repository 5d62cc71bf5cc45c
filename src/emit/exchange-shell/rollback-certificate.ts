import type { EnsureCertificate, TrustAuthority } from '../../plan/step.ts';
import { lookForRoot } from './authority.ts';
import { servicesKey } from './backup.ts';
import { indent, mark, type Block } from './block.ts';
import { lookForCertificate, serverArgument } from './certificate.ts';
import type { ScriptContext } from './context.ts';
import { mayBecomeDefault, restoreDefault } from './default-certificate.ts';
import { objectKey } from './object-key.ts';
import { quote, quoteList } from './quote.ts';

/**
 * Gives a service back to the certificate that had it; the certificate itself stays unless it shall go.
 *
 * Exchange takes no service off a certificate, so one that was there before stays enabled for it. It does not remove the
 * default one for SMTP.
 * Source: EXCH Enable-ExchangeCertificate -Services, Remove-ExchangeCertificate.
 */
export function rollbackCertificate(step: EnsureCertificate, context: ScriptContext): Block {
  const key = quote(objectKey(step));
  const services = step.services.filter((service) => service !== 'None');
  const server = serverArgument(context);
  return [
    ...lookForCertificate(step, context),
    `$saved = Get-Saved -Backup $kept -Key ${key}`,
    'if ($null -ne $certificate) {',
    ...indent([
      `$serving = @(Get-Text -Value (Get-Saved -Backup $kept -Key ${quote(servicesKey)})['Values']['Services'])`,
      `foreach ($other in @(Get-ExchangeCertificate${server} -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -ne [string]$certificate.Thumbprint })) {`,
      ...indent([
        "$before = @($serving | Where-Object { $_.StartsWith([string]$other.Thumbprint) } | ForEach-Object { $_.Split(':')[1].Split(',') } | ForEach-Object { $_.Trim() })",
        `$lost = @(Get-Missing -Entries @(${quoteList(services)} | Where-Object { $before -contains $_ }) -List @(([string]$other.Services).Split(',') | ForEach-Object { $_.Trim() }))`,
        "if ($lost.Count -gt 0 -and $PSCmdlet.ShouldProcess([string]$other.Thumbprint, ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$lost)))) {",
        ...indent([
          mark(
            `Enable-ExchangeCertificate${server} -Thumbprint ([string]$other.Thumbprint) -Services $lost -Confirm:$false -ErrorAction Stop`,
            step.origin,
            'Enable-ExchangeCertificate',
          ),
          "Write-Change -Text ('certificate {0}: enabled for {1} again' -f $other.Thumbprint, [string]::Join(', ', [string[]]$lost))",
        ]),
        '}',
      ]),
      '}',
      ...(mayBecomeDefault(step) ? restoreDefault(step, context) : []),
      "if ($saved['Present']) {",
      `    $more = @(Get-Missing -Entries @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }) -List @(([string]$saved['Values']['Services']).Split(',') | ForEach-Object { $_.Trim() }))`,
      `    if ($more.Count -gt 0) { Write-Host -Object ('stays: {0} is enabled for {1}, and Exchange takes no service off' -f ${key}, [string]::Join(', ', [string[]]$more)) }`,
      '}',
      'elseif (-not $RemoveCertificates) {',
      `    Write-Host -Object ${quote(`stays: ${objectKey(step)}; -RemoveCertificates removes it`)}`,
      '}',
      ...(mayBecomeDefault(step)
        ? [
            'elseif ($default -eq [string]$certificate.Thumbprint) {',
            `    Write-Finding -Text ${quote(`${objectKey(step)} is the default SMTP certificate, which Exchange does not remove: make another one the default first`)}`,
            '}',
          ]
        : []),
      `elseif ($PSCmdlet.ShouldProcess(${quote(step.name)}, 'Remove-ExchangeCertificate')) {`,
      ...indent([
        mark(
          `Remove-ExchangeCertificate${server} -Thumbprint ([string]$certificate.Thumbprint) -Confirm:$false -ErrorAction Stop`,
          step.origin,
          'Remove-ExchangeCertificate',
        ),
        `Write-Change -Text ${quote(`${objectKey(step)}: removed`)}`,
      ]),
      '}',
    ]),
    '}',
  ];
}

/** Trusts a root no more that apply brought, where it shall go: others may rely on it by now. */
export function rollbackAuthority(step: TrustAuthority, context: ScriptContext): Block {
  if (step.file === undefined) return [];
  return [
    ...lookForRoot(step, context),
    `$saved = Get-Saved -Backup $kept -Key ${quote(objectKey(step))}`,
    "if (-not $saved['Present'] -and (Test-TrustedRoot -Root $root)) {",
    ...indent([
      `if (-not $RemoveCertificates) { Write-Host -Object ${quote(`stays: ${objectKey(step)} is trusted; -RemoveCertificates removes it`)} }`,
      `elseif ($PSCmdlet.ShouldProcess(${quote(step.name)}, 'trust this root no more on this computer')) {`,
      ...indent([
        mark('Remove-TrustedRoot -Root $root', step.origin, 'Remove-TrustedRoot'),
        `Write-Change -Text ${quote(`${objectKey(step)}: trusted no more`)}`,
      ]),
      '}',
    ]),
    '}',
  ];
}
