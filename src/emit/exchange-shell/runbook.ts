import type { Plan, Step } from '../../plan/step.ts';
import type { LineOf } from '../emitter.ts';
import { markdownText } from '../readable-text.ts';
import type { PlaceOfExecution } from './places.ts';
import type { Script } from './script.ts';

/** A place of execution with the scripts that are run there. */
export interface PlaceWithScripts {
  readonly place: PlaceOfExecution;
  readonly scripts: readonly Script[];
}

/** A round through the places: all of them do one thing before any does the next. */
interface Round {
  readonly script: string;
  readonly title: string;
  readonly words: string;
}

const rounds: readonly Round[] = [
  {
    script: '00-preflight',
    title: 'Look',
    words:
      'Reads only: commands and parameters that your role lacks, servers with their version and role, adapter addresses, certificates, ' +
      'connectors of others that would conflict, smart hosts, Edge synchronization. Go on when none of them ends with a finding (exit code 1).',
  },
  {
    script: '02-request',
    title: 'Request certificates, if they are not there yet',
    words:
      'Writes a request for each certificate that no server has, and never a second one. Send the files of the folder `requests` to the issuer. ' +
      'Hand the answer to apply on the same server, where importing it completes the request (DOC R15). Other servers that shall have the certificate get it as a PFX file ' +
      'with its password, which `Export-ExchangeCertificate` writes on the first one.',
  },
  {
    script: '05-backup',
    title: 'Save',
    words:
      'Writes how everything is that apply may touch to a new file in the folder `backup` beside the script, or in `-BackupFolder`. ' +
      'Keep it: it is the way back. Apply refuses (exit code 3) without a backup that was made for the same scripts.',
  },
  {
    script: '08-domains',
    title: 'Make the accepted domains that Receive connectors name',
    words:
      'Before any apply: Exchange refuses a Receive connector whose default domain is not an accepted one. ' +
      'Where a subscribed Edge server names one, it is carried there, too. The other accepted domains come with apply.',
  },
  {
    script: '10-apply',
    title: 'Apply',
    words:
      'Once with `-WhatIf` to see what would be done, then without. Can be run again; what is right is not touched. ' +
      'An error ends the script with exit code 2 and the line of the topology; mend the cause and run it again.',
  },
  {
    script: '20-synchronize',
    title: 'Synchronize',
    words: 'EdgeSync would do it within its interval; this does it now.',
  },
  {
    script: '30-restart',
    title: 'Restart, if at all',
    words:
      "Microsoft's how-to asks for it where Domain Security, bindings or the domain-secure lists have changed (DOC S13.4, R21); " +
      'later references do not. Server by server, for mail stops meanwhile. `-Confirm` asks before each one.',
  },
  {
    script: '40-verify',
    title: 'Verify',
    words:
      'Reads only; gives each difference as an object and ends with 1 where something is not as the topology says.',
  },
];

/** The way back takes the places the other way round: what sends stops before what receives goes. */
const wayBack: readonly Round[] = [
  {
    script: '90-rollback',
    title: 'Only to go back',
    words:
      'Once with `-WhatIf`, then without; in this order. Removes what apply made, brings saved values back and takes only our entries off shared lists. ' +
      'What somebody has changed since apply made it stays and is reported; certificates stay unless `-RemoveCertificates`. ' +
      'Where several backups lie in the folder, `-Backup` says which one. Synchronize and, if at all, restart afterwards.',
  },
  {
    script: '95-rollback-domains',
    title: 'Then the domains that Receive connectors named',
    words: 'After the servers have gone back, for their connectors name these accepted domains.',
  },
];

/** Writes the page that an administrator starts with: what is run where and in which order. */
export function runbook(plan: Plan, places: readonly PlaceWithScripts[], lineOf: LineOf): string {
  return [
    `# ${markdownText(plan.organization)}: Exchange Management Shell scripts`,
    '',
    `Written by mailtopo from ${markdownText(plan.file)} for Exchange ${plan.version}. Change that file and compile again.`,
    '',
    ...(places.length === 0 ? ['There is nothing to do.'] : []),
    ...roundSections(places),
    '## What is done where',
    '',
    ...places.flatMap(({ place }) => [
      `### ${markdownText(place.title)}`,
      '',
      ...place.steps.map((step) => `- ${sentence(step)} (line ${lineOf(step.origin)})`),
      '',
    ]),
    ...notes(plan, places),
  ].join('\n');
}

function roundSections(places: readonly PlaceWithScripts[]): readonly string[] {
  return [
    ...rounds.map((round) => roundSection(round, places)),
    ...wayBack.map((round) => roundSection(round, places.toReversed())),
  ]
    .filter((lines) => lines.length > 0)
    .flatMap(([title, ...lines], index) => [`## ${index + 1}. ${title ?? ''}`, ...lines]);
}

