import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ruleWords } from '../src/command/rule-words.ts';
import { compileToFolder, type FolderOptions } from '../src/compile-to-folder.ts';
import { pemFilesBeside } from '../src/certificate/pem-files-beside.ts';
import { emitters } from '../src/emit/index.ts';
import { lintSource } from '../src/lint-source.ts';
import { makePlan } from '../src/plan/make-plan.ts';
import { fileExistsBeside } from '../src/read-source.ts';
import { pretty } from '../src/report/pretty.ts';
import { plain } from '../src/report/report.ts';
import { rules } from '../rules/index.ts';
import { expectGolden, expectGoldenFolder, filesBelow } from './support/golden.ts';

/** The moment by which certificates are judged, so that a golden file does not expire. */
const now = Date.parse('2027-01-01');
const scratch = mkdtempSync(join(tmpdir(), 'mailtopo-golden-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

function foldersOf(parent: string): readonly string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/**
 * The transport itself is copied as it was built and has tests of its own; the manifest holds the digests of its files.
 * Both would change with every line of the runtime and show nothing of the example.
 */
function isShown(path: string): boolean {
  return path !== 'manifest.json' && !path.startsWith('transport/runtime/');
}

function optionsFor(file: string, folder: string): FolderOptions {
  const text = readFileSync(file, 'utf8');
  const fileExists = fileExistsBeside(file);
  return {
    file,
    text,
    folder,
    version: '0.0.0',
    rules,
    fileExists,
    certificateOf: pemFilesBeside(file),
    now,
    emitters: Object.values(emitters),
    keys: 'left-out',
  };
}

for (const name of foldersOf('examples')) {
  test(`example: ${name} lints clean and compiles to its golden files`, async () => {
    const folder = join(scratch, name);
    const options = optionsFor(`examples/${name}/topology.yaml`, folder);
    const { diagnostics, written } = await compileToFolder(options, 'refuse');
    const faults = diagnostics.filter(({ severity }) => severity !== 'info');
    assert.deepEqual(
      faults.map(({ message }) => message),
      [],
    );
    assert.ok(written);
    expectGoldenFolder(`examples/${name}/out`, folder, filesBelow(folder).filter(isShown));
  });
}

for (const name of foldersOf('test/golden')) {
  test(`golden: ${name}`, () => {
    const folder = `test/golden/${name}`;
    const file = 'topology.yaml';
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const { topology, diagnostics } = lintSource(file, text, {
      rules,
      fileExists: fileExistsBeside(`${folder}/${file}`),
      certificateOf: pemFilesBeside(`${folder}/${file}`),
      now,
    });
    expectGolden(
      `${folder}/diagnostics.txt`,
      pretty({ diagnostics, sources: new Map([[file, text]]), wordsOf: ruleWords }, plain),
    );
    if (diagnostics.some(({ severity }) => severity === 'error') || topology === undefined) return;
    expectGolden(`${folder}/plan.json`, `${JSON.stringify(makePlan(topology), undefined, 2)}\n`);
  });
}
