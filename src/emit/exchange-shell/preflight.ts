import type { ExchangeVersion } from '../../exchange/version.ts';
import type { EnsureReceiveConnector, PlannedParameter, PlannedServer, Step } from '../../plan/step.ts';
import { mark, type Block } from './block.ts';
import { lookForCertificate } from './certificate.ts';
import { certificateFileName } from './certificate-file.ts';
import { commandUses } from './command-uses.ts';
import { isBoundToServer, isOnEdge, type ScriptContext } from './context.ts';
import { transportCommand, transportOf } from './default-certificate.ts';
import { edgeStatus } from './edge-synchronization.ts';
import {
  hasTransportRole,
  hidingXAnonymousTls,
  listeningParameters,
  listReceiveConnectors,
} from './listening.ts';
import { located } from './located.ts';
import { literal } from './parameter-value.ts';
import { quote, quoteList } from './quote.ts';

/** What AdminDisplayVersion begins with. Source: EXCH Get-ExchangeServer. */
const builds: { readonly [version in ExchangeVersion]: string } = {
  '2007': '^Version 8\\.',
  '2010': '^Version 14\\.',
  '2013': '^Version 15\\.0 ',
  '2016': '^Version 15\\.1 ',
  '2019': '^Version 15\\.2 ',
  // SE goes on counting where 2019 ends.
  SE: '^Version 15\\.2 ',
};

/** What ServerRole names. Source: EXCH Get-ExchangeServer. */
const roles: { readonly [role in PlannedServer['role']]: string } = {
  hub: 'HubTransport',
  mailbox: 'Mailbox',
  clientAccess: 'ClientAccess',
  edge: 'Edge',
};

/** Looks whether a place is ready for its scripts, before anything is changed; changes nothing itself. */
export function preflightBlocks(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  const isHere = isBoundToServer(steps, context);
  return [
    commands(steps, context),
    ...certificateFiles(steps, context),
    [
      '# Nothing more can be looked at without them.',
      "if ($findings -gt 0) { Write-Host -Object 'Open the Exchange Management Shell, with the folder of the scripts whole.'; exit 1 }",
    ],
    ...(isHere ? [localComputer(context)] : []),
    ...serverBlocks(context),
    ...subscriptions(context),
    ...certificates(steps, context),
    ...(isHere ? addresses(steps, context) : []),
    ...conflicts(steps, context),
    ...downgradedServers(steps, context),
    ...smartHosts(context),
  ];
}

function commands(steps: readonly Step[], context: ScriptContext): Block {
  const uses = new Map(commandUses(steps, context));
  if (subscribedServers(context).length > 0) {
    for (const name of ['Get-EdgeSubscription', 'Test-EdgeSynchronization'])
      uses.set(name, uses.get(name) ?? []);
  }
  return [
    '# The commands that the scripts of this folder use, with the parameters that the role of the caller may lack.',
    ...[...uses].map(
      ([name, parameters]) => `Test-ShellCommand -Name ${quote(name)} -Parameters ${quoteList(parameters)}`,
    ),
  ];
}

function serverBlocks(context: ScriptContext): readonly Block[] {
  const { plan, server } = context;
  return (server ? [server] : plan.servers.filter(isSeenInside)).map((one) => [
    ...located(context, one.origin),
    mark(
      `Test-ExchangeServer -Name ${quote(one.name)} -Version ${quote(one.version)} -Pattern ${quote(builds[one.version])} -Role ${quote(roles[one.role])}`,
      one.origin,
      'Get-ExchangeServer',
    ),
  ]);
}

function subscribedServers({ place, plan }: ScriptContext): readonly PlannedServer[] {
  return place.kind === 'organization'
    ? plan.servers.filter(({ subscribedTo }) => subscribedTo !== undefined)
    : [];
}

/** Source: EXCH Get-EdgeSubscription, Test-EdgeSynchronization. */
function subscriptions(context: ScriptContext): readonly Block[] {
  const subscribed = subscribedServers(context);
  return [
    ...subscribed.map((edge): Block => [
      ...located(context, edge.origin),
      mark(
        `if (@(Get-EdgeSubscription -ErrorAction Stop | Where-Object { [string]$_.Name -eq ${quote(edge.name)} }).Count -eq 0) { Write-Finding -Text ${quote(`${edge.name} has no Edge subscription`)} }`,
        edge.origin,
        'Get-EdgeSubscription',
      ),
    ]),
    ...subscribed.slice(0, 1).map((edge): Block => [...located(context, edge.origin), ...edgeStatus()]),
  ];
}

function localComputer(context: ScriptContext): Block {
  const { server } = context;
  if (!server) return [];
  return [
    ...located(context, server.origin),
    `if ([Environment]::MachineName -ne ${quote(server.name)}) { Write-Finding -Text ('this is {0}, and the scripts are for {1}' -f [Environment]::MachineName, ${quote(server.name)}) }`,
    'Test-Administrator',
  ];
}

/** A file that was not there when the scripts were written would stop the apply script halfway. */
function certificateFiles(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  return steps.flatMap((step): readonly Block[] => {
    if ((step.kind !== 'certificate' && step.kind !== 'authority') || step.file === undefined) return [];
    return [
      [
        ...located(context, step.origin, 'R15'),
        mark(
          `Test-CertificateFile -Name ${quote(certificateFileName(context.plan, step.kind, step.name))}`,
          step.origin,
          'Test-CertificateFile',
        ),
      ],
    ];
  });
}

