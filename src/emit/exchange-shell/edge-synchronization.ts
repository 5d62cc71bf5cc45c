import type { SynchronizeEdge } from '../../plan/step.ts';
import { indent, mark, type Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote } from './quote.ts';

/**
 * Carries the organization's settings to its subscribed Edge servers now, and looks whether they arrived.
 *
 * Source: EXCH Start-EdgeSynchronization -Server, -TargetServer (not in 2007), Test-EdgeSynchronization.
 */
export function synchronizeEdge(step: SynchronizeEdge, context: ScriptContext): Block {
  const { plan, version } = context;
  const site = step.site.toLowerCase();
  const inside = plan.servers.find(
    (server) =>
      server.role !== 'edge' && server.role !== 'clientAccess' && server.site?.toLowerCase() === site,
  );
  const from = inside ? ` -Server ${quote(inside.name)}` : '';
  const targets = version === '2007' ? [''] : step.edgeServers.map((name) => ` -TargetServer ${quote(name)}`);
  return [
    ...located(context, step.origin),
    `if ($PSCmdlet.ShouldProcess(${quote(step.edgeServers.join(', '))}, 'Start-EdgeSynchronization')) {`,
    ...indent([
      ...targets.map((target) =>
        mark(
          `Start-EdgeSynchronization${from}${target} -Confirm:$false -ErrorAction Stop`,
          step.origin,
          'Start-EdgeSynchronization',
        ),
      ),
      `Write-Change -Text ${quote(`Edge synchronization with ${step.edgeServers.join(', ')}: started`)}`,
    ]),
    '}',
    ...edgeStatus(),
  ];
}

/** Writes what reports a synchronization that is not normal. Source: EXCH Test-EdgeSynchronization. */
export function edgeStatus(): Block {
  return [
    'foreach ($status in @(Test-EdgeSynchronization -ErrorAction Stop)) {',
    ...indent([
      "if ([string]$status.SyncStatus -ne 'Normal') { Write-Finding -Text ('Edge synchronization with {0} is {1}' -f $status.Name, $status.SyncStatus) }",
    ]),
    '}',
  ];
}
