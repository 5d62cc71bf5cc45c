import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, noteTime, type Verdict } from './ledger.ts';
import type { Scenario, ScenarioOptions } from './scenarios.ts';
import { sendAll, type TestMessage } from './sender.ts';
import {
  killWhileStarting,
  startTransportProcess,
  writeBundle,
  type Faults,
  type TransportProcess,
} from './transport-process.ts';

/** How hard a scenario is on the transport. */
export interface Hardship {
  /** Messages between two kills. */
  readonly messages: number;
  readonly kills: number;
  /** How many of a hundred calls of the disk fail. */
  readonly faultRate: number;
}

/** What a run has shown. */
export interface Outcome extends Verdict {
  /** With those that came while the transport was starting. */
  readonly kills: number;
  /** Faults that the disk was told to have, by call and code. */
  readonly faults: ReadonlyMap<string, number>;
  /** Undefined where the last process did not stop cleanly. */
  readonly stopped: 'cleanly' | undefined;
}

const connections = 20;
/** How long the messages of a round may take to arrive. Unit: milliseconds. */
const patience = 60_000;
/** How long after the chosen message a kill may come, so that it meets deliveries as well. Unit: milliseconds. */
const longestDelay = 100;
/** Reading what is left takes a process about so long. Unit: milliseconds. */
const startTime = 500;
/** A bad disk may keep a process from starting; nobody is asked to be that unlucky so often. */
const mostStarts = 50;

/** Sends round after round through a transport, kills it in the middle of each but the last, and counts. */
export async function runScenario(
  make: (options: ScenarioOptions) => Promise<Scenario>,
  hardship: Hardship,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-crash-'));
  const scenario = await make({
    port: await freePort(),
    otherPort: await freePort(),
    dataFolder: join(folder, 'data'),
  });
  const run = new Run(folder, scenario, hardship);
  try {
    return await run.all();
  } finally {
    await run.end();
    scenario.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #folder: string;
  readonly #scenario: Scenario;
  readonly #hardship: Hardship;
  readonly #ledger = new Ledger();
  readonly #faults: Faults | undefined;
  #transport: TransportProcess | undefined;
  #kills = 0;

  constructor(folder: string, scenario: Scenario, hardship: Hardship) {
    this.#folder = folder;
    this.#scenario = scenario;
    this.#hardship = hardship;
    const { faultRate: rate } = hardship;
    this.#faults =
      rate === 0 ? undefined : { folder: join(folder, 'data'), rate, log: join(folder, 'faults') };
  }

  async all(): Promise<Outcome> {
    writeBundle(this.#folder, this.#scenario.topology);
    await this.#start();
    const { kills, messages } = this.#hardship;
    for (let round = 0; round <= kills; round += 1) {
      const senders = this.#send(round * messages);
      if (round < kills) await this.#killAt(((round % 10) + 1) / 11);
      await senders;
      await this.#settle();
    }
    await this.#killAtRest();
    const code = await this.#transport?.stop();
    this.#transport = undefined;
    return {
      ...this.#ledger.judge(this.#scenario.hops),
      kills: this.#kills,
      faults: this.#countFaults(),
      stopped: code === 0 ? 'cleanly' : undefined,
    };
  }

  async end(): Promise<void> {
    await this.#transport?.kill();
  }

  async #start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#transport = await startTransportProcess(this.#folder, this.#faults);
        return;
      } catch (thrown) {
        if (this.#faults === undefined || attempt === mostStarts) throw thrown;
      }
    }
  }

  async #send(first: number): Promise<void> {
    const { messages } = this.#hardship;
    const port = this.#scenario.port;
    const round = Array.from({ length: messages }, (_, at) => makeMessage(this.#scenario, first + at));
    await Promise.all(
      Array.from({ length: connections }, (_, at) =>
        sendAll(
          port,
          round.filter((_message, index) => index % connections === at),
          {
            onOffered: (number) => this.#ledger.offer(number),
            onAccepted: (number) => this.#ledger.accept(number),
          },
        ),
      ),
    );
  }

  /** Kills when such a part of the round has been accepted; each kill comes at another stage. */
  async #killAt(part: number): Promise<void> {
    const enough = this.#ledger.accepted + Math.ceil(part * this.#hardship.messages);
    while (this.#ledger.accepted < enough) await wait(1);
    await wait(Math.random() * longestDelay);
    this.#takeArrivals();
    this.#ledger.kill(Date.now());
    await this.#transport?.kill();
    this.#kills += 1;
    if (Math.random() < 0.25) {
      this.#ledger.kill(Date.now());
      await killWhileStarting(this.#folder, Math.random() * startTime);
      this.#kills += 1;
    }
    await this.#start();
  }

  /** Kills when everything is done and noted: nothing of it may come again. */
  async #killAtRest(): Promise<void> {
    await wait(noteTime + 1000);
    this.#takeArrivals();
    this.#ledger.kill(Date.now());
    await this.#transport?.kill();
    this.#kills += 1;
    await this.#start();
    await wait(1000);
    this.#takeArrivals();
  }

  /** Waits until everything accepted has come out; what is lost is told in the end. */
  async #settle(): Promise<void> {
    const until = Date.now() + patience;
    this.#takeArrivals();
    while (this.#ledger.settled < this.#ledger.accepted && Date.now() < until) {
      await wait(50);
      this.#takeArrivals();
    }
  }

  #takeArrivals(): void {
    for (const { to, text, at } of this.#scenario.takeArrivals()) {
      const number = Number(/^m(\d+)@/.exec(to)?.[1] ?? Number.NaN);
      const isWhole =
        Number.isInteger(number) && bodyOf(text) === bodyOf(makeMessage(this.#scenario, number).text);
      this.#ledger.arrive({ number: isWhole ? number : undefined, to, at });
    }
  }

  #countFaults(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    if (this.#faults === undefined || !existsSync(this.#faults.log)) return counts;
    for (const line of readFileSync(this.#faults.log, 'utf8').split('\n')) {
      if (line !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return counts;
  }
}

function makeMessage({ domain, lengthOf }: Scenario, number: number): TestMessage {
  const line = `${createHash('sha256').update(String(number)).digest('hex')}\r\n`;
  const body = line.repeat(Math.ceil(lengthOf(number) / line.length));
  return { number, to: `m${number}@${domain}`, text: `Subject: message ${number}\r\n\r\n${body}` };
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf('\r\n\r\n'));
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
