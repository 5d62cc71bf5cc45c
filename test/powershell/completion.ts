import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Host } from './engine.ts';
import type { Check } from './lane.ts';
import type { Inspected } from './parsed.ts';

/** Checks that the engine can read the completion that `mailtopo completion powershell` prints. */
export async function checkCompletion(host: Host, check: Check): Promise<void> {
  const command = ['dist/bin/mailtopo.js', 'completion', 'powershell'];
  const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  const pairs = [[stdout, stdout]];
  const [found] = (await host.ask({ do: 'inspect', marker: 'Zq', pairs })) as readonly Inspected[];
  check('the completion parses, and registers itself', () => {
    assert.deepEqual(found?.errors, []);
    assert.ok(found?.commands.some((words) => words.startsWith('Register-ArgumentCompleter')));
  });
}
