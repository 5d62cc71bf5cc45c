import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Envelope } from '../message.ts';
import type { Disk } from './disk.ts';
import type { MessageState } from './message-state.ts';

/** A message in the spool. */
export interface StoredMessage {
  readonly id: number;
  /** Read back from the disk where it is not in memory. Fails: throws where the disk does, or where the record is damaged. */
  readonly envelope: Envelope;
  /** Unit: bytes. */
  readonly size: number;
  /** When it came in. Unit: milliseconds of the queue's own time. */
  readonly enteredAt: number;
  readonly state: MessageState;
}

/** The file that holds a large message; its name is the message's number. */
export interface LargeFile {
  readonly size: number;
  readonly checksum: number;
}

/** The JSON part of a message's record. */
export interface MessageRecord {
  readonly envelope: Envelope;
  /** When the message came in. Unit: milliseconds of the queue's own time. */
  readonly at: number;
  readonly state?: MessageState;
  readonly large?: LargeFile;
}

/** What a spool is made with; lengths are for tests to shrink. */
export interface SpoolOptions {
  readonly disk: Disk;
  /** The folder of one server's queue. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** A longer message gets a file of its own. Unit: bytes. */
  readonly largeLength?: number;
  /** Unit: bytes. */
  readonly segmentLength?: number;
  /** How much of small messages stays in memory beside the disk. Unit: bytes. */
  readonly cacheLength?: number;
  /** How much of envelopes stays in memory beside the disk, as the log writes them. Unit: bytes. */
  readonly envelopeLength?: number;
  /** How much of messages that are still coming may be in memory; beyond that they go to files. Unit: bytes. */
  readonly incomingLength?: number;
  /** How much of a standstill makes messages older, at most. Unit: milliseconds. */
  readonly longestStandstill?: number;
}

/** What a spool is made with where nothing else is said. */
export const spoolDefaults: Required<Omit<SpoolOptions, 'disk' | 'folder' | 'clock' | 'log'>> = {
  largeLength: 256 * 1024,
  segmentLength: 32 * 1024 ** 2,
  cacheLength: 64 * 1024 ** 2,
  envelopeLength: 16 * 1024 ** 2,
  incomingLength: 64 * 1024 ** 2,
  longestStandstill: 24 * 3_600_000,
};
