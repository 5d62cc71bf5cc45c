import type { EnsureReceiveConnector, EnsureSendConnector, PlannedParameter } from '../../plan/step.ts';
import type { SettingObject } from '../../exchange/setting.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { lookForRights } from './extended-right.ts';
import { moveBack } from './listening.ts';
import { managed, takes, wantedTable } from './managed.ts';
import { objectKey, rightsKey } from './object-key.ts';
import { quote, quoteList } from './quote.ts';
import { findReceiveConnector, headReceiveConnector } from './receive-connector.ts';
import { findSendConnector, headSendConnector, routing } from './send-connector.ts';
import { wayBack, type WayBackPart } from './way-back.ts';

/**
 * Takes the Receive connectors of a place back to what they were: away where they were not, their former values where they
 * were. Several of them may be in each other's way, so removals come first, then the moves.
 */
export function rollbackReceiveConnectors(
  steps: readonly EnsureReceiveConnector[],
  context: ScriptContext,
): readonly Block[] {
  const part = (one: WayBackPart): readonly Block[] =>
    steps.map((step) => rollbackReceiveConnector(step, one, context));
  if (steps.length < 2) return part('whole');
  return [...part('removal'), ...moveBack(steps, context), ...part('restoral')];
}

function rollbackReceiveConnector(
  step: EnsureReceiveConnector,
  part: WayBackPart,
  context: ScriptContext,
): Block {
  return [
    ...headReceiveConnector(step, context),
    ...connectorWay({
      noun: 'ReceiveConnector',
      object: 'receiveConnector',
      step,
      identity: quote(`${step.server}\\${step.name}`),
      find: findReceiveConnector(step, context),
      part,
      adjust: [],
      after: step.extendedRights.flatMap((right) => [
        ...lookForRights(right, context),
        `$former = @(Get-Text -Value (Get-Saved -Backup $kept -Key ${quote(rightsKey(step, right))})['Values']['ExtendedRights'])`,
        `foreach ($right in @(Get-Missing -Entries ${quoteList(right.rights)} -List $former)) {`,
        ...indent([
          "if ($granted -contains $right -and $PSCmdlet.ShouldProcess(('{0}, {1}' -f $connector.Identity, $account), ('Remove-ADPermission {0}' -f $right))) {",
          ...indent([
            mark(
              'Remove-ADPermission -Identity $connector.DistinguishedName -User $account -ExtendedRights $right -Confirm:$false -ErrorAction Stop',
              right.origin,
              'Remove-ADPermission',
            ),
            "Write-Change -Text ('{0}: {1} taken from {2}' -f $connector.Identity, $right, $account)",
          ]),
          '}',
        ]),
        '}',
      ]),
      context,
    }),
  ];
}

/** Takes a Send connector back to what it was; a former password is in no backup, so a person has to give it. */
export function rollbackSendConnector(step: EnsureSendConnector, context: ScriptContext): Block {
  const together = routing.map((one) => quote(one)).join(', ');
  return [
    ...headSendConnector(step, context),
    ...connectorWay({
      noun: 'SendConnector',
      object: 'sendConnector',
      step,
      identity: quote(step.name),
      find: findSendConnector(step),
      part: 'whole',
      adjust: [
        '# Exchange checks these against each other, so they are set together.',
        `$together = @(${together})`,
        'if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {',
        '    foreach ($property in @($together | Where-Object { $former.ContainsKey($_) })) { $differing[$property] = $former[$property] }',
        '}',
        ...(step.credential === undefined ? [] : formerCredential(step)),
      ],
      after: [],
      context,
    }),
  ];
}

function formerCredential({ name }: EnsureSendConnector): Block {
  return [
    "$user = [string]$saved['Values']['AuthenticationCredential']",
    'if ((Get-UserName -Credential $connector.AuthenticationCredential) -ne $user) {',
    "    if ($user -eq '') { $differing['AuthenticationCredential'] = $null }",
    `    else { Write-Finding -Text ('{0} logged on as {1}, whose password is in no backup: give it again with -AuthenticationCredential of Set-SendConnector' -f ${quote(name)}, $user) }`,
    '}',
  ];
}

interface Way {
  readonly noun: 'ReceiveConnector' | 'SendConnector';
  readonly object: SettingObject;
  readonly step: EnsureReceiveConnector | EnsureSendConnector;
  /** Quoted. */
  readonly identity: string;
  readonly find: string;
  readonly part: WayBackPart;
  /** What is done to `$differing` before it is set. */
  readonly adjust: Block;
  /** What is done to a connector that stays. */
  readonly after: Block;
  readonly context: ScriptContext;
}

function connectorWay({ noun, object, step, identity, find, part, adjust, after, context }: Way): Block {
  const parameters = managed(object, step.parameters);
  const taken = (verb: string): readonly PlannedParameter[] =>
    parameters.filter((one) => takes(`${verb}-${noun}`, object, one, context.version));
  const settable = taken('Set').map(({ parameter }) => parameter);
  // A setting without its partners cannot be set, so all of them are brought back.
  const names = noun === 'SendConnector' ? [...new Set([...settable, ...routing])] : settable;
  return wayBack(
    {
      step,
      noun,
      called: identity,
      variable: '$connector',
      find,
      identity,
      before: ['# What apply made it with.', ...wantedTable(taken('New'))],
      isChanged: `(Get-Difference -Of ${identity} -Actual $connector -Wanted $wanted).Count -gt 0`,
      restore: [
        `$former = Get-Former -Values $saved['Values'] -Properties ${quoteList(names)}`,
        `$differing = Get-Difference -Of ${identity} -Actual $connector -Wanted $former`,
        ...adjust,
        `if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess(${identity}, 'Set-${noun}')) {`,
        ...indent([
          mark(
            `Set-${noun} -Identity ${identity} @differing -Confirm:$false -ErrorAction Stop`,
            step.origin,
            `Set-${noun}`,
          ),
          `Write-Change -Text ${quote(`${objectKey(step)}: set back`)}`,
        ]),
        '}',
        ...after,
      ],
    },
    part,
  );
}
