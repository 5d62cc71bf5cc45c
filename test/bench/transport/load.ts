/** Puts load on one SMTP server with smtp-bench, which proves that whatever got 250 arrived exactly once. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { BenchCertificates } from './peer.ts';

/** What one connection pattern is like. */
export interface Load {
  readonly title: string;
  /** Unit: bytes, on the wire. */
  readonly size: number;
  readonly connections: number;
  /** Messages on one connection; absent where connections are kept open. */
  readonly perConnection?: number;
  /** STARTTLS on the way in, and on the way out where the server relays. */
  readonly isTls: boolean;
}

/** How a load went. */
export interface LoadResult {
  /** Received, stored and relayed, or received where the server discards. Unit: messages per second. */
  readonly rate: number;
  /** From the final dot to its 250. Unit: milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Unit: milliseconds of processor time per message, of all processes of the server. */
  readonly cpu: number;
  /** The most memory that it took, shared pages counted in part. Unit: MiB. */
  readonly memory: number;
}

/** Where the load goes. */
export interface Target {
  readonly port: number;
  /** The root of the server's process tree. */
  readonly pid: number;
  /** Where it relays to; absent where it discards. */
  readonly sinkPort: number | undefined;
}

interface Report {
  readonly msgs_per_s: number;
  readonly ack_ms: { readonly p50: number; readonly p99: number };
  readonly lost: number;
  readonly duplicated: number;
  readonly accepted: number;
  readonly watch: { readonly cpu_ms_per_msg: number; readonly peak_pss_mb: number };
}

/** Fails: rejects where a message was refused, was lost or came twice. */
export async function runLoad(
  target: Target,
  load: Load,
  messages: number,
  certificates: BenchCertificates,
): Promise<LoadResult> {
  const { code, text } = await smtpBench(argumentsFor(target, load, messages, certificates));
  if (code !== 0) throw new Error(`smtp-bench ended with ${code}, ${load.title}: ${text}`);
  const report = JSON.parse(text) as Report;
  return {
    rate: report.msgs_per_s,
    p50: report.ack_ms.p50,
    p99: report.ack_ms.p99,
    cpu: report.watch.cpu_ms_per_msg,
    memory: report.watch.peak_pss_mb,
  };
}

function argumentsFor(
  { port, pid, sinkPort }: Target,
  { size, connections, perConnection, isTls }: Load,
  messages: number,
  { server }: BenchCertificates,
): readonly string[] {
  const sinkTls = ['--sink-tls', '--sink-cert', server.certificateFile, '--sink-key', server.privateKeyFile];
  return [
    ...['-n', String(messages), '-s', String(size), '-c', String(connections)],
    ...(perConnection === undefined ? [] : ['--per-conn', String(perConnection)]),
    ...(isTls ? ['--tls'] : []),
    ...['--sink', sinkPort === undefined ? 'none' : `127.0.0.2:${sinkPort}`],
    ...(isTls && sinkPort !== undefined ? sinkTls : []),
    ...['--watch-pid', String(pid), '--timeout', '300', '--drain', '60'],
    `127.0.0.1:${port}`,
  ];
}

function smtpBench(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const script = resolve('test', 'bench', 'smtp-bench.cjs');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => done({ code, text }));
  });
}
