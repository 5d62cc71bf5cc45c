import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TransportConfig } from '../../runtime/config.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';
import { sendAll, type TestMessage } from './sender.ts';
import { startTransportProcess, writeBundle, type TransportProcess } from './transport-process.ts';

/*
 * Kills the transport while mail is on its way through it, starts it again, and counts: every message that got 250 must
 * arrive, whole. It may arrive twice, for a kill can come between a delivery and the note of it.
 *
 * npm run test:crash -- [--messages 200] [--kills 3]
 */

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '200' },
    kills: { type: 'string', default: '3' },
  },
});
const count = Number(values.messages);
const kills = Number(values.kills);
const connections = 20;
/** How long the last messages may take to arrive. Unit: milliseconds. */
const patience = 60_000;

let passed = 0;
let failed = 0;

function check(isSo: boolean, what: string): void {
  if (isSo) passed += 1;
  else {
    failed += 1;
    if (failed <= 10) console.log(`not ok: ${what}`);
  }
}

async function freePort(): Promise<number> {
  const listener = net.createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as net.AddressInfo;
  listener.close();
  return port;
}

function topology(receivePort: number, sinkPort: number): TransportConfig {
  const relay = { principal: 'NT AUTHORITY\\ANONYMOUS LOGON', rights: ['ms-Exch-SMTP-Accept-Any-Recipient'] };
  return transportConfig({
    servers: [server({ name: 'MBX1', addresses: ['127.0.0.1'] })],
    receiveConnectors: [
      receiveConnector({
        name: 'Relay',
        server: 'MBX1',
        bindings: [{ address: '127.0.0.1', port: receivePort }],
        extendedRights: [relay],
        limits: { maxInboundConnectionPerSource: 'unlimited', maxInboundConnectionPercentagePerSource: 100 },
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '127.0.0.1', kind: 'address' }],
        dnsRoutingEnabled: false,
        port: sinkPort,
      }),
    ],
  });
}

/** Every tenth message is long enough for a file of its own. */
function makeMessage(number: number): TestMessage {
  const line = `${createHash('sha256').update(String(number)).digest('hex')}\r\n`;
  const body = line.repeat(number % 10 === 9 ? 6000 : 8);
  return { number, text: `Subject: message ${number}\r\n\r\n${body}` };
}

interface Arrivals {
  /** How often each message came whole; the fields in front of it are the transport's. */
  readonly whole: ReadonlyMap<number, number>;
  /** Whom something else came for. */
  readonly strange: readonly string[];
}

function arrivals(sink: SmtpSink, messages: readonly TestMessage[]): Arrivals {
  const whole = new Map<number, number>();
  const strange: string[] = [];
  for (const { to, text } of sink.messages) {
    const number = Number(/^m(\d+)@/.exec(to[0] ?? '')?.[1]);
    const sent = messages[number];
    if (sent !== undefined && bodyOf(text) === bodyOf(sent.text))
      whole.set(number, (whole.get(number) ?? 0) + 1);
    else strange.push(to.join(' '));
  }
  return { whole, strange };
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf('\r\n\r\n'));
}

const folder = mkdtempSync(join(tmpdir(), 'mailtopo-crash-'));
const sink = await smtpSink();
const port = await freePort();
let transport: TransportProcess | undefined;
try {
  writeBundle(folder, topology(port, sink.port));
  transport = await startTransportProcess(folder);
  const messages = Array.from({ length: count * (kills + 1) }, (_, number) => makeMessage(number));
  const accepted = new Set<number>();
  for (let round = 0; round <= kills; round += 1) {
    const inFlight = messages.slice(round * count, (round + 1) * count);
    const before = accepted.size;
    const senders = Array.from({ length: connections }, (_, at) =>
      sendAll(
        port,
        inFlight.filter((_message, index) => index % connections === at),
        ({ number }) => accepted.add(number),
      ),
    );
    if (round < kills) {
      // Each kill comes at another stage of the round.
      const enough = before + Math.ceil(((round + 1) / (kills + 1)) * count);
      while (accepted.size < enough) await new Promise((resolve) => setTimeout(resolve, 1));
      await transport.kill();
      console.log(`killed with ${accepted.size} accepted and ${sink.messages.length} arrived`);
      transport = await startTransportProcess(folder);
    }
    await Promise.all(senders);
  }
  const until = Date.now() + patience;
  while (arrivals(sink, messages).whole.size < accepted.size && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { whole: found, strange } = arrivals(sink, messages);
  check(strange.length === 0, `something arrived that nobody sent, for ${strange.slice(0, 3).join(' ')}`);
  for (const number of accepted) check(found.has(number), `message ${number} got 250 and did not arrive`);
  check(accepted.size === messages.length, 'not every message was accepted in the end');
  check((await transport.stop()) === 0, 'the transport did not stop cleanly');
  transport = undefined;
  const twice = [...found.values()].reduce((sum, times) => sum + times - 1, 0);
  console.log(`${accepted.size} accepted, ${found.size} arrived, ${twice} duplicates, ${kills} kills`);
} finally {
  await transport?.kill();
  sink.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
