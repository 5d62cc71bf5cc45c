import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/span.ts';
import type { EnsureReceiveConnector, EnsureSendConnector, Plan, PlannedParameter } from '../../plan/step.ts';
import { outsideFiles } from '../outside-files.ts';
import { obeyedByReceiveConnector } from './receive-connector.ts';
import { obeyedBySendConnector } from './send-connector.ts';

const obeyedByTransportConfig = [
  'TLSSendDomainSecureList',
  'TLSReceiveDomainSecureList',
  'ExternalPostmasterAddress',
];

/**
 * Finds what the transport cannot do: an `info` where it takes less than Exchange does, an `error` where a file that
 * the topology names may not be taken into the bundle.
 */
export function unsupported(plan: Plan): readonly Diagnostic[] {
  return [...outsideFiles(plan), ...plan.steps.flatMap(ofStep)];
}

function ofStep(step: Plan['steps'][number]): readonly Diagnostic[] {
  switch (step.kind) {
    case 'receive-connector':
      return step.made === 'setup' ? [] : ofReceiveConnector(step);
    case 'send-connector':
      return step.made === 'setup' ? [] : ofSendConnector(step);
    case 'transport-config':
      return unobeyed(step.parameters, obeyedByTransportConfig);
    case 'accepted-domain':
    case 'certificate':
    case 'authority':
    case 'edge-synchronization':
    case 'restart':
      return [];
  }
}

function ofReceiveConnector(step: EnsureReceiveConnector): readonly Diagnostic[] {
  const at = step.parameters.find(({ parameter }) => parameter === 'AuthMechanism');
  const integrated = step.authMechanism.includes('Integrated') && at?.source === 'written';
  return [
    ...unobeyed(step.parameters, obeyedByReceiveConnector),
    ...(integrated
      ? [note(at.origin, `The transport does not offer Integrated authentication on "${step.name}".`)]
      : []),
  ];
}

function ofSendConnector(step: EnsureSendConnector): readonly Diagnostic[] {
  const foreign = step.addressSpaces.filter(({ type }) => type.toUpperCase() !== 'SMTP');
  const at = step.parameters.find(({ parameter }) => parameter === 'AddressSpaces')?.origin ?? step.origin;
  return [
    ...unobeyed(step.parameters, obeyedBySendConnector),
    ...foreign.map(({ type, space }) =>
      note(at, `The transport carries SMTP alone and leaves "${type}:${space}" of "${step.name}" out.`),
    ),
  ];
}

function unobeyed(parameters: readonly PlannedParameter[], obeyed: readonly string[]): readonly Diagnostic[] {
  return parameters
    .filter(({ source, parameter }) => source === 'written' && !obeyed.includes(parameter))
    .map(({ key, origin }) => note(origin, `The transport does not act on "${key}"; Exchange will.`));
}

function note(at: Span, message: string): Diagnostic {
  return { rule: 'unsupported-by-transport', severity: 'info', message, at, related: [] };
}
