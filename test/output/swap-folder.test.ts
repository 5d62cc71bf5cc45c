import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Failure } from '../../src/base/failure.ts';
import { disk, type Disk } from '../../src/output/disk.ts';
import { writeArtefacts } from '../../src/write-artefacts.ts';
import { readTree, requestIn, temporaryFolder, text, writeTree } from '../support/output-folder.ts';

const first = [text('exchange/10.ps1', 'one\n'), text('transport/keys/README.md', 'keys\n')];
const second = [text('exchange/20.ps1', 'two\n'), text('transport/keys/README.md', 'keys\n')];
const operators = { 'transport/keys/a.key': 'KEY', 'transport/data/queue': 'MAIL', 'data/log': 'LOG' };
/** More steps than any run here takes. */
const manySteps = 60;

/** A disk that fails at one step; with `stops`, at every step after it, too, as when the machine loses power. */
function failingDisk(step: number, how: 'fails' | 'stops'): { readonly disk: Disk; steps(): number } {
  let taken = 0;
  const wrapped = Object.entries(disk).map(([name, act]: [string, (...given: never[]) => Promise<void>]) => [
    name,
    async (...given: never[]): Promise<void> => {
      const now = taken++;
      if (now === step || (how === 'stops' && now > step)) {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      }
      await act(...given);
    },
  ]);
  return { disk: Object.fromEntries(wrapped) as Disk, steps: () => taken };
}

async function arranged(folder: string): Promise<Readonly<Record<string, string>>> {
  await writeArtefacts(requestIn(folder, first), 'refuse');
  writeTree(join(folder, 'out'), operators);
  return readTree(folder);
}

function beside(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name !== 'out');
}

test('a step that fails leaves the old folder whole and nothing beside it', async (context) => {
  const outcomes = new Set<string>();
  for (let step = 0; step < manySteps; step += 1) {
    const folder = temporaryFolder(context);
    const before = await arranged(folder);
    const failing = failingDisk(step, 'fails');
    const failure = await writeArtefacts(requestIn(folder, second), 'refuse', failing.disk).catch(
      (thrown: unknown) => thrown,
    );
    if (failing.steps() <= step) break;
    const after = readTree(folder);
    if (failure instanceof Failure) {
      assert.match(failure.message, /^cannot write .*: the disk is full$/);
      const isNew = after['out/exchange/20.ps1'] === 'two\n';
      // The new folder stands already where only the flush of its name failed.
      if (!isNew) assert.deepEqual(after, before, `step ${step}`);
      outcomes.add(isNew ? 'new' : 'old');
    } else outcomes.add('written');
    for (const [path, content] of Object.entries(operators)) assert.equal(after[`out/${path}`], content);
    // A leftover that could not be removed is removed by the next run.
    await writeArtefacts(requestIn(folder, second), 'refuse');
    assert.deepEqual(beside(folder), [], `step ${step}`);
  }
  assert.deepEqual([...outcomes].sort(), ['new', 'old', 'written']);
});

test('a run that stops at any step is put right by the next one', async (context) => {
  let stopped = 0;
  for (let step = 0; step < manySteps; step += 1) {
    const folder = temporaryFolder(context);
    await arranged(folder);
    const failing = failingDisk(step, 'stops');
    await writeArtefacts(requestIn(folder, second), 'refuse', failing.disk).catch(() => undefined);
    if (failing.steps() <= step) break;
    stopped += 1;
    // The number of the stopped process may be free, or ours again.
    for (const name of step % 2 === 0 ? beside(folder) : []) {
      renameSync(join(folder, name), join(folder, name.replace(/\d+$/, '2147483647')));
    }
    await writeArtefacts(requestIn(folder, second), 'refuse');
    const after = readTree(folder);
    for (const [path, content] of Object.entries(operators)) assert.equal(after[`out/${path}`], content);
    assert.equal(after['out/exchange/20.ps1'], 'two\n');
    assert.equal(after['out/exchange/10.ps1'], undefined);
    assert.deepEqual(beside(folder), [], `step ${step}`);
  }
  assert.ok(stopped > 15, `only ${stopped} steps`);
});

test('a first run that stops leaves nothing that the next one minds', async (context) => {
  for (let step = 0; step < manySteps; step += 1) {
    const folder = temporaryFolder(context);
    const failing = failingDisk(step, 'stops');
    await writeArtefacts(requestIn(folder, first), 'refuse', failing.disk).catch(() => undefined);
    if (failing.steps() <= step) break;
    await writeArtefacts(requestIn(folder, first), 'refuse');
    assert.deepEqual(beside(folder), []);
  }
});

test('another process at work is waited for', async (context) => {
  const folder = temporaryFolder(context);
  await arranged(folder);
  mkdirSync(join(folder, `.out.mailtopo-new-${process.ppid}`));
  await assert.rejects(
    writeArtefacts(requestIn(folder, second), 'refuse'),
    new RegExp(`process ${process.ppid} is writing it`),
  );
});

test('a leftover with mail in it is named and never removed', async (context) => {
  const folder = temporaryFolder(context);
  await arranged(folder);
  renameSync(join(folder, 'out'), join(folder, '.out.mailtopo-old-2147483647'));
  await writeArtefacts({ ...requestIn(folder, first), folder: join(folder, 'other') }, 'refuse');
  renameSync(join(folder, 'other'), join(folder, 'out'));
  const before = readTree(folder);
  await assert.rejects(
    writeArtefacts(requestIn(folder, second), 'refuse'),
    /a stopped run left .*transport\/data.* in .*\.out\.mailtopo-old-2147483647: move it/,
  );
  assert.deepEqual(readTree(folder), before);
});
