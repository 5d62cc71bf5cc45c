import { fstatSync } from 'node:fs';
import { Failure } from '../base/failure.ts';
import { readSource, readStandardInput, type Source } from '../read-source.ts';

/** Reads all files of a command; `-` is standard input, which is known by the name given. */
export async function readAll(files: readonly string[], stdinFilename: string): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const file of files) {
    sources.push(file === '-' ? await readOwnInput(stdinFilename) : readSource(file));
  }
  return sources;
}

/** Node gives a folder out as an input without a byte, and then an empty topology would be what is found fault with. */
function readOwnInput(name: string): Promise<Source> {
  if (fstatSync(process.stdin.fd).isDirectory()) {
    throw new Failure('unreadable-file', 'cannot read standard input: it is a folder');
  }
  return readStandardInput(process.stdin, name);
}
