import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** What is told of a file while it is open; equal marks before and after reading mean that nobody wrote to it. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  /** Unit: bytes; 0 for files that a system makes up while they are read. */
  readonly size: number;
  readonly mark: string;
}

/** A file that is open; so much of the system as reading a whole file needs. */
export interface OpenFile {
  facts(): FileFacts;
  /** Reads the next bytes; 0 at the end. */
  read(into: Uint8Array): number;
  close(): void;
}

/** All bytes of a file, or why it is not one to be read, as the end of a sentence. */
export type WholeFile =
  { readonly kind: 'read'; readonly bytes: Uint8Array } | { readonly kind: 'unfit'; readonly reason: string };

/** An editor that is saving is done at the second look; what never stands still is a log and no topology. Our choice. */
const mostLooks = 3;

/** Unit: bytes that are read at first where the system does not tell a size. Our choice. */
const firstRoom = 64 * 1024;

/**
 * Reads a whole file as it was at one moment: regular files alone, none that is larger than `most` bytes.
 *
 * Nothing waits: a pipe without a writer is told from a file before it is read, also where it took the file's place
 * meanwhile. A file that someone writes to is read again, and in the end refused, so that half a file counts for none.
 * Fails: with the error of the system where that refuses.
 */
export function readWholeFile(
  path: string,
  most: number,
  open: (path: string) => OpenFile = openFile,
): WholeFile {
  for (let look = 0; look < mostLooks; look += 1) {
    const file = open(path);
    try {
      const whole = readOpen(file, most);
      if (whole !== 'changed') return whole;
    } finally {
      file.close();
    }
  }
  return { kind: 'unfit', reason: 'it changes while it is read; run again' };
}

function readOpen(file: OpenFile, most: number): WholeFile | 'changed' {
  const { kind, size, mark } = file.facts();
  if (kind === 'folder') return { kind: 'unfit', reason: 'it is a folder' };
  if (kind === 'other') return { kind: 'unfit', reason: 'it is not a regular file' };
  const tooLarge = { kind: 'unfit', reason: `it is larger than ${most / 1024 / 1024} MB` } as const;
  if (size > most) return tooLarge;
  let bytes = new Uint8Array(size === 0 ? firstRoom : size + 1);
  let length = 0;
  for (let got = file.read(bytes); got > 0; got = file.read(bytes.subarray(length))) {
    length += got;
    if (length > most) return tooLarge;
    if (length === bytes.length) {
      const wider = new Uint8Array(Math.min(2 * length, most + 1));
      wider.set(bytes);
      bytes = wider;
    }
  }
  return file.facts().mark === mark ? { kind: 'read', bytes: bytes.subarray(0, length) } : 'changed';
}

function openFile(path: string): OpenFile {
  // Opening a pipe or a device may do something by itself, so the name is looked at first.
  const { kind } = factsOf(statSync(path, { bigint: true }));
  // Windows knows no such flag.
  const descriptor =
    kind === 'file' ? openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)) : undefined;
  if (descriptor === undefined) {
    return { facts: () => ({ kind, size: 0, mark: '' }), read: () => 0, close: () => undefined };
  }
  return {
    facts: () => factsOf(fstatSync(descriptor, { bigint: true })),
    read: (into) => readSync(descriptor, into),
    close: () => closeSync(descriptor),
  };
}

function factsOf(stat: {
  isFile(): boolean;
  isDirectory(): boolean;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}): FileFacts {
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  return { kind, size: Number(stat.size), mark: `${stat.size} ${stat.mtimeNs}` };
}
