import type { EnsureAcceptedDomain, Step } from '../../plan/step.ts';
import { backupParameters } from './arguments.ts';
import { backupGuard } from './backup.ts';
import type { ScriptContext } from './context.ts';
import { domainsNamedByServers, synchronizationsForDomains } from './default-domain.ts';
import { synchronizeEdge } from './edge-synchronization.ts';
import { rollbackOpening, rollbackParameters, rollbackSteps } from './rollback.ts';
import type { Script } from './script.ts';
import { applySteps } from './steps.ts';

/** How the scripts of one place are called and what their first lines say. */
export interface Naming {
  readonly path: (name: string) => string;
  readonly about: (what: string, its: readonly Step[], where?: string) => readonly string[];
}

/** Which backup a place's scripts rely on. */
export interface BackupOf {
  readonly title: string;
  readonly prefix: string;
  readonly fingerprint: string;
}

/** Gives the accepted domains that have scripts of their own in a place. */
export function earlyDomains({ place, plan }: ScriptContext): readonly EnsureAcceptedDomain[] {
  return place.kind === 'organization' ? domainsNamedByServers(plan) : [];
}

/**
 * The scripts of the accepted domains that Receive connectors name: they come before the servers' apply, and go after the
 * servers' rollback.
 */
export function domainScripts(
  context: ScriptContext,
  { path, about }: Naming,
  { title, prefix, fingerprint }: BackupOf,
): readonly Script[] {
  const domains = earlyDomains(context);
  if (domains.length === 0) return [];
  const { file } = context.plan;
  return [
    {
      path: path('08-domains'),
      about: [
        ...about('makes the accepted domains that Receive connectors of the servers name.', domains),
        'Exchange refuses those connectors without them, so this comes before 10-apply.ps1 of the servers.',
      ],
      nature: 'changing',
      file,
      parameters: backupParameters,
      settings: backupGuard(title, prefix, fingerprint),
      steps: [
        ...applySteps(domains, context),
        ...synchronizationsForDomains(context.plan).map((step) => synchronizeEdge(step, context)),
      ],
    },
    {
      path: path('95-rollback-domains'),
      about: [
        ...about('removes the accepted domains that 08-domains.ps1 made, or sets them back.', domains),
        'It comes after 90-rollback.ps1 of the servers, whose Receive connectors name these domains.',
      ],
      nature: 'changing',
      file,
      parameters: rollbackParameters(domains),
      settings: rollbackOpening(title, prefix),
      steps: rollbackSteps(domains, context),
    },
  ];
}
