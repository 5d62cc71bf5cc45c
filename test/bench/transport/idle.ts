/** What a connection that does nothing costs a server. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import * as tls from 'node:tls';

/** A server that is left alone gives back what it does not need. Unit: milliseconds. */
const settling = 15_000;

/** Opens idle connections and says what the memory grew by. Unit: KiB for each. */
export async function idleCost(
  { port, pid }: { readonly port: number; readonly pid: number },
  count: number,
  how: 'plain' | 'tls',
): Promise<number> {
  const sockets: Socket[] = [];
  try {
    // What the first connections make the server load is no cost of each.
    for (let at = 0; at < 20; at += 1) sockets.push(await open(port, how));
    await pause(settling);
    const before = treeMemory(pid);
    for (let at = 0; at < count; at += 1) sockets.push(await open(port, how));
    await pause(settling);
    return (treeMemory(pid) - before) / count;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function open(port: number, how: 'plain' | 'tls'): Promise<Socket> {
  const raw = connect({ port, host: '127.0.0.1', noDelay: true });
  await replyOf(raw, '220');
  raw.write('EHLO idle.example\r\n');
  await replyOf(raw, '250');
  if (how === 'plain') return raw;
  raw.write('STARTTLS\r\n');
  await replyOf(raw, '220');
  const secured = tls.connect({ socket: raw, rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => {
    secured.once('secureConnect', resolve);
    secured.once('error', reject);
  });
  secured.write('EHLO idle.example\r\n');
  await replyOf(secured, '250');
  return secured;
}

/** Waits for the last line of a reply. Fails: rejects where it has another code. */
function replyOf(socket: Socket, code: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (error?: Error): void => {
      socket.off('data', read);
      socket.off('error', end);
      socket.off('close', closed);
      if (error) reject(error);
      else resolve();
    };
    const closed = (): void => end(new Error('the server closed an idle connection'));
    const read = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const [, found] = /^(\d{3}) [^\n]*\n$/m.exec(text) ?? [];
      if (found !== undefined) end(found === code ? undefined : new Error(text));
    };
    socket.on('data', read);
    socket.once('error', end);
    socket.once('close', closed);
  });
}

/** The memory of a process and all below it, shared pages counted in part. Unit: KiB. */
function treeMemory(root: number): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const memory = (pid: number): number =>
    ownMemory(pid) + (children.get(pid) ?? []).reduce((sum, child) => sum + memory(child), 0);
  return memory(root);
}

function parentOf(pid: string): number | undefined {
  const [, parent] = /\) \S (\d+)/.exec(textOf(`/proc/${pid}/stat`)) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function ownMemory(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** What a process was like a moment ago; one that has ended takes nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