/** Writes which scripts a round has, below its title; nothing where no place has one. */
function roundSection(
  { script, title, words }: Round,
  places: readonly PlaceWithScripts[],
): readonly string[] {
  const rows = places.flatMap(({ place, scripts }) =>
    scripts
      .filter(({ path }) => path.endsWith(`/${script}.ps1`))
      .map(({ path, parameters }) => {
        const given = parameters.map(({ declaration }) => `\`-${declaration.split('$').at(-1) ?? ''}\``);
        return `| \`${path.replace(/^exchange\//, '')}\` | ${markdownText(whereRun(place))} | ${given.join(' ')} |`;
      }),
  );
  if (rows.length === 0) return [];
  return [title, '', words, '', '| script | where | parameters |', '| --- | --- | --- |', ...rows, ''];
}

function whereRun({ place, title }: PlaceOfExecution): string {
  return place.kind === 'organization' ? 'any server inside the organization, no Edge server' : title;
}

/** Says in words what a step brings about. */
function sentence(step: Step): string {
  const names = (list: readonly string[]): string => list.map(markdownText).join(', ');
  switch (step.kind) {
    case 'accepted-domain':
      return `Accepted domain ${markdownText(step.domain)}: ${step.type}`;
    case 'authority':
      return `Root ${markdownText(step.name)} is trusted (DOC R15)${step.file === undefined ? '; by hand, for the topology names no file' : ''}`;
    case 'certificate':
      return `Certificate ${markdownText(step.name)} is installed and enabled for ${names(step.services) || 'no service'} (DOC R15)`;
    case 'receive-connector':
      return `Receive connector ${markdownText(step.name)} (DOC R1-R${step.requireTLS ? '19' : '16'})`;
    case 'send-connector':
      return `Send connector ${markdownText(step.name)} (DOC S1-S${step.domainSecureEnabled ? '13' : '12'})`;
    case 'transport-config':
      return `Domain-secure lists and transport settings (DOC R20)`;
    case 'edge-synchronization':
      return `Edge synchronization with ${names(step.edgeServers)}`;
    case 'restart':
      return `Restart of ${names(step.services)} because of ${names(step.reasons)} (DOC S13.4, R21)`;
  }
}

function notes(plan: Plan, places: readonly PlaceWithScripts[]): readonly string[] {
  const versions = new Set([plan.version, ...plan.servers.map(({ version }) => version)]);
  const steps = places.flatMap(({ place }) => place.steps);
  const isInside = (step: Step): boolean => {
    const name = step.place.kind === 'server' ? step.place.server : undefined;
    return plan.servers.some((server) => server.name === name && server.role !== 'edge');
  };
  const hasSecrets = steps.some(
    (step) =>
      step.kind === 'certificate' || (step.kind === 'send-connector' && step.credential !== undefined),
  );
  const replaces = places.some(({ scripts }) =>
    scripts
      .flatMap(({ parameters }) => parameters)
      .some(({ declaration }) => declaration.endsWith('$ReplaceDefaultSmtpCertificate')),
  );
  const lines = [
    hasSecrets
      ? 'Keys and passwords are in no file of ours. A private key is on the server with its request, or comes as a PFX file, its password by `(Read-Host -AsSecureString)`, a credential by `(Get-Credential)`; they are needed only where Exchange does not have them yet.'
      : undefined,
    versions.has('2007')
      ? 'Exchange 2007: the scripts need Windows PowerShell 2.0 (Windows Management Framework 2.0); certificates are handled on the server itself.'
      : undefined,
    steps.some((step) => step.kind === 'receive-connector' && isInside(step))
      ? 'Receive connectors of hub and mailbox servers are named with their server, so their scripts may be run on any server inside the organization. What has to be run on the server itself, such as a restart or a root, says so in its first lines.'
      : undefined,
    plan.servers.some(({ subscribedTo }) => subscribedTo !== undefined)
      ? 'On a subscribed Edge server Send connectors, accepted domains and the domain-secure lists are never changed: they are changed inside and EdgeSync carries them. If the default SMTP certificate of such a server is replaced, it has to be subscribed again.'
      : undefined,
    steps.some((step) => step.kind === 'certificate')
      ? `Exchange asks whether a newly enabled certificate shall become the default one for SMTP. Answer No on a server that takes part in EdgeSync.${replaces ? ' `-ReplaceDefaultSmtpCertificate` says Yes beforehand.' : ''}`
      : undefined,
    'DOC S10 is step 10 of sending, DOC R15 step 15 of receiving, in Microsoft\'s "How to Use TLS Authentication in Exchange 2007 to Send and Receive Messages with Third-Party E-Mail".',
    'The scripts are UTF-8 with a byte-order mark and CR LF. Whoever signs them signs the files as they are.',
  ];
  return ['## Notes', '', ...lines.filter((line) => line !== undefined).map((line) => `- ${line}`), ''];
}
