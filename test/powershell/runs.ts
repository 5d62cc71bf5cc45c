import assert from 'node:assert/strict';
import { join } from 'node:path';
import { missingIn, stateOf, storeOf } from './expected.ts';
import type { Check } from './lane.ts';
import type { Place } from './place.ts';
import {
  copyOf,
  differences,
  drop,
  makeWorld,
  runScript,
  type Called,
  type Ran,
  type World,
} from './world.ts';

/** A place with the state before and after its apply script. */
export interface Applied {
  readonly place: Place;
  readonly topology: string;
  readonly before: World;
  readonly after: World;
  /** What apply is given, with a backup that it takes. */
  readonly given: { readonly [parameter: string]: unknown };
  /** Whether the state after is the topology's, so that more can be built on it. */
  readonly isSound: boolean;
  readonly forget: () => Promise<void>;
}

/** The calls that change something. */
export function changes({ calls }: Ran): readonly Called[] {
  return calls.filter(({ reads }) => !reads);
}

/** Says that a script ended as it should and changed nothing. */
export function assertIdle(ran: Ran, exit: number): void {
  const { failure, prompts } = ran;
  const changed = changes(ran).map(({ command, about }) => `${command} ${about ?? ''}`);
  assert.deepEqual(
    { failure, exit: ran.exit, prompts, changed },
    { failure: null, exit, prompts: 0, changed: [] },
    ran.lines.join('\n'),
  );
}

/** Says that a script did its work. */
export function assertDone(ran: Ran, exit = 0): void {
  const { failure, prompts } = ran;
  assert.deepEqual(
    { failure, exit: ran.exit, prompts },
    { failure: null, exit, prompts: 0 },
    ran.lines.join('\n'),
  );
}

/** Runs the scripts of a place in their order, from what was before to applied and back, and checks each state. */
export async function checkOrder(
  host: World['host'],
  place: Place,
  topology: string,
  check: Check,
  begun?: World,
): Promise<Applied | undefined> {
  if (!place.scripts.includes('10-apply.ps1')) return undefined;
  const before = begun ?? (await makeWorld(host, place, topology));
  const given = { ...place.given, BackupFolder: join(place.folder, place.backups) };
  const world = await copyOf(before);
  const run = async (
    name: string,
    exit: number,
    more: { readonly [parameter: string]: unknown } = {},
  ): Promise<Ran> => {
    const ran = await runScript(world, place, name, { given: more });
    check(`${place.title}: ${name} ${Object.keys(more).join(' ')}`, () => assertIdle(ran, exit));
    return ran;
  };
  await run('00-preflight.ps1', 0);
  await run('10-apply.ps1', 0, { ...given, WhatIf: true });
  await run('10-apply.ps1', 3, given);
  await checkConfirm(world, place, given, check);
  if (place.scripts.includes('08-domains.ps1')) await run('08-domains.ps1', 0, { WhatIf: true });
  await run('05-backup.ps1', 0, { BackupFolder: given.BackupFolder });
  await checkSame(before, world, `${place.title}: reading and -WhatIf change nothing`, check);
  const first = await runScript(world, place, '10-apply.ps1', { given });
  check(`${place.title}: apply does all`, () => {
    assertDone(first);
    assert.ok(changes(first).length > 0 || isEmpty(place), 'nothing was done');
  });
  const state = await stateOf(world);
  check(`${place.title}: apply reaches the state of the topology`, () =>
    assert.deepEqual(missingIn(state, place), []),
  );
  const changed = await differences(before, world);
  check(`${place.title}: apply touches nothing else`, () =>
    assert.deepEqual(
      changed.filter((line) => !isOurs(line, place)),
      [],
    ),
  );
  const after = await copyOf(world);
  await run('40-verify.ps1', 0);
  await run('10-apply.ps1', 0, { BackupFolder: given.BackupFolder });
  await checkSame(after, world, `${place.title}: a second apply changes nothing`, check);
  const isSound = missingIn(state, place).length === 0;
  const applied: Applied = {
    place,
    topology,
    before,
    after,
    given,
    isSound,
    forget: () => drop(before, after),
  };
  await checkBack(applied, world, check);
  await checkOnce(applied, check);
  await drop(world);
  return applied;
}

/** Somebody who is asked and says no has nothing done. */
async function checkConfirm(
  world: World,
  place: Place,
  given: { readonly [parameter: string]: unknown },
  check: Check,
): Promise<void> {
  const asked = await runScript(world, place, '10-apply.ps1', {
    given: { ...given, Confirm: true, WithoutBackup: true },
  });
  check(`${place.title}: apply -Confirm asks`, () => {
    assert.deepEqual(changes(asked), [], asked.lines.join('\n'));
    assert.ok(asked.prompts > 0 || isEmpty(place), 'it did not ask');
  });
}

/** Says that a state is as it was. */
export async function checkSame(was: World, is: World, title: string, check: Check): Promise<void> {
  const lines = await differences(was, is);
  check(title, () => assert.deepEqual(lines, []));
}

