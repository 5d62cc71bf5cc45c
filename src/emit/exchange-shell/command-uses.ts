import type { Step } from '../../plan/step.ts';
import type { ScriptContext } from './context.ts';
import { managed, takes } from './managed.ts';
import { settingObjectOf } from './setting-object.ts';
import { commandsOf } from './steps.ts';
import { listsOf } from './transport-config.ts';

/**
 * Gives the Exchange commands that the scripts of some steps use, each with the settings that it is given: where the role
 * of the caller lacks one, the shell does not have it.
 *
 * Source: EXCH Set-ReceiveConnector (parameters that are not in the caller's role are missing).
 */
export function commandUses(
  steps: readonly Step[],
  context: ScriptContext,
): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, readonly string[]>([['Get-ExchangeServer', []]]);
  for (const step of steps) {
    for (const command of commandsOf(step, context)) {
      const all = [...(uses.get(command) ?? []), ...parametersOf(step, command, context)];
      uses.set(command, [...new Set(all)].toSorted());
    }
  }
  return uses;
}

function parametersOf(step: Step, command: string, context: ScriptContext): readonly string[] {
  const object = settingObjectOf[step.kind];
  if (object === undefined || !('parameters' in step)) return [];
  const lists =
    step.kind === 'transport-config' && command === 'Set-TransportConfig'
      ? listsOf(step).map(({ parameter }) => parameter)
      : [];
  const credential =
    step.kind === 'send-connector' && step.credential !== undefined && /^(?:New|Set)-/.test(command)
      ? ['AuthenticationCredential']
      : [];
  return [
    ...managed(object, step.parameters)
      .filter((one) => takes(command, object, one, context.version))
      .map(({ parameter }) => parameter),
    ...lists,
    ...credential,
  ];
}
