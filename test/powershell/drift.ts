import assert from 'node:assert/strict';
import { join } from 'node:path';
import { settingOf, valuesOf } from '../../src/exchange/cmdlets.ts';
import { expectedProperties, missingIn, stateOf, storeOf, type ExpectedProperty } from './expected.ts';
import type { Check } from './lane.ts';
import type { Place } from './place.ts';
import { assertDone, assertIdle, changes, checkSame, goBack, removal, type Applied } from './runs.ts';
import { copyOf, drop, entriesOfOthers, plant, runScript, type World } from './world.ts';

/** One change that somebody makes by hand. */
export interface Drift {
  readonly title: string;
  /** Gives whether Exchange would have let somebody do that. */
  readonly plant: (world: World) => Promise<boolean>;
}

/** Lists a change for each property that a place manages, and the loss of each object and entry. */
export async function driftsOf({ place, after }: Applied): Promise<readonly Drift[]> {
  const keeper = storeOf(place);
  const state = await stateOf(after);
  const properties = expectedProperties(place).flatMap((one): readonly Drift[] => {
    const { kind, key, property } = one;
    const value = otherValue(one, place);
    if (value === undefined) return [];
    const change = {
      what: 'set',
      on: 'store',
      keeper,
      kind,
      ...(key !== '' && { key }),
      property,
      value,
    } as const;
    return [{ title: `${kind} ${key} ${property}`, plant: (world) => plant(world, change) }];
  });
  const losses = ['SendConnector', 'ReceiveConnector', 'AcceptedDomain'].flatMap((kind) => {
    const keys = new Set(
      expectedProperties(place)
        .filter((one) => one.kind === kind)
        .map(({ key }) => key),
    );
    return [...keys].map((key): Drift => ({
      title: `${kind} ${key} is gone`,
      plant: (world) => plant(world, { what: 'remove', on: 'store', keeper, kind, key }),
    }));
  });
  const rights = place.at.steps.flatMap((step) =>
    step.kind !== 'receive-connector'
      ? []
      : step.extendedRights.flatMap(({ principal, rights: names }) =>
          names.map((right): Drift => ({
            title: `${step.name}: ${right} of ${principal} is gone`,
            plant: (world) =>
              plant(world, {
                what: 'remove',
                on: 'store',
                keeper,
                kind: 'ADPermission',
                key: `${step.server}\\${step.name} ${principal} ${right}`,
              }),
          })),
        ),
  );
  const lists = place.at.steps.flatMap((step) =>
    step.kind !== 'transport-config'
      ? []
      : [
          ...(step.tlsSendDomainSecureList.length > 0 ? ['TLSSendDomainSecureList'] : []),
          ...(step.tlsReceiveDomainSecureList.length > 0 ? ['TLSReceiveDomainSecureList'] : []),
          ...step.parameters.flatMap(({ parameter, source, value }) =>
            value.kind === 'list' && source !== 'default' ? [parameter] : [],
          ),
        ].map((property): Drift => ({
          title: `our entries are off ${property}`,
          plant: (world) =>
            plant(world, {
              ...{ what: 'set', on: 'store', keeper, kind: 'TransportConfig', property },
              value: entriesOfOthers[property] ?? [],
            }),
        })),
  );
  const credentials = place.at.steps.flatMap((step): readonly Drift[] =>
    step.kind !== 'send-connector' || step.credential === undefined
      ? []
      : [
          {
            title: `${step.name} logs on as somebody else`,
            plant: (world) =>
              plant(world, {
                ...{ what: 'set', on: 'store', keeper, kind: 'SendConnector', key: step.name },
                ...{ property: 'AuthenticationCredential', value: 'somebody else' },
              }),
          },
        ],
  );
  return [
    ...properties,
    ...credentials,
    ...losses,
    ...rights,
    ...lists,
    ...certificateDrifts(place, state.machines[place.shell.name] ?? {}),
  ];
}

