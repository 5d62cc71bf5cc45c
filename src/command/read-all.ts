import { readSource, readStandardInput, type Source } from '../read-source.ts';

/** Reads all files of a command; `-` is standard input, which is known by the name given. */
export async function readAll(files: readonly string[], stdinFilename: string): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const file of files) {
    sources.push(file === '-' ? await readStandardInput(process.stdin, stdinFilename) : readSource(file));
  }
  return sources;
}
