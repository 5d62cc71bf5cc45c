import assert from 'node:assert/strict';
import { missingIn, stateOf } from './expected.ts';
import type { Check } from './lane.ts';
import { assertDone, assertIdle, changes, goBack, removal, type Applied } from './runs.ts';
import { copyOf, differences, drop, runScript, type FaultKind, type World } from './world.ts';

const kinds: readonly FaultKind[] = ['error', 'terminating', 'late'];

/** Which of the faults are tried: all of them, or one kind for each call in turn. */
export type Thoroughness = 'all kinds' | 'one kind each';

function faultsFor(
  count: number,
  thoroughness: Thoroughness,
): readonly { readonly at: number; readonly kind: FaultKind }[] {
  const calls = Array.from({ length: count }, (_, index) => index + 1);
  return calls.flatMap((at) => {
    const [turn = 'error'] = kinds.slice(at % kinds.length);
    return (thoroughness === 'all kinds' ? kinds : [turn]).map((kind) => ({ at, kind }));
  });
}

/**
 * Checks that apply survives a fault at each of its calls: the script says so and ends, and the next run comes to the state
 * of the topology with no object twice and nobody else's touched.
 */
export async function checkApplyFaults(
  applied: Applied,
  thoroughness: Thoroughness,
  check: Check,
): Promise<number> {
  const { place, before, given } = applied;
  const counted = await copyOf(before);
  const { calls } = await runScript(counted, place, '10-apply.ps1', { given });
  await drop(counted);
  const faults = faultsFor(calls.length, thoroughness);
  const lines = linesOf(applied);
  for (const fault of faults) {
    const title = `${place.title}: apply with ${fault.kind} at call ${fault.at} (${calls[fault.at - 1]?.command ?? ''})`;
    const world = await copyOf(before);
    const broken = await runScript(world, place, '10-apply.ps1', { given, fault });
    check(`${title}: it stops there and says so`, () => {
      assert.notEqual(broken.exit, 0, broken.lines.join('\n'));
      assert.equal(broken.calls.length, fault.at, 'it went on');
      const [, place, why = ''] = /stopped at (\S+): (.*)/.exec(broken.lines.join('\n')) ?? [];
      assert.ok(place !== undefined && lines.has(place), `it does not say where: ${broken.lines.join('\n')}`);
      assert.match(why, /injected/);
    });
    await finish(world, applied, title, check);
    await drop(world);
  }
  return faults.length;
}

/** The places of the topology that a place's steps come from. */
function linesOf({ place, topology }: Applied): ReadonlySet<string> {
  const origins = place.at.steps.flatMap((step) => [
    step.origin,
    ...(step.kind === 'receive-connector' ? step.extendedRights.map(({ origin }) => origin) : []),
  ]);
  return new Set(origins.map(({ start }) => `topology.yaml:${topology.slice(0, start).split('\n').length}`));
}

async function finish(
  world: World,
  { place, after, given }: Applied,
  title: string,
  check: Check,
): Promise<void> {
  const again = await runScript(world, place, '10-apply.ps1', { given });
  check(`${title}: the next run succeeds`, () => assertDone(again));
  const state = await stateOf(world);
  check(`${title}: the next run reaches the state of the topology`, () =>
    assert.deepEqual(missingIn(state, place), []),
  );
  const lines = await differences(after, world);
  check(`${title}: it is the state of a run without faults`, () => assert.deepEqual(lines, []));
}

/** Checks that a read that fails is never taken for absence, where everything is there already. */
export async function checkReadFaults(
  { place, after, given }: Applied,
  thoroughness: Thoroughness,
  check: Check,
): Promise<number> {
  const counted = await copyOf(after);
  const { calls } = await runScript(counted, place, '10-apply.ps1', { given });
  // Verify may have fewer: it moves nothing.
  const compared = (await runScript(counted, place, '40-verify.ps1')).calls.length;
  await drop(counted);
  const faults = faultsFor(calls.length, thoroughness);
  for (const fault of faults) {
    const title = `${place.title}: reading with ${fault.kind} at call ${fault.at} (${calls[fault.at - 1]?.command ?? ''})`;
    const world = await copyOf(after);
    const ran = await runScript(world, place, '10-apply.ps1', { given, fault });
    check(`${title}: nothing is made`, () => {
      assert.notEqual(ran.exit, 0);
      assert.deepEqual(changes(ran), []);
    });
    if (fault.at <= compared) {
      const verified = await runScript(world, place, '40-verify.ps1', { fault });
      check(`${title}: verify is not content`, () => assert.notEqual(verified.exit, 0));
    }
    await drop(world);
  }
  return faults.length;
}

/** Checks that rollback survives a fault at each of its calls. */
export async function checkRollbackFaults(
  { place, before, after, given }: Applied,
  thoroughness: Thoroughness,
  check: Check,
): Promise<number> {
  const all = { BackupFolder: given['BackupFolder'], ...removal(place) };
  const counted = await copyOf(after);
  const { calls } = await runScript(counted, place, '90-rollback.ps1', { given: all });
  await drop(counted);
  const faults = faultsFor(calls.length, thoroughness);
  for (const fault of faults) {
    const title = `${place.title}: rollback with ${fault.kind} at call ${fault.at} (${calls[fault.at - 1]?.command ?? ''})`;
    const world = await copyOf(after);
    const broken = await runScript(world, place, '90-rollback.ps1', { given: all, fault });
    check(`${title}: it stops there`, () => assert.notEqual(broken.exit, 0));
    const again = await goBack(world, place, all);
    check(`${title}: the next run succeeds`, () => assertDone(again));
    const lines = await differences(before, world);
    check(`${title}: the next run restores the former state`, () => assert.deepEqual(lines, []));
    const idle = await goBack(world, place, all);
    check(`${title}: then nothing is left`, () => assertIdle(idle, 0));
    await drop(world);
  }
  return faults.length;
}