function listed(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function certificateDrifts(
  { at, shell }: Place,
  machine: { readonly [kind: string]: readonly { readonly [property: string]: unknown }[] },
): readonly Drift[] {
  const on = { on: 'server', keeper: shell.name } as const;
  return at.steps.flatMap((step): readonly Drift[] => {
    if (step.kind === 'authority') {
      if (step.file === undefined) return [];
      return (machine['Root'] ?? []).slice(0, 1).map(({ Thumbprint: key }) => ({
        title: 'a root is gone',
        plant: (world) => plant(world, { what: 'remove', ...on, kind: 'Root', key: String(key) }),
      }));
    }
    if (step.kind !== 'certificate') return [];
    const found = (machine['ExchangeCertificate'] ?? []).find(({ CertificateDomains: names }) =>
      step.domains.every((domain) => listed(names).includes(domain.toLowerCase())),
    );
    const key = String(found?.['Thumbprint']);
    return [
      {
        title: `certificate ${step.name} is gone`,
        plant: (world) => plant(world, { what: 'remove', ...on, kind: 'ExchangeCertificate', key }),
      },
      ...(step.services.some((one) => one !== 'None')
        ? [
            {
              title: `certificate ${step.name} serves nothing`,
              plant: (world: World) =>
                plant(world, {
                  what: 'set',
                  ...on,
                  kind: 'ExchangeCertificate',
                  key,
                  property: 'Services',
                  value: 'None',
                }),
            },
          ]
        : []),
    ];
  });
}

/** Another value of the same type. */
function otherValue({ kind, value, parameter }: ExpectedProperty, place: Place): unknown {
  if (parameter === undefined) return value === 'Authoritative' ? 'InternalRelay' : 'Authoritative';
  const object =
    kind === 'SendConnector'
      ? 'sendConnector'
      : kind === 'ReceiveConnector'
        ? 'receiveConnector'
        : 'transportConfig';
  const setting = settingOf(object, parameter.key);
  assert.ok(setting);
  switch (setting.form) {
    case 'boolean':
      return value !== true;
    case 'number':
    case 'limit':
      return Number(value) === 7 ? 8 : 7;
    case 'size':
    case 'size-limit':
      return value === '1048576' ? '2MB' : '1MB';
    case 'time-span':
      return value === '61' ? '00:01:02' : '00:01:01';
    case 'enum':
      return (valuesOf(setting, place.version) ?? []).find(
        (one) => one.toLowerCase() !== value && one !== 'Custom' && (one !== 'None' || value !== null),
      );
    case 'text':
      if (parameter.key === 'banner') return '220 something else';
      if (setting.type === 'ServerIdParameter') return otherServer(listed(value), place);
      return setting.list
        ? [otherText(setting.type, place)]
        : value === null
          ? otherText(setting.type, place)
          : setting.type === 'AcceptedDomainIdParameter'
            ? null
            : otherText(setting.type, place);
  }
}

/** Another source server of the same kind; none where there is one alone. */
function otherServer(names: readonly string[], { plan }: Place): readonly string[] | undefined {
  const isEdge = (name: string): boolean =>
    plan.servers.some((one) => one.role === 'edge' && one.name.toLowerCase() === name);
  const other = plan.servers.find(
    ({ role, subscribedTo, name }) =>
      !names.includes(name.toLowerCase()) &&
      (role === 'edge') === isEdge(names[0] ?? '') &&
      (role !== 'edge' || subscribedTo !== undefined),
  );
  return other === undefined ? undefined : [other.name];
}

function otherText(type: string, { shell }: Place): string | null {
  const texts: { readonly [type: string]: string | null } = {
    ...{
      AddressSpace: 'SMTP:elsewhere.example;7',
      IPBinding: '127.0.0.1:9926',
      IPRange: '203.0.113.200',
      IPAddress: '127.0.0.1',
    },
    ...{
      SmartHost: 'elsewhere.example',
      Fqdn: 'elsewhere.example',
      SmtpDomain: 'elsewhere.example',
      SmtpDomainWithSubdomains: '*.elsewhere.example',
    },
    ...{
      SmtpX509Identifier: '<I>CN=Else<S>CN=Else',
      EnhancedStatusCode: '5.9.9',
      ReceiveConnectorIdParameter: `${shell.name}\\Stranger`,
      AcceptedDomainIdParameter: 'other.example',
    },
  };
  return texts[type] === undefined ? 'something else' : texts[type];
}

/** Checks that verify finds each change by hand, and that apply takes it back and nothing else. */
export async function checkDrifts(applied: Applied, drifts: readonly Drift[], check: Check): Promise<number> {
  const { place, after, given } = applied;
  for (const drift of drifts) {
    const world = await copyOf(after);
    const title = `${place.title}: ${drift.title}`;
    await drift.plant(world);
    const found = await runScript(world, place, '40-verify.ps1');
    check(`${title}: verify finds it`, () => assertIdle(found, 1));
    const mended = await runScript(world, place, '10-apply.ps1', { given });
    check(`${title}: apply takes it back`, () => {
      assertDone(mended);
      assert.ok(changes(mended).length > 0, 'nothing was done');
    });
    const state = await stateOf(world);
    check(`${title}: the state is the topology's again`, () => assert.deepEqual(missingIn(state, place), []));
    if (!drift.title.endsWith('is gone'))
      await checkSame(after, world, `${title}: nothing else changed`, check);
    const verified = await runScript(world, place, '40-verify.ps1');
    check(`${title}: verify is content`, () => assertIdle(verified, 0));
    await drop(world);
  }
  return drifts.length;
}

/** Checks that rollback brings values back that somebody had set before apply, as far as Exchange lets them be set. */
export async function checkBackToDrift(
  applied: Applied,
  drifts: readonly Drift[],
  check: Check,
): Promise<number> {
  let count = 0;
  const { place, after } = applied;
  for (const [index, drift] of drifts.entries()) {
    const title = `${place.title}: back to where ${drift.title}`;
    const was = await copyOf(after);
    if (!(await drift.plant(was))) {
      await drop(was);
      continue;
    }
    count += 1;
    const world = await copyOf(was);
    const folder = { BackupFolder: join(place.folder, `${place.backups}-${index}`) };
    const saved = await runScript(world, place, '05-backup.ps1', { given: folder });
    check(`${title}: backup`, () => assertIdle(saved, 0));
    const mended = await runScript(world, place, '10-apply.ps1', { given: { ...place.given, ...folder } });
    check(`${title}: apply`, () => assertDone(mended));
    const back = await goBack(world, place, { ...folder, ...removal(place) });
    check(`${title}: rollback`, () => assertDone(back));
    await checkSame(was, world, `${title}: rollback restores it`, check);
    await drop(world, was);
  }
  return count;
}