/** One that is not installed yet is no fault: apply brings it. */
function certificates(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  return steps.flatMap((step): readonly Block[] => {
    if (step.kind !== 'certificate') return [];
    const text = `note: certificate ${step.name} is not installed with its key, all its names and in date; 10-apply.ps1 needs its file`;
    return [
      [
        ...lookForCertificate(step, context),
        `if ($null -eq $certificate) { Write-Host -Object ${quote(text)} }`,
        mark(
          `else { Test-InstalledCertificate -Of ${quote(step.name)} -Certificate $certificate -Domains ${quoteList(step.domains)} -Services ${quoteList(step.services.filter((one) => one !== 'None'))} }`,
          step.origin,
          'Get-ExchangeCertificate',
        ),
      ],
    ];
  });
}

/** Source: DOC R7. */
function addresses(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  return steps.flatMap((step): readonly Block[] => {
    if (step.kind !== 'receive-connector') return [];
    const specific = step.bindings.filter(({ address }) => address !== '0.0.0.0' && address !== '::');
    if (specific.length === 0) return [];
    return [
      [
        ...located(context, step.origin, 'R7'),
        ...specific.map(({ address }) =>
          mark(
            `Test-LocalAddress -Of ${quote(step.name)} -Address ${quote(address)}`,
            step.origin,
            'Test-LocalAddress',
          ),
        ),
      ],
    ];
  });
}

/** Exchange refuses what these find halfway through apply. Source: EXCH New-ReceiveConnector -RemoteIPRanges, -TransportRole. */
function conflicts(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  const ours = steps.filter((step) => step.kind === 'receive-connector');
  const [first] = ours;
  if (first === undefined) return [];
  const names = quoteList(ours.map(({ name }) => name));
  return [
    [
      '# Connectors of this server that the topology does not name.',
      mark(
        `$connectors = @(${listReceiveConnectors(first.server, context)})`,
        first.origin,
        'Get-ReceiveConnector',
      ),
      `$others = @($connectors | Where-Object { ${names} -notcontains [string]$_.Name })`,
      ...ours.flatMap((step) => [
        ...located(context, step.origin, 'R7-R10'),
        `$listening = @{ ${listeningEntries(step, context).join('; ')} }`,
        mark(
          `Test-Conflict -Of ${quote(step.name)} -Listening $listening -Others $others`,
          step.origin,
          'Test-Conflict',
        ),
      ]),
    ],
  ];
}

/** A role that the topology does not say is the one that the connector has, and nobody knows that of a new one. */
function listeningEntries(step: EnsureReceiveConnector, context: ScriptContext): readonly string[] {
  const written = listeningParameters(step, context);
  const entry = ({ parameter, value }: PlannedParameter): string =>
    `'${parameter}' = ${value.kind === 'list' ? quoteList(value.items) : literal(value)}`;
  const isOpen = hasTransportRole(context) && written.every(({ parameter }) => parameter !== 'TransportRole');
  return [
    ...written.map(entry),
    ...(isOpen
      ? [`'TransportRole' = (Get-TransportRole -Name ${quote(step.name)} -Connectors $connectors)`]
      : []),
  ];
}

/** What the server allows is not the topology's to say. Source: EXCH Set-ReceiveConnector -SuppressXAnonymousTls. */
function downgradedServers(steps: readonly Step[], context: ScriptContext): readonly Block[] {
  return hidingXAnonymousTls(steps).map((step) => {
    const text = `${step.name} hides X-ANONYMOUSTLS, which Exchange takes only where UseDowngradedExchangeServerAuth is true on ${step.server}: set it first`;
    return [
      ...located(context, step.origin),
      mark(
        `foreach ($transport in @(${transportOf(context)})) { if ([string]$transport.UseDowngradedExchangeServerAuth -ne 'True') { Write-Finding -Text ${quote(text)} } }`,
        step.origin,
        transportCommand(context),
      ),
    ];
  });
}

/** The sending server has to resolve a smart host, and the one inside stands for its neighbours. Source: DOC S9.2. */
function smartHosts(context: ScriptContext): readonly Block[] {
  const { plan, place, server } = context;
  const isEdge = (name: string): boolean =>
    plan.servers.some((one) => one.name === name && one.role === 'edge');
  return plan.steps.flatMap((step): readonly Block[] => {
    if (step.kind !== 'send-connector' || step.made === 'setup') return [];
    const isSentHere =
      place.kind === 'organization'
        ? step.sourceTransportServers.some((name) => !isEdge(name))
        : isOnEdge(context) && step.sourceTransportServers.includes(server?.name ?? '');
    const named = step.smartHosts.filter(({ kind }) => kind === 'fqdn');
    if (!isSentHere || named.length === 0) return [];
    return [
      [
        ...located(context, step.origin, 'S9'),
        ...named.map(({ host }) =>
          mark(`Test-SmartHost -Of ${quote(step.name)} -Name ${quote(host)}`, step.origin, 'Test-SmartHost'),
        ),
      ],
    ];
  });
}

/** Inside the organization unsubscribed Edge servers are unknown. */
function isSeenInside({ role, subscribedTo }: PlannedServer): boolean {
  return role !== 'edge' || subscribedTo !== undefined;
}
