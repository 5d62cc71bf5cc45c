import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, unreachable } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';
import type { Artefact, TextEncoding } from '../emit/emitter.ts';
import { inPackage } from '../package.ts';
import { readSourceFile, type SourceFolder } from './source-file.ts';

/** A file as it will lie in the output folder. */
export interface OutputFile {
  /** Relative to the output folder, with `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** A file that the topology names and that is not there; the bundle will miss it. */
export interface MissingSource {
  readonly path: string;
  readonly sourceFile: string;
}

/** All that artefacts amount to on a disk. */
export interface Output {
  /** By path, in the order of their characters. */
  readonly files: readonly OutputFile[];
  readonly folders: readonly string[];
  readonly missing: readonly MissingSource[];
}

/** Mode of private keys: for their owner alone. */
export const secretMode = 0o600;
const openMode = 0o644;

const runtimeFolder = inPackage('dist/runtime/');

/** Turns artefacts into files: encodes text, reads the transport and the files that the topology names. */
export function outputOf(artefacts: readonly Artefact[], sources: SourceFolder): Output {
  const files: OutputFile[] = [];
  const folders: string[] = [];
  const missing: MissingSource[] = [];
  for (const artefact of artefacts) {
    switch (artefact.kind) {
      case 'text':
        files.push(textFile(artefact.path, artefact.text, artefact.encoding));
        break;
      case 'runtime':
        files.push(...runtimeFiles(artefact.path));
        break;
      case 'folder':
        folders.push(artefact.path);
        break;
      case 'source-file': {
        const { path, sourceFile, secret } = artefact;
        const bytes = readSourceFile(artefact, sources);
        if (bytes === undefined) missing.push({ path, sourceFile });
        else files.push({ path, bytes, mode: secret ? secretMode : openMode });
        break;
      }
      default:
        return unreachable(artefact);
    }
  }
  checkPaths([...files.map(({ path }) => path), ...folders]);
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, folders, missing };
}

/** Encodes a text file; scripts for Windows PowerShell, which takes others for ANSI, get byte-order mark and CR LF. */
export function textFile(path: string, text: string, encoding: TextEncoding): OutputFile {
  const encoded = encoding === 'utf-8' ? text : `\ufeff${text.replaceAll(/\r?\n/g, '\r\n')}`;
  return { path, bytes: Buffer.from(encoded, 'utf8'), mode: openMode };
}

/** Reads the compiled transport: what Node runs, and the types that the wiring is written against. */
function runtimeFiles(path: string): readonly OutputFile[] {
  const names = listFiles(runtimeFolder).filter(
    (name) => /\.(js|json)$/.test(name) || name === 'config.d.ts',
  );
  if (names.length === 0) {
    throw new Failure('unreadable-file', `cannot read the transport in ${runtimeFolder}: it is not built`);
  }
  return names.map((name) => ({
    path: `${path}/${name}`,
    bytes: readFileSync(join(runtimeFolder, name)),
    mode: openMode,
  }));
}

function listFiles(folder: string, prefix = ''): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(join(folder, entry.name), `${prefix}${entry.name}/`)
        : [prefix + entry.name],
    );
  } catch (cause) {
    throw new Failure('unreadable-file', `cannot read ${folder}: ${reasonOf(cause)}`, cause);
  }
}

/** Emitters name files; a name that leaves the folder or stands twice is a bug of an emitter, found before writing. */
function checkPaths(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    const steps = path.split('/');
    const safe = steps.every((step) => /^[^\\/:*?"<>|\p{Cc}]+$/u.test(step) && !/^\.+$/.test(step));
    if (!safe) throw new Error(`mailtopo bug: an emitter made the path ${JSON.stringify(path)}`);
    const folded = path.toLowerCase();
    if (seen.has(folded)) throw new Error(`mailtopo bug: two artefacts are called ${path}`);
    seen.add(folded);
  }
}
