import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.ts';
import { runCommand, type Ran } from './run-command.ts';

/** The newest line with long-term support. */
const line = 24;

/** Checks the installed program on the newest Node, which comes as a package into a folder of its own. */
export function checkNewestNode(checks: Checks, project: string, scratch: string): void {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(scratch, 'newest');
  const install = [
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--prefix',
    prefix,
    `${name}@${line}`,
  ];
  runCommand(install, { cwd: scratch });
  const node = join(prefix, 'node_modules', name, 'bin', 'node');
  if (!existsSync(node))
    return checks.cannotRun(`the program on Node ${line}`, `the package ${name}@${line}`);
  const program = join(project, 'node_modules', 'mailtopo', 'dist', 'bin', 'mailtopo.js');
  const run = (...args: readonly string[]): Ran => runCommand([node, program, ...args], { cwd: project });
  checks.check(`Node ${line}: lint finds the examples clean, without a word about Node`, () => {
    assert.match(runCommand([node, '--version'], { cwd: project }).out, new RegExp(`^v${line}\\.`));
    const { code, out, err } = run('lint', 'examples/**/topology.yaml');
    assert.equal(code, 0, out);
    assert.match(err, /^mailtopo: .*\n$/);
  });
  checks.check(`Node ${line}: compiles to the same bytes as ${process.version}`, () => {
    const topology = join('examples', 'contoso', 'topology.yaml');
    const { code, out, err } = run('compile', topology, '--output', 'out', '--check');
    assert.equal(code, 0, out + err);
    assert.equal(run('compile', topology, '--output', 'newest').code, 0);
    const manifest = (folder: string): string => readFileSync(join(project, folder, 'manifest.json'), 'utf8');
    assert.equal(manifest('newest'), manifest('out'));
  });
}
