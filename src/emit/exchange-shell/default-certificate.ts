import { compareVersions } from '../../exchange/version.ts';
import type { EnsureCertificate } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import { serverArgument } from './certificate.ts';
import { isOnEdge, type ScriptContext } from './context.ts';
import { quote } from './quote.ts';

/** The key by which a backup knows the certificate that a server shows to the others of its organization. */
export const defaultCertificateKey = 'Default SMTP certificate';

/**
 * Names the command that tells of a server's transport; a Client Access server of 2013 has Front End Transport alone.
 *
 * Source: EXCH Get-TransportService, Get-FrontendTransportService (2013 and later).
 */
export function transportCommand({ version, server }: ScriptContext): string {
  if (server?.role === 'clientAccess') return 'Get-FrontendTransportService';
  return compareVersions(version, '2013') < 0 ? 'Get-TransportServer' : 'Get-TransportService';
}

/**
 * Writes what gives the thumbprint of the default SMTP certificate.
 *
 * Source: https://techcommunity.microsoft.com/blog/exchange/tls-certificates-in-exchange-hybrid---common-issues--how-to-fix-them/4420592
 * (InternalTransportCertificateThumbprint).
 */
export function defaultThumbprint(context: ScriptContext): string {
  return `Get-DefaultThumbprint -Transport @(${transportOf(context)})`;
}

/** Writes what tells of the transport of the script's server; an Edge server tells of itself alone. */
export function transportOf(context: ScriptContext): string {
  const { server } = context;
  const identity = server && !isOnEdge(context) ? ` -Identity ${quote(server.name)}` : '';
  return `${transportCommand(context)}${identity} -ErrorAction Stop`;
}

/** Says whether enabling a certificate may make it the default one. Source: EXCH Enable-ExchangeCertificate -Services. */
export function mayBecomeDefault({ services }: EnsureCertificate): boolean {
  return services.includes('SMTP');
}

/**
 * Makes the former certificate the default one again where apply has replaced it; a person said so then, by a parameter or to
 * Exchange's question. `$default` is the default one afterwards.
 *
 * Source: EXCH Enable-ExchangeCertificate -Force (not in 2007, where Exchange asks).
 */
export function restoreDefault(step: EnsureCertificate, context: ScriptContext): Block {
  const server = serverArgument(context);
  const asks = context.version === '2007';
  return [
    `$default = ${defaultThumbprint(context)}`,
    `$former = [string](Get-Saved -Backup $kept -Key ${quote(defaultCertificateKey)})['Values']['Thumbprint']`,
    "if ($former -ne '' -and $former -ne $default -and $default -eq [string]$certificate.Thumbprint) {",
    ...indent([
      `if (@(Get-ExchangeCertificate${server} -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $former }).Count -eq 0) { Write-Finding -Text ('{0} was the default SMTP certificate and is not installed any more' -f $former) }`,
      "elseif ($PSCmdlet.ShouldProcess($former, 'Enable-ExchangeCertificate SMTP, as the default one')) {",
      ...indent([
        ...(asks
          ? [
              "Write-Host -Object 'Exchange asks whether the default SMTP certificate shall be replaced: answer Yes.'",
            ]
          : []),
        mark(
          `Enable-ExchangeCertificate${server} -Thumbprint $former -Services 'SMTP'${asks ? '' : ' -Force'} -Confirm:$false -ErrorAction Stop`,
          step.origin,
          'Enable-ExchangeCertificate',
        ),
        "Write-Change -Text ('certificate {0}: the default one for SMTP again' -f $former)",
        `$default = ${defaultThumbprint(context)}`,
      ]),
      '}',
      'elseif ($WhatIfPreference) { $default = $former }',
    ]),
    '}',
  ];
}
