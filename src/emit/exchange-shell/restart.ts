import type { RestartTransport } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { comment, quote } from './quote.ts';

/** Restarts the Transport services of the server that the script runs on; mail stops meanwhile. Source: DOC S13.4, R21. */
export function restartTransport(step: RestartTransport, context: ScriptContext): Block {
  return [
    ...located(context, step.origin, 'S13.4, R21'),
    ...step.reasons.map((reason) => comment(`because of ${reason}`)),
    ...step.services.flatMap((service) => [
      `if (@(Get-Service | Where-Object { $_.Name -eq ${quote(service)} }).Count -eq 0) { throw ${quote(`${service} is not on this computer: run this script on ${step.server}`)} }`,
      `if ($PSCmdlet.ShouldProcess(${quote(step.server)}, ${quote(`restart ${service}`)})) {`,
      ...indent([
        mark(`Restart-Service -Name ${quote(service)} -ErrorAction Stop`, step.origin, 'Restart-Service'),
        `Write-Change -Text ${quote(`${service} restarted`)}`,
      ]),
      '}',
    ]),
  ];
}
