import type { EnsureCertificate } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import { certificateFileName } from './certificate-file.ts';
import { namesServerOfCertificates, type ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote, quoteList } from './quote.ts';

/**
 * Imports a certificate where it is missing and enables it for its services.
 *
 * A certificate with a file is known by its thumbprint, one without by its names. The private key is never ours: it comes
 * as a PFX file by a parameter, or it is on the server already, with the request that the issuer has answered.
 * Source: EXCH Import-ExchangeCertificate, Enable-ExchangeCertificate, DOC R15.
 */
export function applyCertificate(step: EnsureCertificate, context: ScriptContext): Block {
  const names = argumentsOf(step, context);
  const services = step.services.filter((service) => service !== 'None');
  return [
    ...lookForCertificate(step, context),
    `if ($null -eq $certificate -and $PSCmdlet.ShouldProcess(${quote(step.name)}, 'Import-ExchangeCertificate')) {`,
    ...indent([
      `if ([string]::IsNullOrEmpty($${names.file})) { throw ${quote(`certificate ${step.name} is not installed: give -${names.file} with a PFX file and -${names.password}, or with the issuer's answer to 02-request.ps1`)} }`,
      '# A PFX file has a password; the answer to a request has none, and its key is here.',
      '$password = @{}',
      `if ($null -ne $${names.password}) { $password['Password'] = $${names.password} }`,
      mark(importCommand(context, names.file), step.origin, 'Import-ExchangeCertificate'),
      `Write-Change -Text ${quote(`certificate ${step.name}: imported`)}`,
      `$certificate = ${find(step, context)}`,
      `if ($null -eq $certificate) { throw ${quote(`certificate ${step.name}: what was imported is another certificate, or its key is not here`)} }`,
    ]),
    '}',
    ...(services.length > 0
      ? [
          'if ($null -ne $certificate) {',
          ...indent([
            `$missing = @(Get-Missing -Entries ${quoteList(services)} -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))`,
            `if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess(${quote(step.name)}, ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$missing)))) {`,
            ...indent([
              mark(enableCommand(context), step.origin, 'Enable-ExchangeCertificate'),
              `Write-Change -Text ${quote(`certificate ${step.name}: enabled`)}`,
            ]),
            '}',
          ]),
          '}',
        ]
      : []),
  ];
}

/** Looks whether a certificate is there and enabled for its services. */
export function verifyCertificate(step: EnsureCertificate, context: ScriptContext): Block {
  return [
    ...lookForCertificate(step, context),
    `if ($null -eq $certificate) { Write-Finding -Text ${quote(`certificate ${step.name} is not installed`)} }`,
    'else {',
    ...indent([
      mark(
        `foreach ($service in @(Get-Missing -Entries ${quoteList(step.services)} -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))) {`,
        step.origin,
        'Get-ExchangeCertificate',
      ),
      `    Write-Finding -Text ('certificate {0} is not enabled for {1}' -f ${quote(step.name)}, $service)`,
      '}',
    ]),
    '}',
  ];
}

/** The script parameters that the private key comes in by. */
export function argumentsOf(
  { name }: EnsureCertificate,
  { argumentNames }: ScriptContext,
): { readonly file: string; readonly password: string } {
  const stem = argumentNames.certificates.get(name) ?? 'Certificate';
  return { file: `${stem}File`, password: `${stem}Password` };
}

/** Writes what finds a certificate on its server: `$certificate` is it, or nothing. */
export function lookForCertificate(step: EnsureCertificate, context: ScriptContext): Block {
  const { plan } = context;
  return [
    ...located(context, step.origin, 'R15'),
    ...(step.file === undefined
      ? []
      : [`$file = Get-CertificateFile -Name ${quote(certificateFileName(plan, 'certificate', step.name))}`]),
    `$certificate = ${find(step, context)}`,
  ];
}

/** Of several certificates with all the names the newest one is meant, as after a renewal. */
function find(step: EnsureCertificate, context: ScriptContext): string {
  const list = `Get-ExchangeCertificate${serverArgument(context)} -ErrorAction Stop`;
  if (step.file !== undefined) {
    return `Get-TheOne -Of ${quote(step.name)} -Found @(${list} | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })`;
  }
  return `${list} | Where-Object { Test-CertificateDomain -Certificate $_ -Domains ${quoteList(step.domains)} } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1`;
}

/**
 * The folder that an administrator stands in is not the one that .NET takes a relative path from, so the path is made
 * absolute first.
 *
 * Source: EXCH Import-ExchangeCertificate -Path (2007), -FileData (2010 and later), -Password.
 */
function importCommand(context: ScriptContext, name: string): string {
  const path = `$PSCmdlet.GetUnresolvedProviderPathFromPSPath($${name})`;
  const file =
    context.version === '2007' ? `-Path (${path})` : `-FileData ([System.IO.File]::ReadAllBytes(${path}))`;
  return `$null = Import-ExchangeCertificate${serverArgument(context)} ${file} @password -Confirm:$false -ErrorAction Stop`;
}

/**
 * Without -Force Exchange asks whether the default SMTP certificate shall be replaced, and that is for a person to
 * say: EdgeSync trusts the default one.
 *
 * Source: EXCH Enable-ExchangeCertificate -Force (not in 2007).
 */
function enableCommand(context: ScriptContext): string {
  const force = context.version === '2007' ? '' : ' -Force:$ReplaceDefaultSmtpCertificate';
  return `Enable-ExchangeCertificate${serverArgument(context)} -Thumbprint ([string]$certificate.Thumbprint) -Services $missing${force} -Confirm:$false -ErrorAction Stop`;
}

/** Names the server where the cmdlets for certificates take it. */
export function serverArgument(context: ScriptContext): string {
  const { server } = context;
  return server && namesServerOfCertificates(context) ? ` -Server ${quote(server.name)}` : '';
}
