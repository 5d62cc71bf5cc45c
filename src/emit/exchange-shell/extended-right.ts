import type { EnsureReceiveConnector } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote, quoteList } from './quote.ts';

/** Rights of one account on a connector. */
export type Right = EnsureReceiveConnector['extendedRights'][number];

/** Accounts whose name is another one on Windows in another language. Source: Windows well-known SIDs. */
const wellKnown: ReadonlyMap<string, string> = new Map([
  ['NT AUTHORITY\\ANONYMOUS LOGON', 'S-1-5-7'],
  ['NT AUTHORITY\\AUTHENTICATED USERS', 'S-1-5-11'],
]);

/** Grants the rights that a connector's groups do not have, where they are missing. Source: EXCH Add-ADPermission. */
export function applyRights(step: EnsureReceiveConnector, context: ScriptContext): Block {
  return step.extendedRights.flatMap((right) => [
    ...lookForRights(right, context),
    `foreach ($right in @(Get-Missing -Entries ${quoteList(right.rights)} -List $granted)) {`,
    ...indent([
      `if ($PSCmdlet.ShouldProcess(('{0}, {1}' -f $connector.Identity, $account), ('Add-ADPermission {0}' -f $right))) {`,
      ...indent([
        mark(
          '$null = Add-ADPermission -Identity $connector.DistinguishedName -User $account -ExtendedRights $right -Confirm:$false -ErrorAction Stop',
          right.origin,
          'Add-ADPermission',
        ),
        `Write-Change -Text ('{0}: {1} granted to {2}' -f $connector.Identity, $right, $account)`,
      ]),
      '}',
    ]),
    '}',
  ]);
}

/** Compares the rights that an account has on a connector with those it shall have. */
export function verifyRights(step: EnsureReceiveConnector, context: ScriptContext): Block {
  return step.extendedRights.flatMap((right) => [
    ...lookForRights(right, context),
    `foreach ($right in @(Get-Missing -Entries ${quoteList(right.rights)} -List $granted)) {`,
    `    Write-Finding -Text ('{0}: {1} is not granted to {2}' -f $connector.Identity, $right, $account)`,
    '}',
  ]);
}

/** Writes what reads the rights of an account on `$connector`: `$account` has those in `$granted`. */
export function lookForRights(right: Right, context: ScriptContext): Block {
  const sid = wellKnown.get(right.principal.toUpperCase());
  const name = quote(right.principal);
  return [
    ...located(context, right.origin),
    `$account = ${sid === undefined ? name : `Get-AccountName -Sid '${sid}' -Otherwise ${name}`}`,
    '$permissions = @(Get-ADPermission -Identity $connector.DistinguishedName -ErrorAction Stop)',
    mark(
      "$granted = @($permissions | Where-Object { [string]$_.Deny -ne 'True' -and [string]$_.User -eq $account } | ForEach-Object { Get-Text -Value $_.ExtendedRights })",
      right.origin,
      'Get-ADPermission',
    ),
  ];
}
