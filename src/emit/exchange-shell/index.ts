/** Exchange Management Shell scripts: one folder per place of execution, numbered in the order in which they are run. */
import type { Plan, Step } from '../../plan/step.ts';
import type { Artefact, Emitter, LineOf } from '../emitter.ts';
import { argumentNamesFor } from './argument-names.ts';
import { safeFileName } from '../safe-file-name.ts';
import { applyParameters, checkedCredentials } from './arguments.ts';
import {
  backupEnding,
  backupFolderParameter,
  backupGuard,
  backupOpening,
  backupServices,
  backupStep,
} from './backup.ts';
import { certificateFileName } from './certificate-file.ts';
import { requestCertificate, requestedIn, requestFolderBlock } from './certificate-request.ts';
import { isBoundToServer, type ScriptContext } from './context.ts';
import { domainScripts, earlyDomains, type Naming } from './domain-scripts.ts';
import { synchronizeEdge } from './edge-synchronization.ts';
import { fingerprintOf } from './fingerprint.ts';
import { comparisonLists } from './managed.ts';
import { placesOf, type PlaceOfExecution } from './places.ts';
import { preflightBlocks } from './preflight.ts';
import { restartTransport } from './restart.ts';
import { rollbackOpening, rollbackParameters, rollbackSteps } from './rollback.ts';
import { runbook } from './runbook.ts';
import { scriptArtefact, type Script } from './script.ts';
import { applySteps, isSettingStep, verifyStep } from './steps.ts';
import { summaryOf } from './summary.ts';
import { unsupportedIn } from './unsupported.ts';

/** The target `exchange`. */
export const emitter: Emitter = {
  unsupported: unsupportedIn,
  emit: async (plan, lineOf) => emitScripts(plan, lineOf),
};

function emitScripts(plan: Plan, lineOf: LineOf): readonly Artefact[] {
  const places = placesOf(plan).map((place) => ({
    place,
    scripts: scriptsOf(place, contextOf(plan, place, lineOf)),
  }));
  return [
    {
      kind: 'text',
      path: 'exchange/README.md',
      text: runbook(plan, places, lineOf),
      encoding: 'utf-8',
    },
    ...places.flatMap(({ place, scripts }) => [
      ...scripts.map((script, index) => ({
        ...scriptArtefact(script),
        ...(index === 0 && { summary: summaryOf(place) }),
      })),
      ...certificateFiles(plan, place),
    ]),
  ];
}

function contextOf(plan: Plan, { place }: PlaceOfExecution, lineOf: LineOf): ScriptContext {
  const server = place.kind === 'server' ? plan.servers.find(({ name }) => name === place.server) : undefined;
  return {
    plan,
    place,
    ...(server && { server }),
    version: server?.version ?? plan.version,
    argumentNames: argumentNamesFor(plan),
    lineOf,
  };
}

