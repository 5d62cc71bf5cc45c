import { unreachable } from '../../base/failure.ts';
import { indent, type Block } from './block.ts';
import { backupFolderBlock, backupFolderParameter } from './backup.ts';
import type { ScriptContext } from './context.ts';
import { quote } from './quote.ts';
import { rollbackAuthority, rollbackCertificate } from './rollback-certificate.ts';
import { rollbackReceiveConnectors, rollbackSendConnector } from './rollback-connector.ts';
import { rollbackAcceptedDomain, rollbackTransportConfig } from './rollback-list.ts';
import type { Script } from './script.ts';
import type { SettingStep } from './steps.ts';

/** Writes what leads back from steps to what the backup holds, the last one first. */
export function rollbackSteps(steps: readonly SettingStep[], context: ScriptContext): readonly Block[] {
  const backwards = steps.toReversed();
  const connectors = backwards.filter((step) => step.kind === 'receive-connector');
  return backwards.flatMap((step) => {
    if (step.kind !== 'receive-connector') return [rollbackStep(step, context)];
    return step === connectors[0] ? rollbackReceiveConnectors(connectors, context) : [];
  });
}

function rollbackStep(
  step: Exclude<SettingStep, { readonly kind: 'receive-connector' }>,
  context: ScriptContext,
): Block {
  switch (step.kind) {
    case 'accepted-domain':
      return rollbackAcceptedDomain(step, context);
    case 'authority':
      return rollbackAuthority(step, context);
    case 'certificate':
      return rollbackCertificate(step, context);
    case 'send-connector':
      return rollbackSendConnector(step, context);
    case 'transport-config':
      return rollbackTransportConfig(step, context);
    default:
      return unreachable(step);
  }
}

/** Declares which backup is gone back to, and what goes beyond it. */
export function rollbackParameters(steps: readonly SettingStep[]): Script['parameters'] {
  const hasCertificates = steps.some(({ kind }) => kind === 'certificate' || kind === 'authority');
  const canRemove = steps.some(
    ({ kind }) => kind === 'receive-connector' || kind === 'send-connector' || kind === 'accepted-domain',
  );
  return [
    {
      about: 'The backup to go back to; needed where the folder has several.',
      declaration: '[string]$Backup',
    },
    backupFolderParameter,
    ...(canRemove
      ? [
          {
            about: 'Removes what apply made also where somebody has changed it since.',
            declaration: '[switch]$RemoveChanged',
          },
        ]
      : []),
    ...(hasCertificates
      ? [
          {
            about: 'Removes certificates and roots that apply brought; otherwise they stay.',
            declaration: '[switch]$RemoveCertificates',
          },
        ]
      : []),
  ];
}

/** Chooses the backup and reads it; between several a person chooses. */
export function rollbackOpening(place: string, filePrefix: string): Block {
  return [
    ...backupFolderBlock,
    `$found = @(Get-BackupFile -Folder $folder -Pattern ${quote(`${filePrefix}.*.xml`)})`,
    'if (-not [string]::IsNullOrEmpty($Backup)) { $found = @($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Backup)) }',
    'if ($found.Count -ne 1) {',
    ...indent([
      "Write-Host -Object ('refused: {0} has {1} backups; say which one with -Backup' -f $folder, $found.Count)",
      "foreach ($path in $found) { Write-Host -Object ('  {0}' -f $path) }",
      'exit 3',
    ]),
    '}',
    `$kept = Read-Backup -Path $found[0] -Place ${quote(place)}`,
    "Write-Host -Object ('backup: {0}, taken {1}' -f $found[0], $kept['Taken'])",
  ];
}
