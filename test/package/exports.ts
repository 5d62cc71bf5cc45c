import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.ts';
import { runCommand, type Ran } from './run-command.ts';
import { bad } from './samples.ts';

/** Runs a module in the project that installed the package. */
function runModule(project: string, text: string): Ran {
  return runCommand([process.execPath, '--input-type=module', '--eval', text], { cwd: project });
}

/** Imports every entry of `exports` from where the package is installed, and uses what is promised. */
export function checkExports(checks: Checks, project: string): void {
  const manifest = join(project, 'node_modules', 'mailtopo', 'package.json');
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly exports: object };
  for (const entry of Object.keys(exports)) {
    const specifier = `mailtopo${entry.slice(1)}`;
    checks.check(`import of ${specifier} works, and does nothing else`, () => {
      const attributes = entry.endsWith('.json') ? " with { type: 'json' }" : '';
      const text = `import * as it from '${specifier}'${attributes}; console.log(Object.keys(it).length > 0)`;
      const { code, out, err } = runModule(project, text);
      assert.deepEqual({ code, out, err }, { code: 0, out: 'true\n', err: '' });
    });
  }
  checks.check('what is not exported stays inside', () => {
    const { code, err } = runModule(project, "import 'mailtopo/dist/src/cli.js'");
    assert.equal(code, 1);
    assert.match(err, /ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });
  checks.check('lint and compile can be called', () => {
    const text = `
      import { compile, lint } from 'mailtopo';
      const bad = ${JSON.stringify(bad)};
      const good = bad.slice(0, bad.indexOf('sendConnectors'));
      console.log(lint('topology.yaml', bad).diagnostics.map(({ rule }) => rule).includes('malformed-address-space'));
      console.log(lint('topology.yaml', bad, { rules: [] }).diagnostics.length);
      const { value } = await compile('topology.yaml', good);
      console.log(value.some(({ path }) => path === 'transport/topology.js'));
      console.log((await compile('topology.yaml', bad)).value);`;
    const { out, err } = runModule(project, text);
    assert.equal(out, 'true\n0\ntrue\nundefined\n', err);
  });
}