/** The scripts of one place, in the order in which they are run. */
function scriptsOf(place: PlaceOfExecution, context: ScriptContext): readonly Script[] {
  const { steps } = place;
  const file = context.plan.file;
  const path = (name: string): string => `exchange/${place.folder}${name}.ps1`;
  const about = (
    what: string,
    its: readonly Step[],
    where = whereRun(place, its, context),
  ): readonly string[] => [
    `${place.title}: ${what}`,
    `Written by mailtopo from ${file}; change that file and compile again.`,
    `Run it in the Exchange Management Shell (Exchange ${context.version}) ${where}.`,
  ];
  return [
    ...settingScripts(place, context, { path, about }),
    ...onceScript(steps, 'edge-synchronization', (chosen) => ({
      path: path('20-synchronize'),
      about: about('carries the changes to the subscribed Edge servers now.', steps.filter(isSettingStep)),
      nature: 'changing',
      file,
      parameters: [],
      settings: [],
      steps: chosen.map((step) => synchronizeEdge(step, context)),
    })),
    ...onceScript(steps, 'restart', (chosen) => ({
      path: path('30-restart'),
      about: [
        ...about('restarts the Transport service. Mail stops meanwhile, so choose the time.', chosen),
        "Microsoft's how-to asks for it after these changes; later references of Exchange do not.",
      ],
      nature: 'changing',
      file,
      parameters: [],
      settings: [],
      steps: chosen.map((step) => restartTransport(step, context)),
    })),
  ].toSorted((a, b) => compareTexts(a.path, b.path));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The scripts for what shall be so: look, save, make, compare, go back. */
function settingScripts(place: PlaceOfExecution, context: ScriptContext, { path, about }: Naming): Script[] {
  const { steps, title } = place;
  const settings = steps.filter(isSettingStep);
  if (settings.length === 0) return [];
  const { file } = context.plan;
  const comparison = settings.some((step) => 'parameters' in step) ? comparisonLists(steps) : [];
  const prefix = safeFileName(title);
  const fingerprint = fingerprintOf(settings);
  const requested = requestedIn(steps, context);
  const early: readonly Step[] = earlyDomains(context);
  const rolledBack = settings.filter((step) => !early.includes(step));
  return [
    {
      path: path('00-preflight'),
      about: about('looks whether the scripts can do their work. Changes nothing.', steps),
      nature: 'reading',
      file,
      parameters: [],
      settings: [],
      steps: preflightBlocks(steps, context),
    },
    ...(requested.length === 0
      ? []
      : [
          {
            path: path('02-request'),
            about: [
              ...about(
                'requests certificates that are not installed yet. Changes nothing else.',
                requested,
                `on ${title}`,
              ),
              'Send the files of the folder requests to the issuer. The key stays on the server.',
            ],
            nature: 'changing' as const,
            file,
            parameters: [],
            settings: requestFolderBlock,
            steps: requested.map((step) => requestCertificate(step, context)),
          },
        ]),
    {
      path: path('05-backup'),
      about: [
        ...about('saves how everything is that 10-apply.ps1 may touch. Changes nothing.', settings),
        'Each run writes a file of its own. No password and no private key is in it.',
      ],
      nature: 'saving',
      file,
      parameters: [backupFolderParameter],
      settings: backupOpening(settings, context),
      steps: [
        ...settings.map((step) => backupStep(step, context)),
        ...backupServices(settings, context),
        backupEnding(title, prefix, fingerprint, file),
      ],
    },
    ...domainScripts(context, { path, about }, { title, prefix, fingerprint }),
    {
      path: path('10-apply'),
      about: [
        ...about(
          'makes what is missing and sets what differs; objects it does not name stay as they are.',
          settings,
        ),
        'It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.',
      ],
      nature: 'changing',
      file,
      parameters: applyParameters(steps, context),
      settings: [
        ...comparison,
        ...checkedCredentials(steps, context),
        ...backupGuard(title, prefix, fingerprint),
      ],
      steps: applySteps(settings, context),
    },
    {
      path: path('40-verify'),
      about: about(
        'compares with the topology. Changes nothing; ends with 1 where something differs.',
        settings,
      ),
      nature: 'reading',
      file,
      parameters: [],
      settings: comparison,
      steps: settings.map((step) => verifyStep(step, context)),
    },
    ...(rolledBack.length === 0
      ? []
      : [
          {
            path: path('90-rollback'),
            about: [
              ...about(
                'goes back to what 05-backup.ps1 saved, as far as 10-apply.ps1 has changed it.',
                settings,
              ),
              'What apply made is removed, unless somebody has changed it since; what others made stays.',
              'It can be run again. -WhatIf shows what it would do.',
            ],
            nature: 'changing' as const,
            file,
            parameters: rollbackParameters(rolledBack),
            settings: [...comparison, ...rollbackOpening(title, prefix)],
            steps: rollbackSteps(rolledBack, context),
          },
        ]),
  ];
}

function onceScript<K extends Step['kind']>(
  steps: readonly Step[],
  kind: K,
  make: (chosen: readonly Extract<Step, { readonly kind: K }>[]) => Script,
): readonly Script[] {
  const chosen = steps.filter((step): step is Extract<Step, { readonly kind: K }> => step.kind === kind);
  return chosen.length === 0 ? [] : [make(chosen)];
}

function whereRun({ place }: PlaceOfExecution, steps: readonly Step[], context: ScriptContext): string {
  if (place.kind === 'organization') return 'on a server inside the organization';
  const others = isBoundToServer(steps, context) ? '' : ', or on another server inside the organization';
  return `on ${place.server}${others}`;
}

/** Copies of certificates that the scripts compare with; private keys are never among them. */
function certificateFiles(plan: Plan, { folder, steps }: PlaceOfExecution): readonly Artefact[] {
  return steps.flatMap((step): readonly Artefact[] => {
    if ((step.kind !== 'certificate' && step.kind !== 'authority') || step.file === undefined) return [];
    const path = `exchange/${folder}certificates/${certificateFileName(plan, step.kind, step.name)}`;
    return [{ kind: 'source-file', path, sourceFile: step.file, origin: step.origin, secret: false }];
  });
}
