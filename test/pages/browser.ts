/**
 * Drives a headless Chromium by its own protocol over two pipes, so that no port is open and no package is needed.
 *
 * Source: https://chromedevtools.github.io/devtools-protocol/ (--remote-debugging-pipe).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findChromium } from './find-chromium.ts';

/** What the browser says of its own accord. */
export interface BrowserEvent {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
}

type Answer = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Unit: milliseconds; a command that takes longer has failed. */
const patience = 60_000;

const flags: readonly string[] = [
  '--headless=new',
  '--remote-debugging-pipe',
  // Root has no sandbox, and what it opens is ours.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];

/** A browser that runs until it is closed. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: BrowserEvent) => void>();
  #last = 0;
  #rest = '';

  constructor() {
    const chromium = findChromium();
    if (chromium === undefined) throw new Error('there is no Chromium here');
    this.#folder = mkdtempSync(join(tmpdir(), 'mailtopo-chromium-'));
    const args = [...flags, `--user-data-dir=${this.#folder}`, 'about:blank'];
    const stdio: ('ignore' | 'pipe')[] = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'];
    this.#child = spawn(chromium, args, { stdio });
    const answers = this.#child.stdio[4] as Readable;
    answers.setEncoding('utf8');
    answers.on('data', (chunk: string) => this.#take(chunk));
    this.#child.on('exit', () => this.#fail('the browser has ended'));
    this.#child.on('error', ({ message }) => this.#fail(message));
  }

  /** Listens to what the browser says of its own accord. */
  listen(listener: (event: BrowserEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** Gives a command, to one page where it is named, and waits for the answer. */
  send(method: string, params: object = {}, sessionId?: string): Promise<Answer> {
    const id = (this.#last += 1);
    const text = JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${method} takes too long`));
      }, patience);
      this.#waiting.set(id, { resolve, reject, timer });
      (this.#child.stdio[3] as Writable).write(`${text}\0`);
    });
  }

  /** Ends the browser and removes what it wrote. */
  async close(): Promise<void> {
    const ended = this.#child.exitCode === null ? once(this.#child, 'exit') : undefined;
    // It closes its own helpers first, which would go on writing; where it does not answer, it is ended.
    const giveUp = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.send('Browser.close').catch(() => undefined);
    await ended;
    clearTimeout(giveUp);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #take(chunk: string): void {
    const parts = (this.#rest + chunk).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#hear(JSON.parse(part) as Answer);
  }

  #hear(message: Answer): void {
    const { id, result, error } = message as { id?: number; result?: Answer; error?: { message: string } };
    if (id === undefined) {
      for (const listener of this.#listeners) listener(message as unknown as BrowserEvent);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    if (error === undefined) waiting?.resolve(result ?? {});
    else waiting?.reject(new Error(error.message));
  }

  #fail(reason: string): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    this.#waiting.clear();
  }
}
