import type { TrustAuthority } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import { certificateFileName } from './certificate-file.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote } from './quote.ts';

/** Puts a root among those that the server trusts; a root without a file is the administrator's to bring. Source: DOC R15. */
export function applyAuthority(step: TrustAuthority, context: ScriptContext): Block {
  if (step.file === undefined) return withoutFile(step, context);
  return [
    ...lookForRoot(step, context),
    `if (-not (Test-TrustedRoot -Root $root) -and $PSCmdlet.ShouldProcess(${quote(step.name)}, 'trust this root on this computer')) {`,
    ...indent([
      mark('Add-TrustedRoot -Root $root', step.origin, 'Add-TrustedRoot'),
      `Write-Change -Text ${quote(`root ${step.name}: trusted`)}`,
    ]),
    '}',
  ];
}

/** Looks whether the server trusts a root. */
export function verifyAuthority(step: TrustAuthority, context: ScriptContext): Block {
  if (step.file === undefined) return withoutFile(step, context);
  return [
    ...lookForRoot(step, context),
    mark(
      `if (-not (Test-TrustedRoot -Root $root)) { Write-Finding -Text ${quote(`root ${step.name} is not trusted`)} }`,
      step.origin,
      'Test-TrustedRoot',
    ),
  ];
}

/** Writes what reads a root from its file. */
export function lookForRoot(step: TrustAuthority, context: ScriptContext): Block {
  return [
    ...located(context, step.origin, 'R15'),
    `$root = Get-CertificateFile -Name ${quote(certificateFileName(context.plan, 'authority', step.name))}`,
  ];
}

function withoutFile(step: TrustAuthority, context: ScriptContext): Block {
  const text = `root ${step.name}: the topology names no file, so see to it by hand that this computer trusts it`;
  return [...located(context, step.origin, 'R15'), `Write-Host -Object ${quote(`note: ${text}`)}`];
}
