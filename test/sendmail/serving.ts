import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { scheduler } from 'node:timers/promises';

/** Fabrikam's Sendmail, taking mail on a port of loopback. */
export interface Serving {
  readonly port: number;
  stop(): Promise<void>;
}

/** What a client shows. */
export interface Shown {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Runs Sendmail as a daemon, and waits until it greets. Fails: throws what it said where it does not within ten seconds. */
export async function serve(port: number, command: readonly string[]): Promise<Serving> {
  const [tool = '', ...args] = command;
  const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const end = Date.now() + 10_000;
  while (!(await greets(port))) {
    if (child.exitCode !== null || Date.now() > end) {
      child.kill();
      throw new Error(`Sendmail does not start: ${said}`);
    }
    await scheduler.wait(100);
  }
  return {
    port,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Finds a port of loopback that nobody uses. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function greets(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  try {
    const [line] = (await once(socket, 'data')) as [Buffer];
    return line.toString().startsWith('220');
  } catch {
    // Nobody listens yet.
    return false;
  } finally {
    socket.destroy();
  }
}

/** Says MAIL in a session of its own, over TLS or without, and gives the answer. */
export async function mailFrom(
  port: number,
  sender: string,
  shown: Shown | 'no certificate' | 'no TLS',
): Promise<string> {
  let socket: net.Socket = net.connect(port, '127.0.0.1');
  // What comes after the answer changes nothing; what comes before ends the wait for it.
  const ignore = (): void => undefined;
  socket.on('error', ignore);
  const say = async (line: string): Promise<string> => {
    const answer = replyOf(socket);
    socket.write(`${line}\r\n`);
    return answer;
  };
  try {
    await replyOf(socket);
    await say('EHLO mail.contoso.com');
    if (shown !== 'no TLS') {
      await say('STARTTLS');
      socket = tls.connect({
        socket,
        rejectUnauthorized: false,
        ...(shown !== 'no certificate' && { cert: shown.certificate, key: shown.privateKey }),
      });
      socket.on('error', ignore);
      await once(socket, 'secureConnect');
      await say('EHLO mail.contoso.com');
    }
    return (await say(`MAIL FROM:<${sender}>`)).trim();
  } finally {
    socket.end('QUIT\r\n');
  }
}

/** Waits for the last line of a reply. Fails: throws where the connection ends. */
async function replyOf(socket: net.Socket): Promise<string> {
  let text = '';
  for (;;) {
    const [chunk] = (await once(socket, 'data', { signal: AbortSignal.timeout(20_000) })) as [Buffer];
    text += chunk.toString('latin1');
    if (/^\d{3} .*\r\n$/m.test(text)) return text;
  }
}
