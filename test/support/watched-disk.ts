import { nodeDisk, type Disk } from '../../runtime/queue/disk.ts';

/** A disk that tells what was asked of it and fails where a test wants it to. */
export interface WatchedDisk extends Disk {
  /** The operations so far, in order, such as `flush`. */
  readonly done: readonly string[];
  /** The code that an operation fails with from now on; cleared with undefined. */
  fail(operation: keyof Disk, code: string | undefined): void;
  /** Holds back every flush until the answer is called. */
  holdFlushes(): () => void;
}

/** Wraps the disk of the machine. */
export function watchedDisk(): WatchedDisk {
  const done: string[] = [];
  const failures = new Map<string, string>();
  let held: Promise<void> | undefined;
  const watch =
    <Arguments extends unknown[], Result>(name: keyof Disk, run: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      done.push(name);
      const code = failures.get(name);
      if (code !== undefined) {
        // A full disk takes a part of what it is given, as real ones do.
        if (name === 'write')
          await nodeDisk.write(given[0] as number, (given[1] as Buffer).subarray(0, 10), given[2] as number);
        throw Object.assign(new Error(`${code}: injected`), { code });
      }
      if (name === 'flush') await held;
      return run(...given);
    };
  const watched = Object.fromEntries(
    Object.entries(nodeDisk).map(([name, run]) => [
      name,
      watch(name as keyof Disk, run as (...given: unknown[]) => Promise<unknown>),
    ]),
  ) as unknown as Disk;
  return {
    ...watched,
    readNow(...given) {
      done.push('readNow');
      const code = failures.get('readNow');
      if (code !== undefined) throw Object.assign(new Error(`${code}: injected`), { code });
      return nodeDisk.readNow(...given);
    },
    done,
    fail(operation, code) {
      if (code === undefined) failures.delete(operation);
      else failures.set(operation, code);
    },
    holdFlushes() {
      let release: () => void = () => undefined;
      held = new Promise((resolve) => (release = resolve));
      return () => {
        held = undefined;
        release();
      };
    },
  };
}
