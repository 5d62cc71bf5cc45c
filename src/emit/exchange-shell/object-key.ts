import { unreachable } from '../../base/failure.ts';
import type { EnsureReceiveConnector } from '../../plan/step.ts';
import type { Right } from './extended-right.ts';
import type { SettingStep } from './steps.ts';

/** Names the object of a step as an administrator does; the key by which a backup knows it. */
export function objectKey(step: SettingStep): string {
  switch (step.kind) {
    case 'accepted-domain':
      return `Accepted domain ${step.domain}`;
    case 'authority':
      return `Root ${step.name}`;
    case 'certificate':
      return `Certificate ${step.name}`;
    case 'receive-connector':
      return `Receive connector ${step.server}\\${step.name}`;
    case 'send-connector':
      return `Send connector ${step.name}`;
    case 'transport-config':
      return 'Transport configuration';
    default:
      return unreachable(step);
  }
}

/** Names the rights of an account on a Receive connector. */
export function rightsKey(step: EnsureReceiveConnector, { principal }: Right): string {
  return `Rights on ${step.server}\\${step.name} of ${principal}`;
}
