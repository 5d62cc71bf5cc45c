/** Which file writes which kind of step; a kind that is forgotten here does not compile. */
import { unreachable } from '../../base/failure.ts';
import type { Step } from '../../plan/step.ts';
import { applyAcceptedDomain, verifyAcceptedDomain } from './accepted-domain.ts';
import { applyAuthority, verifyAuthority } from './authority.ts';
import type { Block } from './block.ts';
import { applyCertificate, verifyCertificate } from './certificate.ts';
import type { ScriptContext } from './context.ts';
import { mayBecomeDefault, transportCommand } from './default-certificate.ts';
import { defaultDomainOf } from './default-domain.ts';
import { hidingXAnonymousTls, moveAside } from './listening.ts';
import { applyReceiveConnector, verifyReceiveConnector } from './receive-connector.ts';
import { applySendConnector, verifySendConnector } from './send-connector.ts';
import { applyTransportConfig, verifyTransportConfig } from './transport-config.ts';

/** A step that says how something shall be; the others are done once. */
export type SettingStep = Exclude<Step, { readonly kind: 'edge-synchronization' | 'restart' }>;

/** Says whether a step can be applied again and verified. */
export function isSettingStep(step: Step): step is SettingStep {
  return step.kind !== 'edge-synchronization' && step.kind !== 'restart';
}

/** Writes what brings steps about; Receive connectors make room for each other first. */
export function applySteps(steps: readonly SettingStep[], context: ScriptContext): readonly Block[] {
  const first = steps.findIndex(({ kind }) => kind === 'receive-connector');
  return steps.flatMap((step, index) => [
    ...(index === first ? moveAside(steps, context) : []),
    applyStep(step, context),
  ]);
}

function applyStep(step: SettingStep, context: ScriptContext): Block {
  switch (step.kind) {
    case 'accepted-domain':
      return applyAcceptedDomain(step, context);
    case 'authority':
      return applyAuthority(step, context);
    case 'certificate':
      return applyCertificate(step, context);
    case 'receive-connector':
      return applyReceiveConnector(step, context);
    case 'send-connector':
      return applySendConnector(step, context);
    case 'transport-config':
      return applyTransportConfig(step, context);
    default:
      return unreachable(step);
  }
}

/** Writes what looks whether a step holds. */
export function verifyStep(step: SettingStep, context: ScriptContext): Block {
  switch (step.kind) {
    case 'accepted-domain':
      return verifyAcceptedDomain(step, context);
    case 'authority':
      return verifyAuthority(step, context);
    case 'certificate':
      return verifyCertificate(step, context);
    case 'receive-connector':
      return verifyReceiveConnector(step, context);
    case 'send-connector':
      return verifySendConnector(step, context);
    case 'transport-config':
      return verifyTransportConfig(step, context);
    default:
      return unreachable(step);
  }
}

/** The Exchange commands that a step's scripts use. */
export function commandsOf(step: Step, context: ScriptContext): readonly string[] {
  switch (step.kind) {
    case 'accepted-domain':
      return ['Get-AcceptedDomain', 'New-AcceptedDomain', 'Set-AcceptedDomain', 'Remove-AcceptedDomain'];
    case 'authority':
    case 'restart':
      return [];
    case 'certificate':
      return [
        ...['Get-ExchangeCertificate', 'Import-ExchangeCertificate', 'Enable-ExchangeCertificate'],
        'Remove-ExchangeCertificate',
        ...(mayBecomeDefault(step) ? [transportCommand(context)] : []),
      ];
    case 'receive-connector':
      return [
        ...[
          'Get-ReceiveConnector',
          'New-ReceiveConnector',
          'Set-ReceiveConnector',
          'Remove-ReceiveConnector',
        ],
        ...(step.extendedRights.length > 0
          ? ['Get-ADPermission', 'Add-ADPermission', 'Remove-ADPermission']
          : []),
        ...(defaultDomainOf(step) === undefined ? [] : ['Get-AcceptedDomain']),
        ...(hidingXAnonymousTls([step]).length > 0 ? [transportCommand(context)] : []),
      ];
    case 'send-connector':
      return ['Get-SendConnector', 'New-SendConnector', 'Set-SendConnector', 'Remove-SendConnector'];
    case 'transport-config':
      return ['Get-TransportConfig', 'Set-TransportConfig'];
    case 'edge-synchronization':
      return ['Start-EdgeSynchronization', 'Test-EdgeSynchronization'];
    default:
      return unreachable(step);
  }
}
