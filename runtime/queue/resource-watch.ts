import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Pressure } from '../message.ts';
import type { Disk } from './disk.ts';
import { diskThresholds, memoryThresholds, nextPressure, worstPressure } from './pressure.ts';

/** What is watched, and who hears of it. */
export interface ResourceWatchOptions {
  readonly disk: Disk;
  /** The folder whose disk is watched. */
  readonly folder: string;
  readonly server: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What the queues take of the memory that they may take. Unit: hundredths. */
  readonly memoryUsed: () => number;
}

/** How often it is looked. Unit: milliseconds. Source: EXCH back pressure. */
const interval = 2000;

/** The events of Exchange: pressure rises, pressure falls. Source: EXCH back pressure. */
const eventIds = { up: 15004, down: 15005 } as const;

type Resource = 'disk' | 'memory';

/**
 * Watches the disk and the memory that messages need, as Exchange's back pressure does.
 *
 * What cannot be measured exerts no pressure: a disk that fails to answer refuses messages itself.
 */
export class ResourceWatch {
  readonly #options: ResourceWatchOptions;
  readonly #pressures = new Map<Resource, Pressure>([
    ['disk', 'normal'],
    ['memory', 'normal'],
  ]);
  #cancel: (() => void) | undefined;
  #isStopped = false;
  #knowsDisk = true;

  constructor(options: ResourceWatchOptions) {
    this.#options = options;
  }

  get pressure(): Pressure {
    return worstPressure(this.#pressures.values());
  }

  /** Looks once, and from then on every two seconds. */
  async start(): Promise<void> {
    await this.look();
    if (this.#isStopped) return;
    this.#cancel = this.#options.clock.after(interval, () => void this.start());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  /** Measures all resources. */
  async look(): Promise<void> {
    const { disk, folder, memoryUsed } = this.#options;
    this.#judge('memory', memoryUsed(), memoryThresholds, '%');
    try {
      const { size, free } = await disk.space(folder);
      if (size > 0) this.#judge('disk', size - free, diskThresholds(size), ' bytes');
      this.#knowsDisk = true;
    } catch (thrown) {
      if (!this.#knowsDisk) return;
      this.#knowsDisk = false;
      this.#options.log('warning', 'free disk space not known', {
        server: this.#options.server,
        folder,
        reason: String(thrown),
      });
    }
  }

  #judge(
    resource: Resource,
    used: number,
    thresholds: ReturnType<typeof diskThresholds>,
    unit: string,
  ): void {
    const before = this.#pressures.get(resource) ?? 'normal';
    const after = nextPressure(before, used, thresholds);
    if (after === before) return;
    this.#pressures.set(resource, after);
    const rises = after === 'high' || before === 'normal';
    this.#options.log(rises ? 'warning' : 'info', 'back pressure', {
      server: this.#options.server,
      resource,
      from: before,
      to: after,
      used: `${Math.round(used)}${unit}`,
      high: `${Math.round(thresholds.mediumToHigh)}${unit}`,
      eventId: rises ? eventIds.up : eventIds.down,
    });
  }
}
