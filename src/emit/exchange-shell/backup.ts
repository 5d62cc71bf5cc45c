import { unreachable } from '../../base/failure.ts';
import { findAcceptedDomain } from './accepted-domain.ts';
import { lookForRoot } from './authority.ts';
import { indent, mark, type Block } from './block.ts';
import { lookForCertificate, serverArgument } from './certificate.ts';
import type { ScriptContext } from './context.ts';
import {
  defaultCertificateKey,
  defaultThumbprint,
  mayBecomeDefault,
  transportCommand,
} from './default-certificate.ts';
import { lookForRights } from './extended-right.ts';
import { located } from './located.ts';
import { restorableProperties } from './managed.ts';
import { settingObjectOf } from './setting-object.ts';
import { objectKey, rightsKey } from './object-key.ts';
import { quote, quoteWrapped } from './quote.ts';
import { findReceiveConnector, headReceiveConnector } from './receive-connector.ts';
import { findSendConnector, headSendConnector } from './send-connector.ts';
import type { SettingStep } from './steps.ts';

/**
 * Notes what a step may touch, also that it is not there yet.
 *
 * Of a connector and of the transport configuration that is every property that Set- takes, whether the topology writes
 * it or not: the next topology may write another one.
 */
export function backupStep(step: SettingStep, context: ScriptContext): Block {
  const key = quote(objectKey(step));
  switch (step.kind) {
    case 'accepted-domain':
      return [
        ...located(context, step.origin),
        mark(`$domain = ${findAcceptedDomain(step)}`, step.origin, 'Get-AcceptedDomain'),
        `Save-Object -Key ${key} -Found $domain -Properties @('Name', 'DomainType')`,
      ];
    case 'authority':
      if (step.file === undefined) return [];
      return [
        ...lookForRoot(step, context),
        '$trusted = $null',
        'if (Test-TrustedRoot -Root $root) { $trusted = $root }',
        mark(
          `Save-Object -Key ${key} -Found $trusted -Properties @('Thumbprint')`,
          step.origin,
          'Test-TrustedRoot',
        ),
      ];
    case 'certificate':
      return [
        ...lookForCertificate(step, context),
        mark(
          `Save-Object -Key ${key} -Found $certificate -Properties @('Thumbprint', 'Services')`,
          step.origin,
          'Get-ExchangeCertificate',
        ),
      ];
    case 'receive-connector':
      return [
        ...headReceiveConnector(step, context),
        mark(`$connector = ${findReceiveConnector(step, context)}`, step.origin, 'Get-ReceiveConnector'),
        `Save-Object -Key ${key} -Found $connector -Properties $receiveConnectorProperties`,
        ...step.extendedRights.flatMap((right) => [
          '$rights = $null',
          'if ($null -ne $connector) {',
          ...indent([
            ...lookForRights(right, context),
            "$rights = New-Object -TypeName PSObject -Property @{ 'ExtendedRights' = $granted }",
          ]),
          '}',
          `Save-Object -Key ${quote(rightsKey(step, right))} -Found $rights -Properties @('ExtendedRights')`,
        ]),
      ];
    case 'send-connector':
      return [
        ...headSendConnector(step, context),
        mark(`$connector = ${findSendConnector(step)}`, step.origin, 'Get-SendConnector'),
        `Save-Object -Key ${key} -Found $connector -Properties $sendConnectorProperties`,
      ];
    case 'transport-config':
      return [
        ...located(context, step.origin),
        mark('$config = Get-TransportConfig -ErrorAction Stop', step.origin, 'Get-TransportConfig'),
        `Save-Object -Key ${key} -Found $config -Properties $transportConfigProperties`,
      ];
    default:
      return unreachable(step);
  }
}

/** The key of what all certificates of a server are enabled for. */
export const servicesKey = 'Services of all certificates';

/**
 * Notes which certificate serves what: a service that another certificate gets by apply has to go back to its former one.
 *
 * Source: EXCH Enable-ExchangeCertificate -Services.
 */
