import { join } from 'node:path';

import type { Clock } from '../clock.ts';
import type { Server, TransportConfig } from '../config.ts';
import { isoTime } from '../iso-time.ts';
import { lineWriter } from '../line-writer.ts';
import type { Log } from '../log.ts';
import { nodeDisk, type Disk } from '../queue/disk.ts';
import { serverFolder } from '../server/internal-hop.ts';
import { noTranscript, type Transcript, type TranscriptSubject, type Witness } from '../witness.ts';
import { csvRow } from './csv.ts';
import { fileLimits, layoutOf, logsConnectivity, logVersion, type LogName } from './layout.ts';
import { RotatingFile } from './rotating-file.ts';
import { trackingRows, type TrackingRow } from './tracking-row.ts';

/** What the logs of the servers in this process are kept with. */
export interface ServerLogsOptions {
  readonly config: Pick<TransportConfig, 'servers'>;
  readonly serverNames: readonly string[];
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Told where lines of the logs are lost. */
  readonly log: Log;
  readonly disk?: Disk;
}

/** Logs that are being kept. */
export interface ServerLogs {
  readonly witness: Witness;
  /** Writes what waits, but no longer than it is given. Unit: milliseconds. */
  close(within: number): Promise<void>;
}

/**
 * Keeps message tracking, protocol and connectivity logs for each server, where and as Exchange keeps them.
 *
 * Rows are written later and by the way: a slow or full disk costs rows, never mail.
 */
export function openServerLogs(options: ServerLogsOptions): ServerLogs {
  const { config, serverNames, clock } = options;
  const all = config.servers
    .filter(({ name }) => serverNames.includes(name))
    .map((server) => [server.name, new LogsOfServer(server, options)] as const);
  const byName = new Map(all);
  return {
    witness: {
      transcript: (subject) => byName.get(subject.server)?.transcript(subject) ?? noTranscript,
      track: (event) => byName.get(event.server)?.track(event),
      connect: (step) => byName.get(step.server)?.connect(step),
      count: () => undefined,
    },
    async close(within) {
      const closed = Promise.all(all.map(([, logs]) => logs.close()));
      const over = new Promise<void>((resolve) => void clock.after(within, resolve));
      await Promise.race([closed, over]);
    },
  };
}

interface Kept {
  readonly fields: readonly string[];
  write(row: readonly string[]): void;
  close(): Promise<void>;
}

class LogsOfServer {
  readonly #server: Server;
  readonly #options: ServerLogsOptions;
  readonly #kept = new Map<LogName, Kept>();
  #trackingRow: TrackingRow | undefined;

  constructor(server: Server, options: ServerLogsOptions) {
    this.#server = server;
    this.#options = options;
  }

  track(event: Parameters<Witness['track']>[0]): void {
    const kept = this.#keep('tracking');
    this.#trackingRow ??= trackingRows(this.#server, kept.fields);
    kept.write(this.#trackingRow(event, this.#options.clock.now()));
  }

  connect({ session, destination, direction, description }: Parameters<Witness['connect']>[0]): void {
    if (!logsConnectivity(this.#server)) return;
    this.#keep('connectivity').write([this.#now(), session, 'SMTP', destination, direction, description]);
  }

  transcript({ side, connector, session }: TranscriptSubject): Transcript {
    const id = side === 'receive' ? `${this.#server.name}\\${connector}` : connector;
    let ends: readonly [string, string] = ['', ''];
    let sequence = 0;
    return {
      between: (local, remote) => void (ends = [local, remote]),
      note: (mark, data = '', context = '') => {
        this.#keep(side).write([this.#now(), id, session, String(sequence), ...ends, mark, data, context]);
        sequence += 1;
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map((kept) => kept.close()));
  }

  #now(): string {
    return isoTime(this.#options.clock.now());
  }

  #keep(name: LogName): Kept {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const { dataFolder, clock, log, disk = nodeDisk } = this.#options;
    const server = this.#server;
    const layout = layoutOf(name, server);
    const lost = (count: number, reason: string): void =>
      log('warning', 'log lines dropped', { server: server.name, log: layout.prefix, count, reason });
    const file = new RotatingFile({
      disk,
      folder: join(serverFolder(dataFolder, server.name), layout.folder),
      prefix: layout.prefix,
      period: layout.period,
      head: () => headOf(layout, server, this.#now()),
      fileLength: fileLimits.length,
      totalLength: layout.totalLength,
      days: fileLimits.days,
      clock,
      onLost: lost,
    });
    const lines = lineWriter(file, (count) => {
      lost(count, 'the disk is slow');
      return '';
    });
    const kept: Kept = {
      fields: layout.fields,
      write: (row) => lines.write(csvRow(row)),
      async close() {
        lines.flush();
        await file.close();
      },
    };
    this.#kept.set(name, kept);
    return kept;
  }
}

/** The lines that Exchange's logs begin with; the second one tells readers which fields to expect. */
function headOf(
  { title, fields }: { readonly title: string; readonly fields: readonly string[] },
  { exchangeVersion }: Server,
  now: string,
): string {
  return [
    '#Software: mailtopo',
    `#Version: ${logVersion(exchangeVersion)}`,
    `#Log-Type: ${title}`,
    `#Date: ${now}`,
    `#Fields: ${fields.join(',')}`,
    '',
  ].join('\r\n');
}
