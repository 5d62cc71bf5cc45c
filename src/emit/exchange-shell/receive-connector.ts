import type { EnsureReceiveConnector } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import { isOnEdge, type ScriptContext } from './context.ts';
import { listReceiveConnectors } from './listening.ts';
import { located } from './located.ts';
import { applyRights, verifyRights } from './extended-right.ts';
import { managed, takes, wantedAfterwards, wantedTable } from './managed.ts';
import { quote } from './quote.ts';

const object = 'receiveConnector';

/** Makes a Receive connector, or sets what differs. Source: EXCH New-ReceiveConnector, Set-ReceiveConnector. */
export function applyReceiveConnector(step: EnsureReceiveConnector, context: ScriptContext): Block {
  const identity = quote(`${step.server}\\${step.name}`);
  const parameters = managed(object, step.parameters);
  const forNew = parameters.filter((one) => takes('New-ReceiveConnector', object, one, context.version));
  const forSet = parameters.filter((one) => takes('Set-ReceiveConnector', object, one, context.version));
  const server = isOnEdge(context) ? '' : ` -Server ${quote(step.server)}`;
  return [
    ...headReceiveConnector(step, context),
    ...wantedTable(forNew),
    `$connector = ${findReceiveConnector(step, context)}`,
    `if ($null -eq $connector -and $PSCmdlet.ShouldProcess(${identity}, 'New-ReceiveConnector')) {`,
    ...indent([
      mark(
        `$null = New-ReceiveConnector -Name ${quote(step.name)}${server} -Usage ${quote(usageWord(step))} @wanted -Confirm:$false -ErrorAction Stop`,
        step.origin,
        'New-ReceiveConnector',
      ),
      `Write-Change -Text ${quote(`${step.server}\\${step.name}: made`)}`,
      `$connector = ${findReceiveConnector(step, context)}`,
    ]),
    '}',
    ...wantedAfterwards(
      forSet.filter((one) => !forNew.includes(one)),
      forNew.filter((one) => !forSet.includes(one)),
    ),
    'if ($null -ne $connector) {',
    ...indent([
      `$differing = Get-Difference -Of ${identity} -Actual $connector -Wanted $wanted`,
      `if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess(${identity}, 'Set-ReceiveConnector')) {`,
      ...indent([
        mark(
          `Set-ReceiveConnector -Identity ${identity} @differing -Confirm:$false -ErrorAction Stop`,
          step.origin,
          'Set-ReceiveConnector',
        ),
        `Write-Change -Text ${quote(`${step.server}\\${step.name}: set`)}`,
      ]),
      '}',
      ...applyRights(step, context),
    ]),
    '}',
  ];
}

/** Compares a Receive connector with what it shall be. */
export function verifyReceiveConnector(step: EnsureReceiveConnector, context: ScriptContext): Block {
  const identity = quote(`${step.server}\\${step.name}`);
  const parameters = managed(object, step.parameters).filter((one) =>
    takes('Set-ReceiveConnector', object, one, context.version),
  );
  return [
    ...headReceiveConnector(step, context),
    ...wantedTable(parameters),
    mark(`$connector = ${findReceiveConnector(step, context)}`, step.origin, 'Get-ReceiveConnector'),
    `if ($null -eq $connector) { Write-Finding -Text ${quote(`${step.server}\\${step.name} is missing`)} }`,
    'else {',
    ...indent([
      `Test-Wanted -Of ${identity} -Actual $connector -Wanted $wanted`,
      ...verifyRights(step, context),
    ]),
    '}',
  ];
}

/** Says where a Receive connector comes from and which steps of the document make it. */
export function headReceiveConnector(step: EnsureReceiveConnector, context: ScriptContext): Block {
  const steps = `R3-R10${step.domainSecureEnabled ? ', R14-R15' : ''}, R16${step.requireTLS ? ', R19' : ''}`;
  return located(context, step.origin, steps);
}

/**
 * Writes what finds a Receive connector by its exact name: on an Edge server the list is its own; elsewhere names repeat
 * from server to server.
 */
export function findReceiveConnector(
  { server, name }: EnsureReceiveConnector,
  context: ScriptContext,
): string {
  return `Get-TheOne -Of ${quote(`${server}\\${name}`)} -Found @(${listReceiveConnectors(server, context)} | Where-Object { [string]$_.Name -eq ${quote(name)} })`;
}

function usageWord({ usage }: EnsureReceiveConnector): string {
  return usage.charAt(0).toUpperCase() + usage.slice(1);
}
