import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as net from 'node:net';
import type { TestContext } from 'node:test';
import * as tls from 'node:tls';

/** A server that follows a script, and what it heard. */
export interface ScriptedServer {
  readonly port: number;
  /** Resolves when a client has connected. */
  readonly connected: Promise<void>;
  /** Resolves when the script is done with; rejects where the client said something else. */
  readonly done: Promise<void>;
}

/** What a script may need beside its lines. */
export interface ScriptOptions {
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Serves one connection by a script. A line `S:` is sent and a line `C:` is expected, and so are the lines of mail data;
 * `TLS` begins TLS, `CLOSE` ends the connection, `RAW:` is sent as the JSON string it holds, `ANYTHING` waits for any bytes.
 */
export async function scriptedServer(
  context: TestContext,
  script: string,
  options: ScriptOptions = {},
): Promise<ScriptedServer> {
  const listener = net.createServer();
  context.after(() => listener.close());
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const accepted = once(listener, 'connection') as Promise<[net.Socket]>;
  const done = (async () => {
    const [socket] = await accepted;
    context.after(() => socket.destroy());
    await play(socket, script, options);
  })();
  done.catch(() => undefined);
  const connected = accepted.then(() => undefined);
  return { port: (listener.address() as net.AddressInfo).port, connected, done };
}

async function play(plain: net.Socket, script: string, options: ScriptOptions): Promise<void> {
  let socket = plain;
  let lines = linesOf(socket);
  for (const step of script
    .trim()
    .split('\n')
    .map((line) => line.trim())) {
    if (step.startsWith('S: ')) socket.write(`${step.slice(3)}\r\n`);
    else if (step.startsWith('RAW: ')) socket.write(String(JSON.parse(step.slice(5))));
    else if (step.startsWith('C:')) {
      const { value, done } = await lines.next();
      assert.equal(done ? 'the end of the connection' : value, step.slice(3));
    } else if (step === 'CLOSE') socket.destroy();
    else if (step === 'ANYTHING') await once(socket, 'data');
    else if (step === 'TLS') {
      socket = new tls.TLSSocket(socket, { isServer: true, ...options });
      lines = linesOf(socket);
    } else throw new Error(`not a line of a script: ${step}`);
  }
}

async function* linesOf(socket: net.Socket): AsyncGenerator<string> {
  let rest = '';
  const chunks: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    chunks.push(chunk);
    wake();
  });
  for (const event of ['end', 'close', 'error']) {
    socket.on(event, () => {
      ended = true;
      wake();
    });
  }
  for (;;) {
    while (chunks.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
    const chunk = chunks.shift();
    if (chunk === undefined) return;
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
