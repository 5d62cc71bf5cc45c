import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../../src/emit/exchange-shell/quote.ts';
import type { Cmdlet } from '../../src/exchange/cmdlet.ts';
import { holdsIn, type ExchangeVersion } from '../../src/exchange/version.ts';
import type { Plan } from '../../src/plan/step.ts';

const folder = join('src', 'exchange', 'catalogue', 'cmdlets');

const cmdlets: readonly Cmdlet[] = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Cmdlet,
);

/** What New-EdgeSubscription takes away from the shell of an Edge server. Source: EXCH New-EdgeSubscription. */
const disabledBySubscription = /^(New|Set|Remove)-(SendConnector|AcceptedDomain|RemoteDomain)$/;

/** The cmdlets of a version with their parameters, by name. */
export function cmdletsIn(version: ExchangeVersion): ReadonlyMap<string, readonly string[]> {
  return new Map(
    cmdlets
      .filter((cmdlet) => holdsIn(version, cmdlet))
      .map(({ name, parameters }) => [
        name,
        Object.entries(parameters)
          .filter(([, parameter]) => holdsIn(version, parameter))
          .map(([parameter]) => parameter),
      ]),
  );
}

/** Writes a module with the commands of one version around the fake Exchange, as the shell on one server has them. */
export function fakeModule(version: ExchangeVersion, server: string, plan: Plan): string {
  const isSubscribed = plan.servers.some(
    ({ name, subscribedTo }) => name === server && subscribedTo !== undefined,
  );
  const present = cmdlets.filter(
    (cmdlet) => holdsIn(version, cmdlet) && !(isSubscribed && disabledBySubscription.test(cmdlet.name)),
  );
  const builds = {
    '2007': '8.3',
    '2010': '14.3',
    '2013': '15.0',
    '2016': '15.1',
    '2019': '15.2',
    SE: '15.2',
  };
  const roles = {
    hub: 'HubTransport, ClientAccess',
    mailbox: 'Mailbox',
    clientAccess: 'ClientAccess',
    edge: 'Edge',
  };
  const servers = plan.servers.map(
    ({ name, role, subscribedTo }) =>
      `@{ Name = ${quote(name)}; AdminDisplayVersion = 'Version ${builds[version]} (Build 1.0)'; ServerRole = '${roles[role]}'; Subscribed = $${subscribedTo !== undefined} }`,
  );
  return [
    `$FakeServer = ${quote(server)}`,
    `$FakeServers = @(${servers.join(', ')})`,
    ...typeTable(version),
    readFileSync(join('test', 'powershell', 'fake-exchange.ps1'), 'utf8'),
    ...present.map((cmdlet) => command(cmdlet, version)),
    'Export-ModuleMember -Function *',
  ].join('\n');
}

function typeTable(version: ExchangeVersion): readonly string[] {
  const nouns = ['ReceiveConnector', 'SendConnector', 'TransportConfig', 'AcceptedDomain'];
  const types = new Map<string, string>();
  const properties = nouns.map((noun) => {
    const own = cmdlets.find(({ name }) => name === `Set-${noun}`)?.parameters ?? {};
    const names = Object.entries(own).filter(([, parameter]) => holdsIn(version, parameter));
    for (const [name, { type, element, multi }] of names) {
      const isMulti = multi === true && type === 'MultiValuedProperty';
      types.set(name.toLowerCase(), `@{ Name = '${isMulti ? element : type}'; Multi = $${isMulti} }`);
    }
    return `'${noun}' = @(${names.map(([name]) => `'${name}'`).join(', ')})`;
  });
  return [
    `$FakeTypes = @{ ${[...types].map(([name, type]) => `'${name}' = ${type}`).join('; ')} }`,
    `$global:FakeProperties = @{ ${properties.join('; ')} }`,
  ];
}

/** A function that takes what the cmdlet takes, by name alone, and fails as a remote command does: without stopping. */
function command({ name, parameters }: Cmdlet, version: ExchangeVersion): string {
  const own = Object.entries(parameters)
    .filter(([parameter, one]) => holdsIn(version, one) && !['WhatIf', 'Confirm'].includes(parameter))
    .map(([parameter, { type }]) => `${type === 'SwitchParameter' ? '[switch]' : ''}$${parameter}`);
  return `function ${name} { [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false)] param(${own.join(', ')})
    try { Invoke-FakeExchange -Command '${name}' -Bound $PSBoundParameters } catch { $PSCmdlet.WriteError($_) } }`;
}