async function checkBack(
  { place, before, after, given }: Applied,
  world: World,
  check: Check,
): Promise<void> {
  const all = { BackupFolder: given['BackupFolder'], ...removal(place) };
  const whatIf = await runScript(world, place, '90-rollback.ps1', { given: { ...all, WhatIf: true } });
  check(`${place.title}: rollback -WhatIf`, () => assertIdle(whatIf, 0));
  await checkSame(after, world, `${place.title}: rollback -WhatIf changes nothing`, check);
  const back = await goBack(world, place, all);
  check(`${place.title}: rollback`, () => assertDone(back));
  await checkSame(before, world, `${place.title}: rollback restores the former state`, check);
  const again = await goBack(world, place, all);
  check(`${place.title}: rollback again`, () => assertIdle(again, 0));
}

/** Runs the scripts that lead back; the last ones remove domains that Receive connectors have named. */
export async function goBack(
  world: World,
  place: Place,
  given: { readonly [parameter: string]: unknown },
): Promise<Ran> {
  const { RemoveCertificates: _, ...others } = given as { readonly RemoveCertificates?: unknown };
  const back: Ran[] = [];
  for (const name of place.scripts.filter((one) => /^9\d-rollback/.test(one)))
    back.push(await runScript(world, place, name, { given: name === '90-rollback.ps1' ? given : others }));
  return {
    failure: back.find(({ failure }) => failure !== null)?.failure ?? null,
    exit: Math.max(...back.map(({ exit }) => exit)),
    calls: back.flatMap(({ calls }) => calls),
    lines: back.flatMap(({ lines }) => lines),
    prompts: back.reduce((sum, { prompts }) => sum + prompts, 0),
    questions: back.reduce((sum, { questions }) => sum + questions, 0),
  };
}

async function checkOnce({ place, after }: Applied, check: Check): Promise<void> {
  for (const name of ['20-synchronize.ps1', '30-restart.ps1'].filter((one) => place.scripts.includes(one))) {
    const world = await copyOf(after);
    const whatIf = await runScript(world, place, name, { given: { WhatIf: true } });
    check(`${place.title}: ${name} -WhatIf`, () => assertIdle(whatIf, 0));
    const ran = await runScript(world, place, name);
    check(`${place.title}: ${name}`, () => {
      assertDone(ran);
      const allowed = name === '20-synchronize.ps1' ? 'Start-EdgeSynchronization' : 'Restart-Service';
      assert.ok(changes(ran).length > 0 && changes(ran).every(({ command }) => command === allowed));
    });
    const lines = await differences(after, world);
    check(`${place.title}: ${name} changes no object but those of subscribed Edge servers`, () =>
      assert.deepEqual(
        lines.filter((line) => !isCarried(line, place)),
        [],
      ),
    );
    await drop(world);
  }
}

function isCarried(line: string, { plan }: Place): boolean {
  return plan.servers.some(
    ({ name, subscribedTo }) => subscribedTo !== undefined && line.startsWith(`store/${name}/`),
  );
}

/** Certificates and roots that apply brought go only when somebody says so. */
export function removal({ at }: Place): { readonly [parameter: string]: unknown } {
  return at.steps.some(({ kind }) => kind === 'certificate' || kind === 'authority')
    ? { RemoveCertificates: true }
    : {};
}

function isEmpty({ at }: Place): boolean {
  return at.steps.every((step) => step.kind === 'authority' && step.file === undefined);
}

/** Says whether a difference of two states is at an object that the topology names. */
function isOurs(line: string, place: Place): boolean {
  const names = place.at.steps.flatMap((step): readonly string[] => {
    const store = `store/${storeOf(place)}`;
    switch (step.kind) {
      case 'send-connector':
        return [`${store}/SendConnector/${step.name}/`];
      case 'receive-connector':
        return [
          `${store}/ReceiveConnector/${step.server}\\${step.name}/`,
          `${store}/ADPermission/${step.server}\\${step.name} `,
        ];
      case 'accepted-domain':
        return [`${store}/AcceptedDomain/${step.domain}/`];
      case 'transport-config':
        return [
          ...step.parameters
            .filter(({ source }) => source !== 'default')
            .map(({ parameter }) => `${store}/TransportConfig//${parameter}:`),
          ...[
            ...(step.tlsSendDomainSecureList.length > 0 ? ['TLSSendDomainSecureList'] : []),
            ...(step.tlsReceiveDomainSecureList.length > 0 ? ['TLSReceiveDomainSecureList'] : []),
          ].map((list) => `${store}/TransportConfig//${list}:`),
        ];
      case 'certificate':
        return [`server/${place.shell.name}/ExchangeCertificate/`];
      case 'authority':
        return [`server/${place.shell.name}/Root/`];
      default:
        return [];
    }
  });
  return names.some((name) => line.toLowerCase().startsWith(name.toLowerCase()));
}
