import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Artefact } from '../../src/emit/emitter.ts';
import type { OutputRequest } from '../../src/write-artefacts.ts';
import { onLine, sampleLineOf } from './sample-plan.ts';

/** Makes an empty folder that goes away with the test. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by relative path, with the folders that they need. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Reads every file below a folder, by relative path; a folder without files ends in `/`. */
export function readTree(folder: string, prefix = ''): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const tree: Record<string, string> = {};
  for (const name of readdirSync(join(folder, prefix)).sort()) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isSymbolicLink()) tree[path] = `-> ${readlinkSync(join(folder, path))}`;
    else if (stat.isDirectory()) {
      const below = readTree(folder, path);
      Object.assign(tree, Object.keys(below).length === 0 ? { [`${path}/`]: '' } : below);
    } else tree[path] = readFileSync(join(folder, path), 'utf8');
  }
  return tree;
}

/** A text artefact. */
export function text(path: string, content: string): Artefact {
  return { kind: 'text', path, text: content, encoding: 'utf-8' };
}

/** A certificate or key that the topology names on line 7. */
export function sourceFile(path: string, file: string, secret = false): Artefact {
  return { kind: 'source-file', path, sourceFile: file, origin: onLine(7), secret };
}

/** A request to write artefacts of `<folder>/topology.yaml` into `<folder>/out`. */
export function requestIn(folder: string, artefacts: readonly Artefact[]): OutputRequest {
  return {
    folder: join(folder, 'out'),
    artefacts,
    source: { file: 'topology.yaml', text: 'mailtopo: 1\n' },
    topologyFolder: folder,
    lineOf: sampleLineOf,
    version: '1.2.3',
  };
}
