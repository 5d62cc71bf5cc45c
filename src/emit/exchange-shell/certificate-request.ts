import type { EnsureCertificate, Step } from '../../plan/step.ts';
import { fileNamesFor } from '../safe-file-name.ts';
import { indent, mark, type Block } from './block.ts';
import { serverArgument } from './certificate.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote, quoteList } from './quote.ts';

/** Unit: characters; a friendly name has to be shorter. Source: EXCH New-ExchangeCertificate -FriendlyName. */
const friendlyNameLimit = 64;

/**
 * Gives the certificates that are requested in a place: a key comes to be on one server, the first that shall have it, and
 * goes to the others as a PFX file. What nobody issues but the server itself is not requested.
 */
export function requestedIn(
  steps: readonly Step[],
  { plan, server }: ScriptContext,
): readonly EnsureCertificate[] {
  return steps.filter((step): step is EnsureCertificate => {
    if (step.kind !== 'certificate' || step.issuedBy === 'selfSigned' || step.domains.length === 0)
      return false;
    return plan.certificates.find(({ name }) => name === step.name)?.installedOn[0] === server?.name;
  });
}

/** Names the file that a request is written to. */
export function requestFileName({ plan }: ScriptContext, name: string): string {
  return `${fileNamesFor(plan.certificates.map((one) => one.name)).get(name) ?? '_'}.req`;
}

/** Says where requests lie; `$folder` is it afterwards. */
export const requestFolderBlock: Block = ["$folder = Join-Path -Path $here -ChildPath 'requests'"];

/**
 * Requests a certificate where none with all its names is installed; a request that was written is not written again.
 *
 * Source: EXCH New-ExchangeCertificate -GenerateRequest, -Path (2007), -RequestFile (2013, and 2016 and 2019 before the
 * updates of 2022); elsewhere the request is what the command gives.
 */
export function requestCertificate(step: EnsureCertificate, context: ScriptContext): Block {
  const server = serverArgument(context);
  return [
    ...located(context, step.origin, 'R15'),
    `$path = Join-Path -Path $folder -ChildPath ${quote(requestFileName(context, step.name))}`,
    `$installed = @(Get-ExchangeCertificate${server} -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains ${quoteList(step.domains)} })`,
    `if ($installed.Count -gt 0) { Write-Host -Object ${quote(`certificate ${step.name} is installed`)} }`,
    `elseif ([System.IO.File]::Exists($path)) { Write-Host -Object ('certificate {0} was requested: {1}' -f ${quote(step.name)}, $path) }`,
    `elseif ($PSCmdlet.ShouldProcess(${quote(step.name)}, 'New-ExchangeCertificate -GenerateRequest')) {`,
    ...indent([
      '$null = [System.IO.Directory]::CreateDirectory($folder)',
      ...requestCommands(step, context),
      `Write-Change -Text ('certificate {0}: requested, {1}' -f ${quote(step.name)}, $path)`,
    ]),
    '}',
  ];
}

function requestCommands(step: EnsureCertificate, context: ScriptContext): Block {
  const { version, plan } = context;
  const [first = ''] = step.domains;
  const isShared = (plan.certificates.find(({ name }) => name === step.name)?.installedOn.length ?? 0) > 1;
  const friendly = step.name.length < friendlyNameLimit ? ` -FriendlyName ${quote(step.name)}` : '';
  const command = [
    `New-ExchangeCertificate${serverArgument(context)} -GenerateRequest`,
    ` -SubjectName ${quote(`CN=${first}`)} -DomainName ${quoteList(step.domains)}${friendly} -KeySize 2048`,
    // Without it the key could not go to the other servers.
    isShared ? ' -PrivateKeyExportable $true' : '',
  ].join('');
  const ending = '-Confirm:$false -ErrorAction Stop';
  const marked = (text: string): Block => [mark(text, step.origin, 'New-ExchangeCertificate')];
  const write =
    '[System.IO.File]::WriteAllText($path, [string]::Join([Environment]::NewLine, [string[]]@($request)))';
  if (version === '2007') return marked(`$null = ${command} -Path $path ${ending}`);
  if (version === '2010' || version === 'SE') return [...marked(`$request = ${command} ${ending}`), write];
  return [
    '# Updates of 2022 took -RequestFile away; without it the command gives the request.',
    '$file = @{}',
    "if ((Get-Command -Name 'New-ExchangeCertificate').Parameters.ContainsKey('RequestFile')) { $file['RequestFile'] = $path }",
    ...marked(`$request = ${command} @file ${ending}`),
    `if ($file.Count -eq 0) { ${write} }`,
  ];
}
