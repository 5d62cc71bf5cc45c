import type { Artefact, LineOf } from '../emit/emitter.ts';

/** Tells of each line that came from the topology where it came from, by file; lines count from 1. */
export function sourceMapText(artefacts: readonly Artefact[], lineOf: LineOf): string {
  const files = artefacts
    .flatMap((artefact) => (artefact.kind === 'text' && artefact.lines !== undefined ? [artefact] : []))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, lines = [] }) => [
      path,
      lines.map(({ line, what, origin }) => ({
        line,
        what,
        source: { file: baseName(origin.file), line: lineOf(origin), path: origin.path },
      })),
    ]);
  return `${JSON.stringify({ version: 1, files: Object.fromEntries(files) }, undefined, 2)}\n`;
}

/** Output tells nothing of the folders of the machine that made it. */
export function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
