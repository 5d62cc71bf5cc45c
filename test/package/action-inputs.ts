import assert from 'node:assert/strict';
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction, type Use } from './action.ts';
import type { Checks } from './checks.ts';
import { mustRun } from './run-command.ts';
import { doubtful, hostile } from './samples.ts';

/** Checks what each input of the action means, in a workspace with a good `topology.yaml` and a bad one in `deep`. */
export function checkInputs(checks: Checks, use: Use): void {
  checks.check('action: files are separated by blanks or line breaks, and all are linted', () => {
    for (const files of ['topology.yaml deep/topology.yaml', 'topology.yaml\ndeep/topology.yaml\n']) {
      const { code, err } = runAction(use, { files });
      assert.equal(code, 1, files);
      assert.match(err, /in 2 files/);
    }
    assert.equal(runAction(use, { files: 'topology.yaml' }).code, 0);
  });
  checks.check('action: a file that is not there is exit 2', () => {
    for (const files of ['none.yaml', 'none/**', '']) assert.equal(runAction(use, { files }).code, 2, files);
  });
  checks.check('action: warnings count when a limit is given', () => {
    const files = 'doubtful.yaml';
    writeFileSync(join(use.workspace, files), doubtful);
    assert.equal(runAction(use, { files }).code, 0);
    assert.equal(runAction(use, { files, 'max-warnings': '1' }).code, 0);
    assert.equal(runAction(use, { files, 'max-warnings': '0' }).code, 1);
    assert.equal(runAction(use, { files, 'max-warnings': 'many' }).code, 2);
  });
  checkCompiled(checks, use);
  checkHostile(checks, use);
}

function checkCompiled(checks: Checks, use: Use): void {
  const files = 'topology.yaml';
  const cli = join(use.actionFolder, 'dist', 'bin', 'mailtopo.js');
  const compile = (folder: string): string =>
    mustRun([process.execPath, cli, 'compile', files, '--output', folder], { cwd: use.workspace });
  checks.check('action: fresh output passes, and stale output fails wherever it stands in the list', () => {
    compile('out');
    compile('other');
    assert.equal(runAction(use, { files, compiled: 'topology.yaml=out' }).code, 0);
    appendFileSync(join(use.workspace, 'other', 'transport', 'topology.js'), '// changed by hand\n');
    for (const compiled of [
      'topology.yaml=other\ntopology.yaml=out',
      'topology.yaml=out topology.yaml=other',
    ]) {
      const { code, out, err } = runAction(use, { files, compiled });
      assert.equal(code, 1, compiled);
      assert.match(out + err, /transport\/topology\.js/);
    }
  });
  checks.check('action: the worst code is passed on', () => {
    const { code } = runAction(use, { files: 'none.yaml', compiled: 'topology.yaml=other' });
    assert.equal(code, 2);
  });
  checks.check('action: what is no pair is exit 2, and is named', () => {
    for (const compiled of ['topology.yaml', '=out', 'topology.yaml=']) {
      const { code, err } = runAction(use, { files, compiled });
      assert.equal(code, 2, compiled);
      assert.ok(err.includes(`"${compiled}"`), err);
    }
  });
}

function checkHostile(checks: Checks, use: Use): void {
  const files = 'topology.yaml';
  const harmless = (): void => {
    const found = [use.workspace, use.actionFolder].map((folder) => join(folder, 'harm')).filter(existsSync);
    for (const file of found) rmSync(file);
    assert.deepEqual(found, []);
  };
  for (const text of hostile) {
    checks.check(`action: ${JSON.stringify(text)} stays text in every input`, () => {
      assert.match(String(runAction(use, { files: text }).code), /^[12]$/);
      const compiled = [text, `topology.yaml=${text}`, `${text}=out`].join('\n');
      const { code, err } = runAction(use, { files, compiled, 'max-warnings': text });
      assert.match(String(code), /^[23]$/);
      assert.match(err, /is not a whole number/);
      harmless();
    });
  }
  checks.check('action: names of files that look like shell are only names', () => {
    writeFileSync(join(use.workspace, '$(touch harm) ;touch harm.yaml'), doubtful);
    const { code, err } = runAction(use, { files: '*harm.yaml', 'max-warnings': '0' });
    assert.equal(code, 1, err);
    assert.match(err, /1 warning\b.* in 1 file/);
    harmless();
  });
}
