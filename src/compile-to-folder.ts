import { dirname, resolve } from 'node:path';
import type { Diagnostic } from './base/diagnostic.ts';
import { compile, type CompileOptions } from './compile.ts';
import type { Artefact } from './emit/emitter.ts';
import { lineFinder } from './report/text-position.ts';
import {
  compareArtefacts,
  writeArtefacts,
  type Comparison,
  type OutputRequest,
  type Written,
} from './write-artefacts.ts';

/** A topology that was read, and where its output goes. */
export interface FolderOptions extends CompileOptions {
  /** The topology file as it was named; the files that it names are relative to its folder. */
  readonly file: string;
  readonly text: string;
  /** The output folder as it was named. */
  readonly folder: string;
  /** The version of mailtopo. */
  readonly version: string;
  /** Makes the page of the topology, which lies beside what the emitters write. */
  readonly page?: () => Promise<string | undefined>;
  /** Says whether what was found lets the output be written; an error never does. */
  readonly accepts?: (diagnostics: readonly Diagnostic[]) => boolean;
}

/** What compiling found, and what was written; nothing where an error stands. */
export interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly written?: Written;
}

/** What compiling found, and how a folder differs; nothing where an error stands. */
export interface Compared {
  readonly diagnostics: readonly Diagnostic[];
  readonly comparison?: Comparison;
}

/**
 * Compiles a topology into a folder.
 *
 * Fails: as `writeArtefacts`; an error in the topology is no failure, and nothing is written then.
 */
export async function compileToFolder(
  options: FolderOptions,
  onChanged: 'refuse' | 'overwrite',
): Promise<Compiled> {
  const { diagnostics, request } = await requestFor(options);
  if (request === undefined || options.accepts?.(diagnostics) === false) return { diagnostics };
  return { diagnostics, written: await writeArtefacts(await withPage(request, options), onChanged) };
}

/** Compiles a topology and compares a folder with the result; writes nothing. */
export async function checkFolder(options: FolderOptions): Promise<Compared> {
  const { diagnostics, request } = await requestFor(options);
  if (request === undefined) return { diagnostics };
  return { diagnostics, comparison: compareArtefacts(await withPage(request, options)) };
}

/** Says whether a folder is as it would be written. */
export function isFresh({ missing, stale, extra }: Comparison): boolean {
  return missing.length + stale.length + extra.length === 0;
}

async function requestFor(
  options: FolderOptions,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly request?: OutputRequest }> {
  const { file, text, folder, version } = options;
  const { value: artefacts, diagnostics } = await compile(file, text, options);
  if (artefacts === undefined) return { diagnostics };
  const request: OutputRequest = {
    folder,
    artefacts,
    source: { file, text },
    topologyFolder: dirname(resolve(file)),
    lineOf: lineFinder(text),
    version,
  };
  return { diagnostics, request };
}

/** The page is made last: where nothing is written, nobody waits for it. */
async function withPage(request: OutputRequest, { page }: FolderOptions): Promise<OutputRequest> {
  const text = await page?.();
  if (text === undefined) return request;
  const artefact: Artefact = { kind: 'text', path: 'report.html', text, encoding: 'utf-8' };
  return { ...request, artefacts: [...request.artefacts, artefact] };
}
