import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

/*
 * Loaded in front of a transport by `--import`: the file system below one folder refuses some of what it is asked, as bad
 * and full disks do. Every fault is told in a file, one line each, so that whoever runs this can count them.
 *
 * MAILTOPO_FAULT_FOLDER, MAILTOPO_FAULT_RATE (hundredths of all calls) and MAILTOPO_FAULT_LOG say where, how often and to
 * whom.
 */

const {
  MAILTOPO_FAULT_FOLDER: folder = '',
  MAILTOPO_FAULT_RATE: rate = '0',
  MAILTOPO_FAULT_LOG: log = '',
} = process.env;
const below = resolve(folder) + sep;
const { open, close, write, fsync, fdatasync, appendFileSync } = fs;
const { rename, writeFile } = fs.promises;
const files = new Set<number>();

type Failure = NodeJS.ErrnoException;
type Done = (error: Failure | null, value?: number) => void;

function isUnlucky(): boolean {
  return Math.random() * 100 < Number(rate);
}

function oneOf<T>(...kinds: readonly [T, ...T[]]): T {
  return kinds[Math.floor(Math.random() * kinds.length)] ?? kinds[0];
}

function fault(call: string, code: string): Failure {
  appendFileSync(log, `${call} ${code}\n`);
  return Object.assign(new Error(`${code}: injected, ${call}`), { code });
}

function faultyOpen(path: string, flags: string, mode: number, done: Done): void {
  const isHere = resolve(path).startsWith(below);
  if (isHere && flags.includes('w') && isUnlucky()) return done(fault('open', 'ENOSPC'));
  open(path, flags, mode, (error, file) => {
    if (isHere && error === null) files.add(file);
    done(error, file);
  });
}

function faultyClose(file: number, done: Done): void {
  files.delete(file);
  close(file, done);
}

function faultyWrite(
  file: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  position: number,
  done: Done,
): void {
  const part = Math.ceil(length / 2);
  const kind = files.has(file) && isUnlucky() ? oneOf('short', 'ENOSPC', 'EIO') : 'whole';
  switch (kind) {
    case 'whole':
      return write(file, bytes, offset, length, position, done);
    case 'short':
      // A system may take less than it is given, and says so; that is no error.
      appendFileSync(log, 'write short\n');
      return write(file, bytes, offset, part, position, done);
    case 'ENOSPC':
      return write(file, bytes, offset, part, position, () => done(fault('write', kind)));
    case 'EIO':
      return done(fault('write', kind));
  }
}

function faultyFlush(name: 'fsync' | 'fdatasync', flush: (file: number, done: Done) => void) {
  return (file: number, done: Done): void => {
    if (files.has(file) && isUnlucky()) done(fault(name, 'EIO'));
    else flush(file, done);
  };
}

Object.assign(fs, {
  open: faultyOpen,
  close: faultyClose,
  write: faultyWrite,
  fsync: faultyFlush('fsync', fsync),
  fdatasync: faultyFlush('fdatasync', fdatasync),
});
Object.assign(fs.promises, {
  async rename(from: string, to: string): Promise<void> {
    if (resolve(from).startsWith(below) && isUnlucky()) throw fault('rename', oneOf('EIO', 'ENOSPC'));
    await rename(from, to);
  },
  async writeFile(path: string, bytes: Uint8Array, options: fs.WriteFileOptions): Promise<void> {
    if (resolve(path).startsWith(below) && isUnlucky()) throw fault('writeFile', 'ENOSPC');
    await writeFile(path, bytes, options);
  },
});
syncBuiltinESMExports();
