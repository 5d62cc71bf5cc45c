import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { isMissing, type Disk } from './disk.ts';

/** What the time of a queue is kept with. */
export interface QueueTimeOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How much of a standstill counts, at most. Unit: milliseconds. */
  readonly longestStandstill: number;
}

/** What the last process wrote down. */
interface Mark {
  /** The time of day. Unit: milliseconds since 1970. */
  readonly wall: number;
  /** The queue's own time. Unit: milliseconds. */
  readonly time: number;
}

/** A time of day that is off by less is told to nobody. Unit: milliseconds. */
const smallJump = 60_000;

/**
 * The queue's own time, by which messages grow old: it passes as the process runs, whatever becomes of the time of day.
 *
 * Over a standstill only the time of day can say how long it was. That is believed up to a bound, and never where it has
 * gone back: a clock that was set wrong for a moment must not let everything expire, nor nothing.
 */
export class QueueTime {
  readonly #options: QueueTimeOptions;
  readonly #base: number;
  readonly #startedAt: number;
  #wallOffset: number;
  #saving: Promise<void> = Promise.resolve();

  private constructor(options: QueueTimeOptions, base: number) {
    this.#options = options;
    this.#base = base;
    this.#startedAt = options.clock.elapsed();
    this.#wallOffset = options.clock.now() - options.clock.elapsed();
  }

  /**
   * Goes on where the last process ended; `newest` is the latest time that the log knows of.
   * Unit: milliseconds. Fails: rejects with the disk's error.
   */
  static async resume(options: QueueTimeOptions, newest: number): Promise<QueueTime> {
    const mark = await readMark(options);
    const stood = mark === undefined ? 0 : options.clock.now() - mark.wall;
    const counted = Math.max(0, Math.min(stood, options.longestStandstill));
    if (Math.abs(stood - counted) > smallJump) {
      options.log('warning', 'standstill not believed', {
        seconds: Math.round(stood / 1000),
        counted: Math.round(counted / 1000),
      });
    }
    return new QueueTime(options, Math.max(newest, (mark?.time ?? 0) + counted));
  }

  /** Unit: milliseconds. */
  now(): number {
    return this.#base + this.#options.clock.elapsed() - this.#startedAt;
  }

  /** Writes down how late it is, and tells of a time of day that has jumped since; a disk that refuses is told of. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save(): Promise<void> {
    const { disk, folder, clock, log } = this.#options;
    const jump = clock.now() - clock.elapsed() - this.#wallOffset;
    this.#wallOffset += jump;
    if (Math.abs(jump) > smallJump)
      log('warning', 'time of day jumped', { seconds: Math.round(jump / 1000) });
    const mark: Mark = { wall: clock.now(), time: this.now() };
    try {
      await disk.writeWhole(join(folder, 'time.new'), Buffer.from(`${JSON.stringify(mark)}\n`));
      await disk.rename(join(folder, 'time.new'), join(folder, 'time'));
    } catch (thrown) {
      log('warning', 'queue time not written', { reason: String(thrown) });
    }
  }
}

async function readMark({ disk, folder }: QueueTimeOptions): Promise<Mark | undefined> {
  try {
    const { wall, time } = JSON.parse((await disk.readWhole(join(folder, 'time'))).toString('utf8')) as Mark;
    return Number.isFinite(wall) && Number.isFinite(time) ? { wall, time } : undefined;
  } catch (thrown) {
    // A mark that is damaged is as good as none: the log still knows when its newest message came.
    if (isMissing(thrown) || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
