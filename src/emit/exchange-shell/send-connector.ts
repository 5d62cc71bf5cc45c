import type { EnsureSendConnector, PlannedCredential } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { managed, takes, wantedAfterwards, wantedTable } from './managed.ts';
import { quote } from './quote.ts';

const object = 'sendConnector';

/**
 * Parameters that Exchange checks against each other, so that they go in one command or not at all.
 *
 * Source: EXCH Set-SendConnector -DNSRoutingEnabled, -SmartHosts, -SmartHostAuthMechanism.
 */
export const routing: readonly string[] = ['DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism'];

/** Makes a Send connector, or sets what differs. Source: EXCH New-SendConnector, Set-SendConnector. */
export function applySendConnector(step: EnsureSendConnector, context: ScriptContext): Block {
  const { version } = context;
  const name = quote(step.name);
  const parameters = managed(object, step.parameters);
  const forNew = parameters.filter((one) => takes('New-SendConnector', object, one, version));
  const forSet = parameters.filter((one) => takes('Set-SendConnector', object, one, version));
  const credential = credentialOf(step, context);
  return [
    ...headSendConnector(step, context),
    ...wantedTable(forNew),
    ...(credential ? ['$credentialIsNew = $false'] : []),
    `$connector = ${findSendConnector(step)}`,
    `if ($null -eq $connector -and $PSCmdlet.ShouldProcess(${name}, 'New-SendConnector')) {`,
    ...indent([
      ...(credential ? [needCredential(step, credential.argument)] : []),
      mark(
        `$null = New-SendConnector -Name ${name} -Usage ${quote(usageWord(step))} @wanted${credential ? ` -AuthenticationCredential $${credential.argument}` : ''} -Confirm:$false -ErrorAction Stop`,
        step.origin,
        'New-SendConnector',
      ),
      `Write-Change -Text ${quote(`${step.name}: made`)}`,
      `$connector = ${findSendConnector(step)}`,
      ...(credential ? ['$credentialIsNew = $true'] : []),
    ]),
    '}',
    ...wantedAfterwards(
      forSet.filter((one) => !forNew.includes(one)),
      forNew.filter((one) => !forSet.includes(one)),
    ),
    'if ($null -ne $connector) {',
    ...indent(
      setDiffering(
        step,
        forSet.map(({ parameter }) => parameter),
        credential,
      ),
    ),
    '}',
  ];
}

/** Compares a Send connector with what it shall be; of a credential only the user name can be seen. */
export function verifySendConnector(step: EnsureSendConnector, context: ScriptContext): Block {
  const parameters = managed(object, step.parameters).filter((one) =>
    takes('Set-SendConnector', object, one, context.version),
  );
  const credential = credentialOf(step, context);
  return [
    ...headSendConnector(step, context),
    ...wantedTable(parameters),
    mark(`$connector = ${findSendConnector(step)}`, step.origin, 'Get-SendConnector'),
    `if ($null -eq $connector) { Write-Finding -Text ${quote(`${step.name} is missing`)} }`,
    'else {',
    ...indent([
      `Test-Wanted -Of ${quote(step.name)} -Actual $connector -Wanted $wanted`,
      ...(credential
        ? [
            `if ((Get-UserName -Credential $connector.AuthenticationCredential) -ne ${quote(credential.username)}) { Write-Finding -Text ${quote(`${step.name} does not log on as ${credential.username}`)} }`,
          ]
        : []),
    ]),
    '}',
  ];
}

function setDiffering(
  step: EnsureSendConnector,
  names: readonly string[],
  credential: UsedCredential | undefined,
): Block {
  const name = quote(step.name);
  const coupled = routing.filter((one) => names.includes(one));
  const together = coupled.map((one) => quote(one)).join(', ');
  return [
    `$differing = Get-Difference -Of ${name} -Actual $connector -Wanted $wanted`,
    ...(coupled.length > 1
      ? [
          '# Exchange checks these against each other, so they are set together.',
          `$together = @(${together})`,
          'if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {',
          '    foreach ($property in $together) { $differing[$property] = $wanted[$property] }',
          '}',
        ]
      : []),
    ...(credential
      ? [
          `if (-not $credentialIsNew -and ($RenewCredentials -or (Get-UserName -Credential $connector.AuthenticationCredential) -ne ${quote(credential.username)})) {`,
          ...indent([
            needCredential(step, credential.argument),
            `$differing['AuthenticationCredential'] = $${credential.argument}`,
          ]),
          '}',
        ]
      : []),
    `if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess(${name}, 'Set-SendConnector')) {`,
    ...indent([
      mark(
        `Set-SendConnector -Identity ${name} @differing -Confirm:$false -ErrorAction Stop`,
        step.origin,
        'Set-SendConnector',
      ),
      `Write-Change -Text ${quote(`${step.name}: set`)}`,
    ]),
    '}',
  ];
}

/** A credential and the script parameter that it comes in by. */
interface UsedCredential extends PlannedCredential {
  readonly argument: string;
}

/** Finds the credential that a connector logs on with. */
export function credentialOf(
  { credential }: EnsureSendConnector,
  { plan, argumentNames }: ScriptContext,
): UsedCredential | undefined {
  const planned = plan.credentials.find(({ name }) => name === credential);
  const stem = credential === undefined ? undefined : argumentNames.credentials.get(credential);
  return planned && stem !== undefined ? { ...planned, argument: `${stem}Credential` } : undefined;
}

function needCredential({ name }: EnsureSendConnector, argument: string): string {
  return `if ($null -eq $${argument}) { throw ${quote(`${name}: give -${argument} (Get-Credential)`)} }`;
}

/** Says where a Send connector comes from and which steps of the document make it. */
export function headSendConnector(step: EnsureSendConnector, context: ScriptContext): Block {
  const network = step.dnsRoutingEnabled ? 'S8' : 'S8-S9';
  const steps = `S3-S7, ${network}, S10${step.domainSecureEnabled ? ', S13' : ''}`;
  return located(context, step.origin, steps);
}

/** Writes what finds a Send connector by its exact name; a failed read is no absence. */
export function findSendConnector({ name }: EnsureSendConnector): string {
  return `Get-TheOne -Of ${quote(name)} -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq ${quote(name)} })`;
}

function usageWord({ usage }: EnsureSendConnector): string {
  return usage.charAt(0).toUpperCase() + usage.slice(1);
}
