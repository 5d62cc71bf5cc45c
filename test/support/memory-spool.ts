import type { Envelope, Pressure, ServerSpool } from '../../runtime/message.ts';

/** A message that the spool has committed. */
export interface KeptMessage {
  readonly envelope: Envelope;
  readonly text: string;
}

/** A spool in memory that says what became of its messages. */
export interface MemorySpool extends ServerSpool {
  pressure: Pressure;
  readonly messages: KeptMessage[];
  /** Messages that were begun and forgotten. */
  readonly aborted: number;
  /** Writes and commits so far; it stands still where nothing is under way. */
  readonly operations: number;
}

/** What a spool does instead of storing. */
export type SpoolFault = 'none' | 'refuses writes' | 'refuses to commit' | 'throws';

/** Makes a spool in memory; each write and commit takes a turn of the event loop, as a disk would. */
export function memorySpool(fault: SpoolFault = 'none'): MemorySpool {
  const messages: KeptMessage[] = [];
  let aborted = 0;
  let operations = 0;
  return {
    pressure: 'normal',
    messages,
    get aborted() {
      return aborted;
    },
    get operations() {
      return operations;
    },
    open() {
      if (fault === 'throws') throw new Error('a bug in the spool');
      const chunks: Uint8Array[] = [];
      let isOpen = true;
      return {
        async write(chunk) {
          operations += 1;
          if (!isOpen) throw new Error('written after its end');
          // The caller may use its buffer again once the promise is resolved.
          chunks.push(Uint8Array.from(chunk));
          await new Promise((resolve) => setImmediate(resolve));
          if (fault === 'refuses writes') throw new Error('the disk is full');
        },
        async commit(envelope) {
          operations += 1;
          if (!isOpen) throw new Error('committed after its end');
          isOpen = false;
          await new Promise((resolve) => setImmediate(resolve));
          if (fault === 'refuses to commit') throw new Error('the disk is full');
          messages.push({ envelope, text: Buffer.concat(chunks).toString('latin1') });
          return { internalId: messages.length };
        },
        abort() {
          if (isOpen) aborted += 1;
          isOpen = false;
        },
      };
    },
  };
}
