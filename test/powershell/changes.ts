/**
 * Receive connectors that take each other's place: from one topology to the next one and back, in both orders of the file,
 * with a fault at each call.
 */
import assert from 'node:assert/strict';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import { planOf } from '../support/exchange-scripts.ts';
import { checkApplyFaults, checkRollbackFaults } from './faults.ts';
import type { Host } from './engine.ts';
import { inFolder, type Check } from './lane.ts';
import { placesIn } from './place.ts';
import { checkOrder } from './runs.ts';
import { makeWorld, runScript, type World } from './world.ts';

/** Bindings and remote addresses by connector. */
type Listening = { readonly [name: string]: readonly [bindings: string, ranges: string] };

const cases: readonly { readonly title: string; readonly from: Listening; readonly to: Listening }[] = [
  {
    title: 'an existing connector is narrowed before a new one has its addresses',
    from: { A: ['10.0.0.11:2526', '10.0.8.0/24'] },
    to: { A: ['10.0.0.11:2526', '10.0.8.0/25'], B: ['10.0.0.11:2526', '10.0.8.0/24'] },
  },
  {
    title: 'an existing connector is widened, and the new one has what it had',
    from: { A: ['10.0.0.11:2526', '10.0.8.0/25'] },
    to: { A: ['10.0.0.11:2526', '10.0.8.0/24'], B: ['10.0.0.11:2526', '10.0.8.0/25'] },
  },
  {
    title: 'a new connector takes the binding that another one leaves',
    from: { A: ['10.0.0.11:2526', '10.0.8.0/24'] },
    to: { A: ['10.0.0.11:2527', '10.0.8.0/24'], B: ['10.0.0.11:2526', '10.0.8.0/24'] },
  },
  {
    title: 'the border between two moves up',
    from: { A: ['10.0.0.11:2526', '10.0.8.0-10.0.8.50'], B: ['10.0.0.11:2526', '10.0.8.51-10.0.8.99'] },
    to: { A: ['10.0.0.11:2526', '10.0.8.0-10.0.8.60'], B: ['10.0.0.11:2526', '10.0.8.61-10.0.8.99'] },
  },
  {
    title: 'each of three takes the place of the next one',
    from: {
      A: ['10.0.0.11:2526', '10.0.1.1'],
      B: ['10.0.0.11:2526', '10.0.1.2'],
      C: ['10.0.0.11:2526', '10.0.1.3'],
    },
    to: {
      A: ['10.0.0.11:2526', '10.0.1.2'],
      B: ['10.0.0.11:2526', '10.0.1.3'],
      C: ['10.0.0.11:2526', '10.0.1.4'],
    },
  },
];

/** In a remote shell and in a local one; faults are tried for the first case. */
const turns = [
  { version: '2016', order: 'as named', faults: false },
  { version: '2016', order: 'reversed', faults: true },
  { version: '2007', order: 'reversed', faults: false },
] as const;

/** Checks each change; gives how many there were. */
export async function checkChanges(host: Host, check: Check): Promise<number> {
  for (const { version, order, faults } of turns) {
    for (const [index, { title, from, to }] of cases.entries()) {
      const text = topologyOf(version, to, order);
      const name = `${title}, ${order}, ${version}`;
      await inFolder(async (folder) => {
        const [place] = await placesIn(planOf(text), text, folder, name);
        assert.ok(place);
        const world = await makeWorld(host, place, text);
        await reach(world, version, from);
        const applied = await checkOrder(host, place, text, check, world);
        if (applied === undefined) return;
        if (faults && index === 0) {
          await checkApplyFaults(applied, 'one kind each', check);
          await checkRollbackFaults(applied, 'one kind each', check);
        }
        await applied.forget();
      });
    }
  }
  return cases.length * turns.length;
}

/** Brings about what was before with scripts of its own. */
async function reach(world: World, version: ExchangeVersion, from: Listening): Promise<void> {
  const text = topologyOf(version, from, 'as named');
  await inFolder(async (folder) => {
    const [place] = await placesIn(planOf(text), text, folder, 'before');
    assert.ok(place);
    const ran = await runScript(world, place, '10-apply.ps1', { given: { WithoutBackup: true } });
    assert.equal(ran.exit, 0, ran.lines.join('\n'));
  });
}

function topologyOf(version: ExchangeVersion, listening: Listening, order: 'as named' | 'reversed'): string {
  const inside = version === '2007' ? 'hub' : 'mailbox';
  const role = version === '2007' ? '' : ', transportRole: FrontendTransport';
  const named = Object.entries(listening);
  const lines = (order === 'reversed' ? named.toReversed() : named).map(
    ([name, [bindings, ranges]]) =>
      `  ${name}: { server: HUB01, bindings: ["${bindings}"], remoteIPRanges: [${ranges}], permissionGroups: [AnonymousUsers]${role} }`,
  );
  return `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "${version}" }
servers:
  HUB01: { role: ${inside}, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
receiveConnectors:
${lines.join('\n')}
`;
}
