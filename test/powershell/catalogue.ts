import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cmdlet } from '../../src/exchange/cmdlet.ts';
import { cmdletsWith, defaultOf, parametersFor, rangeOf, valuesOf } from '../../src/exchange/cmdlets.ts';
import type { ServerRole } from '../../src/exchange/server-role.ts';
import type { Setting, SettingObject } from '../../src/exchange/setting.ts';
import { exchangeVersions, holdsIn, type ExchangeVersion } from '../../src/exchange/version.ts';
import { parseTimeSpan } from '../../src/mail/time-span.ts';
import type { Host } from './engine.ts';

const folder = join('src', 'exchange', 'catalogue', 'cmdlets');

const cmdlets: readonly Cmdlet[] = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Cmdlet,
);

/** The noun of the cmdlets that manage an object. */
export const nounOf: { readonly [kind in SettingObject]: string } = {
  sendConnector: 'SendConnector',
  receiveConnector: 'ReceiveConnector',
  transportConfig: 'TransportConfig',
};

const usages = ['client', 'custom', 'internal', 'internet', 'partner'] as const;
const roles: readonly ServerRole[] = ['hub', 'mailbox', 'clientAccess', 'edge'];

/** The cmdlets of a version with their parameters, each with whether it is a switch. */
export function cmdletsIn(version: ExchangeVersion): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  return new Map(
    cmdlets
      .filter((cmdlet) => holdsIn(version, cmdlet))
      .map(({ name, parameters }) => [
        name,
        new Map(
          Object.entries(parameters)
            .filter(([, parameter]) => holdsIn(version, parameter))
            .map(([parameter, { type }]) => [parameter, type === 'SwitchParameter']),
        ),
      ]),
  );
}

/** Teaches a host what each version knows. */
export async function teachVersions(host: Host): Promise<void> {
  for (const version of exchangeVersions) {
    const known = [...cmdletsIn(version)].map(([name, parameters]) => [name, Object.fromEntries(parameters)]);
    const objects = Object.entries(nounOf) as [SettingObject, string][];
    await host.ask({
      do: 'catalogue',
      version,
      cmdlets: Object.fromEntries(known) as unknown,
      settings: {
        ...Object.fromEntries(objects.map(([object, noun]) => [noun, settingsIn(object, version)])),
        AcceptedDomain: [
          { parameter: 'DomainName', type: 'String', form: 'text', list: false },
          { parameter: 'DomainType', type: 'String', form: 'text', list: false },
        ],
      },
      defaults: {
        SendConnector: defaultsByUse('sendConnector', version),
        ReceiveConnector: defaultsByUse('receiveConnector', version),
        TransportConfig: defaultsIn('transportConfig', version),
      },
    });
  }
}

function settingsIn(object: SettingObject, version: ExchangeVersion): readonly unknown[] {
  return parametersFor(object)
    .filter((setting) => holdsIn(version, setting) && cmdletsWith(setting, version).length > 0)
    .map((setting) => {
      const { parameter, type, form, list } = setting;
      const range = rangeOf(setting, version);
      const bound = (text: string | undefined): number | undefined =>
        text === undefined ? undefined : boundOf(text, setting, range?.unit);
      return {
        ...{ parameter, type, form, list, values: valuesOf(setting, version) },
        ...{ min: bound(range?.min), max: bound(range?.max) },
      };
    });
}

/** Unit: seconds of a time span, bytes of a size. */
function boundOf(text: string, { form }: Setting, unit: string | undefined): number | undefined {
  if (form === 'time-span') return parseTimeSpan(text);
  return /^\d+$/.test(text) ? Number(text) * (unit === 'KB' ? 1024 : 1) : undefined;
}

function defaultsByUse(object: SettingObject, version: ExchangeVersion): { [use: string]: unknown } {
  const uses = usages.flatMap((usage) => roles.map((role) => ({ usage, role })));
  return Object.fromEntries(
    uses.map(({ usage, role }) => [`${usage} ${role}`, defaultsIn(object, version, { usage, role })]),
  );
}

function defaultsIn(
  object: SettingObject,
  version: ExchangeVersion,
  use: { readonly usage?: (typeof usages)[number]; readonly role?: ServerRole } = {},
): { [parameter: string]: unknown } {
  const known = parametersFor(object).filter(
    (setting) => holdsIn(version, setting) && cmdletsWith(setting, version).length > 0,
  );
  return Object.fromEntries(
    known.flatMap(({ key, parameter }) => {
      const value = defaultOf({ object, key, version, ...use });
      return value === undefined || value === null ? [] : [[parameter, value]];
    }),
  );
}
