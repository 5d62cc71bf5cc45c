import type { ExchangeVersion } from '../../exchange/version.ts';
import { compareVersions } from '../../exchange/version.ts';
import type { Place, Plan, PlannedServer, Step } from '../../plan/step.ts';
import type { LineOf } from '../emitter.ts';
import type { ArgumentNames } from './argument-names.ts';

/** What a step needs to know about the script that it stands in. */
export interface ScriptContext {
  readonly plan: Plan;
  readonly place: Place;
  /** The server that the script is for; absent for the organization. */
  readonly server?: PlannedServer;
  /** The version of the shell that the script runs in. */
  readonly version: ExchangeVersion;
  readonly argumentNames: ArgumentNames;
  readonly lineOf: LineOf;
}

/** Says whether the script runs on an Edge server, whose shell is local and sees that server alone. */
export function isOnEdge({ server }: ScriptContext): boolean {
  return server?.role === 'edge';
}

/**
 * Says whether the scripts of a place run on its server and nowhere else: on an Edge server all of them do, elsewhere
 * those that restart, bring roots or, in 2007, certificates.
 *
 * Source: EXCH Get-ExchangeCertificate -Server, New-ReceiveConnector -Server.
 */
export function isBoundToServer(steps: readonly Step[], context: ScriptContext): boolean {
  if (context.server === undefined) return false;
  return (
    isOnEdge(context) ||
    steps.some(
      ({ kind }) =>
        kind === 'restart' ||
        kind === 'authority' ||
        (kind === 'certificate' && !namesServerOfCertificates(context)),
    )
  );
}

/**
 * Says whether the cmdlets for certificates take `-Server` here; without it they are for the server they run on.
 *
 * Source: EXCH Get-ExchangeCertificate -Server (not in 2007).
 */
export function namesServerOfCertificates(context: ScriptContext): boolean {
  return !isOnEdge(context) && compareVersions(context.version, '2010') >= 0;
}
