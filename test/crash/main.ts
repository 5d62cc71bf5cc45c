import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hop, relay, type Scenario } from './scenarios.ts';
import { sendAll, type TestMessage } from './sender.ts';
import { startTransportProcess, writeBundle, type TransportProcess } from './transport-process.ts';

/*
 * Kills the transport while mail is on its way through it, starts it again, and counts: every message that got 250 must
 * arrive, whole. It may arrive twice, for a kill can come between a delivery and the note of it.
 *
 * npm run test:crash -- [--messages 200] [--kills 3] [--scenario relay] [--scenario hop]
 */

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '200' },
    kills: { type: 'string', default: '3' },
    scenario: { type: 'string', multiple: true, default: ['relay', 'hop'] },
  },
});
const count = Number(values.messages);
const kills = Number(values.kills);
const connections = 20;
/** How long the last messages may take to arrive. Unit: milliseconds. */
const patience = 60_000;
/** How long after the chosen message a kill may come, so that it meets deliveries as well. Unit: milliseconds. */
const longestDelay = 100;
const scenarios = { relay, hop };

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

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function makeMessage({ domain, lengthOf }: Scenario, number: number): TestMessage {
  const line = `${createHash('sha256').update(String(number)).digest('hex')}\r\n`;
  const body = line.repeat(Math.ceil(lengthOf(number) / line.length));
  return { number, to: `m${number}@${domain}`, text: `Subject: message ${number}\r\n\r\n${body}` };
}

interface Arrivals {
  /** How often each message came whole; the fields in front of it are the transport's. */
  readonly whole: ReadonlyMap<number, number>;
  /** Whom something else came for. */
  readonly strange: readonly string[];
}

function arrivals(scenario: Scenario, messages: readonly TestMessage[]): Arrivals {
  const whole = new Map<number, number>();
  const strange: string[] = [];
  for (const { to, text } of scenario.arrived()) {
    const number = Number(/^m(\d+)@/.exec(to)?.[1]);
    const sent = messages[number];
    if (sent !== undefined && bodyOf(text) === bodyOf(sent.text))
      whole.set(number, (whole.get(number) ?? 0) + 1);
    else strange.push(to);
  }
  return { whole, strange };
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf('\r\n\r\n'));
}

async function run(name: string, make: typeof relay): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-crash-'));
  const port = await freePort();
  const scenario = await make({ port, otherPort: await freePort(), dataFolder: join(folder, 'data') });
  let transport: TransportProcess | undefined;
  try {
    writeBundle(folder, scenario.topology);
    transport = await startTransportProcess(folder);
    const messages = Array.from({ length: count * (kills + 1) }, (_, number) =>
      makeMessage(scenario, number),
    );
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
        while (accepted.size < enough) await wait(1);
        await wait(Math.random() * longestDelay);
        await transport.kill();
        console.log(`${name}: killed with ${accepted.size} accepted`);
        transport = await startTransportProcess(folder);
      }
      await Promise.all(senders);
    }
    await judge(name, scenario, messages, accepted);
    check((await transport.stop()) === 0, 'the transport did not stop cleanly');
    transport = undefined;
  } finally {
    await transport?.kill();
    scenario.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(
  name: string,
  scenario: Scenario,
  messages: readonly TestMessage[],
  accepted: ReadonlySet<number>,
): Promise<void> {
  const until = Date.now() + patience;
  while (arrivals(scenario, messages).whole.size < accepted.size && Date.now() < until) await wait(200);
  const { whole, strange } = arrivals(scenario, messages);
  check(strange.length === 0, `something arrived that nobody sent, for ${strange.slice(0, 3).join(' ')}`);
  for (const number of accepted) check(whole.has(number), `message ${number} got 250 and did not arrive`);
  check(accepted.size === messages.length, 'not every message was accepted in the end');
  const twice = [...whole.values()].reduce((sum, times) => sum + times - 1, 0);
  console.log(
    `${name}: ${accepted.size} accepted, ${whole.size} arrived, ${twice} duplicates, ${kills} kills`,
  );
}

for (const [name, make] of Object.entries(scenarios)) {
  if (values.scenario.includes(name)) await run(name, make);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
