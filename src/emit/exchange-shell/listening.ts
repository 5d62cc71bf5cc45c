import { compareVersions } from '../../exchange/version.ts';
import type { EnsureReceiveConnector, PlannedParameter, Step } from '../../plan/step.ts';
import { onOneLine } from '../readable-text.ts';
import { indent, mark, type Block } from './block.ts';
import { isOnEdge, type ScriptContext } from './context.ts';
import { located } from './located.ts';
import { managed, takes } from './managed.ts';
import { objectKey } from './object-key.ts';
import { literal } from './parameter-value.ts';
import { quote, quoteList } from './quote.ts';

/** What says where a connector listens and to whom; Exchange compares it with that of the server's other connectors. */
const listening: readonly string[] = ['Bindings', 'RemoteIPRanges', 'TransportRole'];

/** Gives where and to whom a connector listens, as far as the topology says it. */
export function listeningParameters(
  step: EnsureReceiveConnector,
  { version }: ScriptContext,
): readonly PlannedParameter[] {
  return managed('receiveConnector', step.parameters).filter(
    (one) =>
      listening.includes(one.parameter) && takes('Set-ReceiveConnector', 'receiveConnector', one, version),
  );
}

/** Says whether a connector has one of two transport services behind it. Source: EXCH New-ReceiveConnector -TransportRole. */
export function hasTransportRole(context: ScriptContext): boolean {
  return !isOnEdge(context) && compareVersions(context.version, '2013') >= 0;
}

/** Writes the command that lists the connectors of the server. */
export function listReceiveConnectors(server: string, context: ScriptContext): string {
  return isOnEdge(context)
    ? 'Get-ReceiveConnector -ErrorAction Stop'
    : `Get-ReceiveConnector -Server ${quote(server)} -ErrorAction Stop`;
}

/** Gives the connectors of a place where they are several, so that one may be in another one's way. */
export function neighbours(steps: readonly Step[]): readonly EnsureReceiveConnector[] {
  const connectors = steps.filter((step) => step.kind === 'receive-connector');
  return connectors.length > 1 ? connectors : [];
}

/**
 * Brings connectors to where they shall listen before another one takes the place that they have now: narrowed or moved
 * first, as Exchange refuses two that meet.
 *
 * Source: EXCH New-ReceiveConnector -Bindings, -RemoteIPRanges.
 */
export function moveAside(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  return moving(
    steps,
    context,
    '# a range of them. One that is there makes room first, where another one waits for what it has.',
    (connectors) => [
      '$moves = @(',
      ...connectors.flatMap((step, index): Block => [
        '    @{',
        `        'At' = ${quote(placeOf(step, context))}`,
        `        'Name' = ${quote(step.name)}`,
        `        'Identity' = ${quote(identityOf(step))}`,
        "        'Listening' = @{",
        ...listeningParameters(step, context).map((one) =>
          mark(
            `            '${one.parameter}' = ${literal(one.value).replaceAll('\n', '\n            ')}`,
            one.origin,
            one.parameter,
          ),
        ),
        '        }',
        `    }${index < connectors.length - 1 ? ',' : ''}`,
      ]),
      ')',
    ],
  );
}

/** Does the same on the way back, to where the backup says that connectors listened. */
export function moveBack(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  return moving(
    steps,
    context,
    '# a range of them. One goes back to its own first, where another one waits for what it has.',
    (connectors) => [
      '$moves = @()',
      ...connectors.flatMap((step): Block => {
        const names = listeningParameters(step, context).map(({ parameter }) => parameter);
        return [
          `$saved = Get-Saved -Backup $kept -Key ${quote(objectKey(step))}`,
          `if ($saved['Present']) { $moves += @{ 'At' = ${quote(placeOf(step, context))}; 'Name' = ${quote(step.name)}; 'Identity' = ${quote(identityOf(step))}; 'Listening' = (Get-Former -Values $saved['Values'] -Properties ${quoteList(names)}) } }`,
        ];
      }),
    ],
  );
}

/** Writes who may have to move, and the moves; nothing where no connector can be in another one's way. */
function moving(
  steps: readonly Step[],
  context: ScriptContext,
  whoMoves: string,
  movesOf: (connectors: readonly EnsureReceiveConnector[]) => Block,
): readonly Block[] {
  const connectors = neighbours(steps);
  const [first] = connectors;
  if (first === undefined) return [];
  return [
    [
      ...located(context, first.origin, 'R7-R10'),
      '# Exchange refuses a Receive connector that shares a binding with another one and has its remote addresses, or part of',
      whoMoves,
      ...movesOf(connectors),
      ...move(first, context),
    ],
  ];
}

function identityOf({ server, name }: EnsureReceiveConnector): string {
  return `${server}\\${name}`;
}

/** Gives the connectors that do not offer X-ANONYMOUSTLS to other Exchange servers. */
export function hidingXAnonymousTls(steps: readonly Step[]): readonly EnsureReceiveConnector[] {
  return steps.filter(
    (step): step is EnsureReceiveConnector =>
      step.kind === 'receive-connector' &&
      step.parameters.some(
        ({ key, value }) => key === 'suppressXAnonymousTls' && value.kind === 'boolean' && value.value,
      ),
  );
}

function placeOf({ origin }: EnsureReceiveConnector, { plan, lineOf }: ScriptContext): string {
  return onOneLine(`${plan.file}:${lineOf(origin)}`);
}

/** Each connector moves once at most, so there are no more turns than connectors. */
function move(first: EnsureReceiveConnector, context: ScriptContext): Block {
  return [
    'foreach ($turn in $moves) {',
    ...indent([
      `$next = Get-NextMove -Moves $moves -Connectors @(${listReceiveConnectors(first.server, context)})`,
      'if ($null -eq $next) { break }',
      "$at = $next['At']",
      "$listening = $next['Listening']",
      "if (-not $PSCmdlet.ShouldProcess($next['Identity'], 'Set-ReceiveConnector')) { break }",
      mark(
        "Set-ReceiveConnector -Identity $next['Identity'] @listening -Confirm:$false -ErrorAction Stop",
        first.origin,
        'Set-ReceiveConnector',
      ),
      "Write-Change -Text ('{0}: bindings and remote addresses set first, to make room' -f $next['Identity'])",
    ]),
    '}',
  ];
}
