/**
 * Compares `mailtopo lint` with what a user would pick instead, on a small file, where starting is all, and on one of
 * 50,000 lines; and with Node doing nothing, and with the YAML parser alone. Asserts nothing.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { largeTopology } from '../support/large-topology.ts';
import { mustFail, pairedRuns, printMeasured, type Competitor } from './paired.ts';
import { peersOn } from './peers-of-lint.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    'without-peers': { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(values.rounds));

const folder = mkdtempSync(join(tmpdir(), 'mailtopo-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const parser = `const { parseDocument, LineCounter } = require('yaml');
parseDocument(require('node:fs').readFileSync(process.argv[1], 'utf8'), { lineCounter: new LineCounter() });`;

const nothing: Competitor = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };
const parse = (file: string): Competitor => {
  return { name: "yaml's parseDocument with positions", command: [process.execPath, '-e', parser, file] };
};

/** Ourselves, and who is compared with us. */
function linters(file: string): readonly Competitor[] {
  const command = [process.execPath, resolve('dist/bin/mailtopo.js'), 'lint', file] as const;
  const peers = values['without-peers'] ? [] : peersOn(folder, file);
  return [{ name: 'mailtopo lint', command }, ...peers.map((peer) => ({ ...peer, cwd: folder }))];
}

const text = largeTopology({ shape: 'many-servers', connectors: 1100, ranges: 20 });
const small = written('small.yaml', readFileSync('examples/document/topology.yaml', 'utf8'));
const large = written('large.yaml', text);
mustFail(linters(written('wrong.yaml', `${text}sendConnectors: {\n`)));

console.log(`node ${process.version}, medians of ${rounds} rounds`);
printMeasured('a small file', pairedRuns([nothing, ...linters(small)], rounds));
const fewer = Math.max(1, Math.ceil(rounds / 4));
printMeasured(`${text.split('\n').length - 1} lines`, pairedRuns([parse(large), ...linters(large)], fewer));
