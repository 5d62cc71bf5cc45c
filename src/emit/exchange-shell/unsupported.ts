import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/span.ts';
import { settingOf } from '../../exchange/cmdlets.ts';
import type { Plan, Step } from '../../plan/step.ts';
import { outsideFiles } from '../outside-files.ts';
import { settingObjectOf } from './setting-object.ts';

/** What the scripts cannot say, at the place that asks for it. */
export function unsupportedIn(plan: Plan): readonly Diagnostic[] {
  const declared = plan.steps.filter((step) => !('made' in step) || step.made === 'declared');
  return [
    ...outsideFiles(plan),
    ...declared.flatMap(unprintable),
    ...declared.flatMap(internalParameters),
    ...withoutRole(declared, plan),
  ];
}

/** A control character or half a surrogate pair does not survive the way through an editor and a remote shell. */
function unprintable(step: Step): readonly Diagnostic[] {
  const found = textsIn(step).find((text) => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));
  if (found === undefined) return [];
  return [
    diagnostic(
      'error',
      step.origin,
      `The text ${JSON.stringify(found)} has a character that a script cannot carry.`,
      'Take the control character out.',
    ),
  ];
}

/** Source: EXCH Set-SendConnector -RequireOorg (reserved for internal Microsoft use). */
function internalParameters(step: Step): readonly Diagnostic[] {
  const object = settingObjectOf[step.kind];
  if (object === undefined || !('parameters' in step)) return [];
  return step.parameters
    .filter(({ key, source }) => source === 'written' && settingOf(object, key)?.internal !== undefined)
    .map(({ key, origin }) =>
      diagnostic(
        'warning',
        origin,
        `The scripts leave "${key}" alone, for Microsoft reserves it.`,
        'Take it out of the topology.',
      ),
    );
}

/** Source: EXCH New-ReceiveConnector -Usage (Client is not available on Edge servers). */
function withoutRole(steps: readonly Step[], plan: Plan): readonly Diagnostic[] {
  return steps.flatMap((step): readonly Diagnostic[] => {
    if (step.kind !== 'receive-connector' || step.usage !== 'client') return [];
    const server = plan.servers.find(({ name }) => name === step.server);
    if (server?.role !== 'edge') return [];
    const message = `"${step.name}" has the usage client, which an Edge server does not have.`;
    return [diagnostic('error', step.origin, message, 'Give it another usage.')];
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'origin' ? [] : textsIn(part)));
}

function diagnostic(severity: Diagnostic['severity'], at: Span, message: string, help: string): Diagnostic {
  return { rule: 'not-in-exchange-shell', severity, message, at, related: [], help };
}
