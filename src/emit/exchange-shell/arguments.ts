import type { Step } from '../../plan/step.ts';
import { backupFolderParameter } from './backup.ts';
import type { Block } from './block.ts';
import { argumentsOf } from './certificate.ts';
import type { ScriptContext } from './context.ts';
import { quote } from './quote.ts';
import type { Script } from './script.ts';
import { credentialOf } from './send-connector.ts';

/** Declares what an administrator hands to the apply script: keys and credentials, which are in no file of ours. */
export function applyParameters(steps: readonly Step[], context: ScriptContext): Script['parameters'] {
  const certificates = steps.filter((step) => step.kind === 'certificate');
  const accounts = accountsOf(steps, context);
  return [
    ...certificates.flatMap((step) => {
      const { file, password } = argumentsOf(step, context);
      return [
        {
          about: `Certificate ${step.name}: PFX file, or the issuer's answer to 02-request.ps1; needed where it is not installed yet.`,
          declaration: `[string]$${file}`,
        },
        {
          about: `Password of the PFX file, such as (Read-Host -AsSecureString); an answer has none.`,
          declaration: `[System.Security.SecureString]$${password}`,
        },
      ];
    }),
    ...(certificates.length > 0 && context.version !== '2007'
      ? [
          {
            about:
              'Makes a newly enabled certificate the default one for SMTP without asking; EdgeSync trusts the default one.',
            declaration: '[switch]$ReplaceDefaultSmtpCertificate',
          },
        ]
      : []),
    ...accounts.map(({ argument, username }) => ({
      about: `User name and password of ${username}, from Get-Credential; needed where no connector has them yet.`,
      declaration: `[System.Management.Automation.PSCredential]$${argument}`,
    })),
    ...(accounts.length > 0
      ? [
          {
            about: 'Writes the credentials again, as after a change of the password.',
            declaration: '[switch]$RenewCredentials',
          },
        ]
      : []),
    ...backupParameters,
  ];
}

/** Declares which backup a changing script relies on. */
export const backupParameters: Script['parameters'] = [
  backupFolderParameter,
  {
    about: 'Goes ahead without a backup; nothing leads back then.',
    declaration: '[switch]$WithoutBackup',
  },
];

/** Stops before anything is done where a credential is another user's. */
export function checkedCredentials(steps: readonly Step[], context: ScriptContext): Block {
  return accountsOf(steps, context).map(
    ({ argument, username }) =>
      `if ($null -ne $${argument} -and (Get-UserName -Credential $${argument}) -ne ${quote(username)}) { throw ${quote(`-${argument} is not for ${username}`)} }`,
  );
}

function accountsOf(
  steps: readonly Step[],
  context: ScriptContext,
): readonly { readonly argument: string; readonly username: string }[] {
  const used = steps.flatMap((step) =>
    step.kind === 'send-connector' ? (credentialOf(step, context) ?? []) : [],
  );
  return used.filter(({ argument }, index) => used.findIndex((one) => one.argument === argument) === index);
}
