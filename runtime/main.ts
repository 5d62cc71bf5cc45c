import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { readArguments, usage, type TransportArguments } from './arguments.ts';
import type { Dialect, TransportConfig } from './config.ts';
import { lineWriter, put } from './line-writer.ts';
import { jsonLog, type Log } from './log.ts';
import type { ListeningEndpoint } from './server/endpoints.ts';
import { endpointText } from './server/listener.ts';
import { printable, StartFailure } from './start-failure.ts';
import { startTransport, type Transport, type TransportOptions } from './transport.ts';

export { startTransport, StartFailure };
export type { Transport, TransportConfig, TransportOptions };

/** What the shell sees of a transport. */
const exitCode = { stopped: 0, couldNotStart: 2 } as const;

/**
 * Runs the transport of a bundle until it is told to stop; the answer is the exit code.
 *
 * Standard output says where it listens and then `ready`, standard error takes the log, one JSON object a line.
 */
export async function main(
  config: TransportConfig,
  bundleFolder: string,
  argv: readonly string[],
): Promise<number> {
  const errors = lineWriter(process.stderr, droppedLine);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', keepGoing);
  try {
    if (argv[0] === 'queue') {
      const { queueTool } = await import('./queue-tool/queue-tool.ts');
      return await queueTool(config, bundleFolder, argv.slice(1), {
        out: (text) => put(process.stdout, text),
        err: errors.write,
      });
    }
    if (argv[0] === 'user') {
      const { userTool } = await import('./users/user-tool.ts');
      return await userTool(argv.slice(1), {
        input: process.stdin,
        out: (text) => put(process.stdout, text),
        err: errors.write,
      });
    }
    const wanted = readArguments(config, argv);
    if (wanted === 'help') {
      put(process.stdout, usage);
      return exitCode.stopped;
    }
    const log = jsonLog(errors.write, () => Date.now());
    // Asked for before anything is open, so that a stop during the start is not lost.
    const stopped = stopSignal();
    const reloads = hangUps();
    const transport = await startTransport({
      config: inDialect(config, wanted.dialect),
      bundleFolder,
      log,
      ...usersOfEnvironment(),
      ...wanted,
      ...viewerOf(wanted),
    });
    const { endpoints, monitor } = transport;
    const monitoring = monitor === undefined ? '' : `monitor http://${endpointText(monitor)}\n`;
    put(process.stdout, `${endpoints.map(listeningLine).join('')}${monitoring}ready\n`);
    reloads.each(() => reload(transport, bundleFolder, log, wanted.dialect));
    log('info', 'stopping', { signal: await stopped });
    reloads.forget();
    await transport.stop();
    log('info', 'stopped');
    return exitCode.stopped;
  } catch (thrown) {
    if (!(thrown instanceof StartFailure)) throw thrown;
    errors.write(`mailtopo: ${printable(thrown.message)}\n`);
    return exitCode.couldNotStart;
  } finally {
    errors.flush();
  }
}

/** Lets all servers of a topology speak as the command line says. */
function inDialect(config: TransportConfig, dialect: Dialect | undefined): TransportConfig {
  if (dialect === undefined) return config;
  return { ...config, servers: config.servers.map((server) => ({ ...server, dialect })) };
}

/** SIGHUP, from the first moment on: without somebody who listens it would end the process. */
interface HangUps {
  /** Runs at each one, and at once where one has come already. */
  each(run: () => Promise<void>): void;
  /** Takes no more. */
  forget(): void;
}

/**
 * Takes SIGHUP as the wish to go on by the topology that lies in the bundle now; a terminal that is closed says the same,
 * and there it means the end.
 */
function hangUps(): HangUps {
  let run: (() => Promise<void>) | undefined;
  let isWaiting = false;
  const listener = (): void => {
    if (run === undefined) isWaiting = true;
    else void run();
  };
  if (!process.stdin.isTTY) process.on('SIGHUP', listener);
  return {
    each(given) {
      run = given;
      if (isWaiting) void run();
    },
    forget: () => void process.off('SIGHUP', listener),
  };
}

/** Goes on by the topology of a bundle that was compiled again. What is wrong with it changes nothing. */
async function reload(
  transport: Transport,
  bundleFolder: string,
  log: Log,
  dialect: Dialect | undefined,
): Promise<void> {
  try {
    // Node keeps what a module once was, by its address; the time makes it another one.
    const address = `${pathToFileURL(join(bundleFolder, 'topology.js')).href}?${Date.now()}`;
    const { topology } = (await import(address)) as { readonly topology: TransportConfig };
    await transport.reload(inDialect(topology, dialect));
    log('info', 'reloaded', { endpoints: transport.endpoints.length });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    log('error', 'reload refused', { reason: printable(reason) });
  }
}

/** The token may come by a variable, where a container has its secrets. */
function viewerOf({ viewer }: TransportArguments): Pick<TransportOptions, 'viewer'> {
  const { MAILTOPO_VIEWER_TOKEN: token } = process.env;
  return viewer === undefined ? {} : { viewer: token === undefined ? {} : { token } };
}

/** Users that need no file, as where a container has its secrets in variables. */
function usersOfEnvironment(): Pick<TransportOptions, 'users'> {
  const { MAILTOPO_USERS: users } = process.env;
  return users === undefined ? {} : { users };
}

/** Tells that standard error was read too slowly, in the form of the log. */
function droppedLine(count: number): string {
  let line = '';
  jsonLog(
    (text) => (line = text),
    () => Date.now(),
  )('warning', 'log lines dropped', { count });
  return line;
}

function listeningLine({ server, local, ...served }: ListeningEndpoint): string {
  const [asked, real] = [endpointText(served), endpointText(local)];
  return `listening ${server} ${asked}${asked === real ? '' : ` on ${real}`}\n`;
}

/** A second signal finds no one waiting any more, and ends the process as signals do. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.removeAllListeners('SIGINT');
        process.removeAllListeners('SIGTERM');
        resolve(signal);
      });
    }
  });
}

/** Mail goes on where its log cannot: the disk of a log may be full, and whoever read it may be gone. */
function keepGoing(): void {}