export function backupServices(steps: readonly SettingStep[], context: ScriptContext): readonly Block[] {
  const certificates = steps.filter((step) => step.kind === 'certificate');
  const [first] = certificates;
  if (first === undefined) return [];
  return [
    [
      '# Which certificate serves what.',
      mark(
        `$certificates = @(Get-ExchangeCertificate${serverArgument(context)} -ErrorAction Stop)`,
        first.origin,
        'Get-ExchangeCertificate',
      ),
      "$serving = New-Object -TypeName PSObject -Property @{ 'Services' = @($certificates | ForEach-Object { '{0}: {1}' -f $_.Thumbprint, $_.Services }) }",
      `Save-Object -Key ${quote(servicesKey)} -Found $serving -Properties @('Services')`,
      ...(certificates.some(mayBecomeDefault)
        ? [
            '# Which certificate is the default one for SMTP.',
            mark(
              `$transport = New-Object -TypeName PSObject -Property @{ 'Thumbprint' = (${defaultThumbprint(context)}) }`,
              first.origin,
              transportCommand(context),
            ),
            "if ($transport.Thumbprint -eq '') { Write-Host -Object 'note: this shell does not tell which certificate is the default one for SMTP, so rollback cannot give it back' }",
            `Save-Object -Key ${quote(defaultCertificateKey)} -Found $transport -Properties @('Thumbprint')`,
          ]
        : []),
    ],
  ];
}

/** Says where backups lie; `$folder` is it afterwards. */
export const backupFolderBlock: Block = [
  "$folder = Join-Path -Path $here -ChildPath 'backup'",
  'if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }',
];

/** Declares the folder of the backups. */
export const backupFolderParameter = {
  about: 'Folder of the backups; the folder backup beside this script where it is left out.',
  declaration: '[string]$BackupFolder',
} as const;

/** Begins a backup: where it goes, and the properties that Set- takes back in this version. */
export function backupOpening(steps: readonly SettingStep[], { version }: ScriptContext): Block {
  const objects = new Set(steps.flatMap(({ kind }) => settingObjectOf[kind] ?? []));
  return [
    ...backupFolderBlock,
    '$objects = @()',
    ...[...objects].map(
      (object) => `$${object}Properties = ${quoteWrapped(restorableProperties(object, version))}`,
    ),
  ];
}

/** Writes the backup to a file of its own, never over another one. */
export function backupEnding(place: string, filePrefix: string, fingerprint: string, file: string): Block {
  return [
    `$name = '{0}.{1}.xml' -f ${quote(filePrefix)}, (Get-Date -Format 'yyyyMMdd-HHmmss')`,
    '$path = Join-Path -Path $folder -ChildPath $name',
    "if ([System.IO.File]::Exists($path)) { throw ('{0} is there already, and no backup is written over another one' -f $path) }",
    '$null = [System.IO.Directory]::CreateDirectory($folder)',
    '$backup = @{',
    `    'Place' = ${quote(place)}`,
    `    'Topology' = ${quote(file)}`,
    `    'Scripts' = ${quote(fingerprint)}`,
    "    'Taken' = [string](Get-Date -Format 'yyyy-MM-dd HH:mm:ss')",
    "    'Objects' = $objects",
    '}',
    'Export-Clixml -InputObject $backup -Path $path -Depth 8 -NoClobber -ErrorAction Stop',
    "Write-Host -Object ('backup: {0}' -f $path)",
  ];
}

/**
 * Stops apply where nothing leads back: there must be a backup that was made for these very scripts.
 *
 * With -WhatIf nothing is changed, so nothing has to be saved.
 */
export function backupGuard(place: string, filePrefix: string, fingerprint: string): Block {
  return [
    ...backupFolderBlock,
    'if (-not $WithoutBackup -and -not $WhatIfPreference) {',
    ...indent([
      '$usable = $null',
      `foreach ($path in @(Get-BackupFile -Folder $folder -Pattern ${quote(`${filePrefix}.*.xml`)})) {`,
      `    if ((Read-Backup -Path $path -Place ${quote(place)})['Scripts'] -eq ${quote(fingerprint)}) { $usable = $path }`,
      '}',
      'if ($null -eq $usable) {',
      "    Write-Host -Object ('refused: {0} has no backup for these scripts: run 05-backup.ps1 first; -WithoutBackup goes ahead without a way back' -f $folder)",
      '    exit 3',
      '}',
      "Write-Host -Object ('backup: {0}' -f $usable)",
    ]),
    '}',
  ];
}
