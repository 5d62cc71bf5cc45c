import type { ExchangeVersion } from '../../exchange/version.ts';
import type { PlannedServer, Step } from '../../plan/step.ts';
import { mark, type Block } from './block.ts';
import { certificateFileName } from './certificate-file.ts';
import { isBoundToServer, type ScriptContext } from './context.ts';
import { located } from './located.ts';
import { quote } from './quote.ts';

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

/** Looks whether a place is ready for its scripts: the shell, the servers, files, addresses; changes nothing. */
export function preflightBlocks(
  steps: readonly Step[],
  commands: readonly string[],
  context: ScriptContext,
): readonly Block[] {
  return [
    [
      '# The commands that the scripts of this folder use.',
      ...[...commands, ...subscriptionCommands(context)].map(
        (command) => `Test-ShellCommand -Name ${quote(command)}`,
      ),
      '# Nothing more can be looked at without them.',
      `if ($findings -gt 0) { Write-Host -Object 'Open the Exchange Management Shell.'; exit 1 }`,
    ],
    serverBlock(context),
    subscriptions(context),
    ...certificateFiles(steps, context),
    ...(isBoundToServer(steps, context) ? [localComputer(context), ...addresses(steps, context)] : []),
  ];
}

function serverBlock(context: ScriptContext): Block {
  const { plan, server } = context;
  return (server ? [server] : plan.servers.filter(isSeenInside)).flatMap((one) => [
    ...located(context, one.origin),
    mark(
      `Test-ExchangeServer -Name ${quote(one.name)} -Version ${quote(one.version)} -Pattern ${quote(builds[one.version])}`,
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

function subscriptionCommands(context: ScriptContext): readonly string[] {
  return subscribedServers(context).length > 0 ? ['Get-EdgeSubscription'] : [];
}

/** Source: EXCH Get-EdgeSubscription. */
function subscriptions(context: ScriptContext): Block {
  return subscribedServers(context).flatMap((edge) => [
    ...located(context, edge.origin),
    mark(
      `if (@(Get-EdgeSubscription -ErrorAction Stop | Where-Object { [string]$_.Name -eq ${quote(edge.name)} }).Count -eq 0) { Write-Finding -Text ${quote(`${edge.name} has no Edge subscription`)} }`,
      edge.origin,
      'Get-EdgeSubscription',
    ),
  ]);
}

function localComputer(context: ScriptContext): Block {
  const { server } = context;
  if (!server) return [];
  return [
    ...located(context, server.origin),
    `if ([Environment]::MachineName -ne ${quote(server.name)}) { Write-Finding -Text ('this is {0}, and the scripts are for {1}' -f [Environment]::MachineName, ${quote(server.name)}) }`,
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

/** Inside the organization unsubscribed Edge servers are unknown. */
function isSeenInside({ role, subscribedTo }: PlannedServer): boolean {
  return role !== 'edge' || subscribedTo !== undefined;
}
