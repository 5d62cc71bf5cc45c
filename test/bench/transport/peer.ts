import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Issued } from '../../support/certificates.ts';

/** What all servers of the benchmark present; whoever connects verifies nothing. */
export interface BenchCertificates {
  readonly server: Issued;
}

/** What a server is started with. */
export interface PeerSetup {
  /** An empty folder of its own. */
  readonly folder: string;
  readonly port: number;
  /** Where whatever it takes is to go. */
  readonly sinkPort: number;
  readonly certificates: BenchCertificates;
}

/** A server under load. */
export interface RunningPeer {
  /** The root of its process tree. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** A server that the transport is compared with. */
export interface Peer {
  readonly name: string;
  readonly kind: 'relays' | 'discards';
  /** How many idle connections it is asked to hold. */
  readonly idle: number;
  start(setup: PeerSetup): Promise<RunningPeer>;
}

/** Unit: milliseconds. */
const patience = 30_000;

/** Starts a Node program that is an SMTP server, and waits for its greeting. Fails: rejects with what it has said. */
export async function startNode(
  { folder, port }: PeerSetup,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningPeer> {
  const output = `${folder}/output.log`;
  const file = openSync(output, 'a');
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, args, { stdio: ['ignore', file, file], cwd: folder, env });
  closeSync(file);
  const endWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', endWithUs);
    await stopChild(child);
  };
  if (await greets(port, child)) return { pid: child.pid ?? 0, stop };
  await stop();
  throw new Error(`${args[0]} does not listen on ${port}:\n${readFileSync(output, 'utf8').slice(-4000)}`);
}

/** Waits until somebody greets on a port, or until the process has ended. */
export async function greets(port: number, child: ChildProcess): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end && child.exitCode === null) {
    if (await greetsNow(port)) return true;
    await pause(100);
  }
  return false;
}

function greetsNow(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isGreeted: boolean): void => {
      socket.destroy();
      resolve(isGreeted);
    };
    socket.setTimeout(2000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('data', () => answer(true));
    socket.once('close', () => answer(false));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}
