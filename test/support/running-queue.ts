import type { TestContext } from 'node:test';
import { usualOldestTls } from '../../runtime/oldest-tls.ts';
import { systemClock, type Clock } from '../../runtime/clock.ts';
import type { TransportConfig } from '../../runtime/config.ts';
import type { Log, LogFields } from '../../runtime/log.ts';
import type { Envelope } from '../../runtime/message.ts';
import { startQueue, type QueueOptions, type RunningQueue } from '../../runtime/queue/queue.ts';
import { envelopeTo, temporaryFolder } from './spool.ts';

/** A queue at work, and what it logged. */
export interface QueueUnderTest {
  readonly queue: RunningQueue;
  readonly events: readonly { readonly event: string; readonly fields: LogFields }[];
  /** Puts a message into a server's queue. */
  put(text: string, to: readonly string[], envelope?: Partial<Envelope>): Promise<number>;
  /** Waits for an event; bounded by the test's own time. */
  seen(event: string, times?: number): Promise<LogFields>;
}

/** Starts the queue of one server in a rehearsal and begins to deliver; it is stopped after the test. */
export async function runQueue(
  context: TestContext,
  config: TransportConfig,
  more: Partial<QueueOptions> = {},
): Promise<QueueUnderTest> {
  const events: { event: string; fields: LogFields }[] = [];
  const watchers: (() => void)[] = [];
  const log: Log = (_level, event, fields = {}) => {
    events.push({ event, fields });
    for (const watch of [...watchers]) watch();
  };
  const clock: Clock = more.clock ?? systemClock;
  const queue = await startQueue({
    config,
    serverNames: config.servers.slice(0, 1).map(({ name }) => name),
    dataFolder: temporaryFolder(),
    mode: 'rehearsal',
    material: { certificates: [], authorities: [], installations: new Map(), oldestTls: usualOldestTls },
    hop: { identityOf: () => undefined, serverOf: () => undefined },
    clock,
    log,
    random: () => 0,
    ...more,
  });
  let stopped = false;
  context.after(async () => {
    if (!stopped) await queue.stop(1000);
  });
  queue.deliver([]);
  const server = config.servers[0]?.name ?? '';
  return {
    queue: {
      ...queue,
      stop: async (within) => {
        stopped = true;
        await queue.stop(within);
      },
    },
    events,
    async put(text, to, envelope = {}) {
      const writer = queue.spool(server).open();
      await writer.write(Buffer.from(text));
      const whole = envelopeTo(to, { server, receivedAt: clock.now(), ...envelope });
      return (await writer.commit(whole)).internalId;
    },
    async seen(event, times = 1) {
      for (;;) {
        const found = events.filter((one) => one.event === event)[times - 1];
        if (found !== undefined) return found.fields;
        await new Promise<void>((resolve) => watchers.push(resolve));
      }
    },
  };
}
