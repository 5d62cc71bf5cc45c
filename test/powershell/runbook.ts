/** The runbook is followed as it is written: all places of a topology, in the order of the tables in its README.md. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingIn, stateOf } from './expected.ts';
import type { Host } from './engine.ts';
import type { Check } from './lane.ts';
import { placesIn, type Place } from './place.ts';
import { assertDone, assertIdle, checkSame, removal } from './runs.ts';
import type { Sample } from './topologies.ts';
import { copyOf, drop, makeWholeWorld, runScript, type World } from './world.ts';

/** A script of the runbook, with the place that it is run in. */
interface Line {
  readonly place: Place;
  readonly script: string;
}

/** Follows the runbook of a topology to its end and back; gives how many scripts were run. */
export async function checkRunbook(
  host: Host,
  { plan, text, title }: Sample,
  folder: string,
  check: Check,
): Promise<number> {
  const [first, ...others] = await placesIn(plan, text, folder, title);
  // The fake has one version at a time.
  if (first === undefined || [first, ...others].some(({ version }) => version !== first.version)) return 0;
  const places = [first, ...others] as const;
  const lines = linesOf(folder, places);
  const isBack = ({ script }: Line): boolean => /^9\d-/.test(script);
  const before = await makeWholeWorld(host, places, text);
  const world = await copyOf(before);
  for (const line of lines.filter((one) => !isBack(one))) await follow(line, world, check);
  const state = await stateOf(world);
  check(`${title}: the runbook leads to the state of the topology`, () =>
    assert.deepEqual(
      places.flatMap((place) => missingIn(state, place)),
      [],
    ),
  );
  const back = [
    ...lines.filter(isBack),
    // The page says so below the way back.
    ...lines.filter(({ script }) => script === '20-synchronize.ps1'),
  ];
  for (const line of back) await follow(line, world, check);
  await checkSame(before, world, `${title}: the way back leads to the former state`, check);
  await drop(world, before);
  return lines.length;
}

function linesOf(folder: string, places: readonly Place[]): readonly Line[] {
  const page = join(folder, 'exchange', 'README.md');
  if (!existsSync(page)) return [];
  return [...readFileSync(page, 'utf8').matchAll(/^\| `([^`]*\/)?([^`/]+\.ps1)` \|/gm)].flatMap(
    ([, at = '', script = '']): readonly Line[] => {
      const place = places.find((one) => one.at.folder === at);
      assert.ok(place, `the runbook names ${at}${script}, and there is no such place`);
      // A request is answered by somebody else; apply is given the certificate.
      return script.startsWith('02-') ? [] : [{ place, script }];
    },
  );
}

async function follow({ place, script }: Line, world: World, check: Check): Promise<void> {
  const given = script.startsWith('10-') ? place.given : script.startsWith('90-') ? removal(place) : {};
  const ran = await runScript(world, place, script, { given });
  check(`${place.title}: ${script} of the runbook`, () => {
    if (/^(?:00|05|40)-/.test(script)) assertIdle(ran, 0);
    else assertDone(ran);
  });
}
