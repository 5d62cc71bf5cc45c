import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Browser, BrowserEvent } from './browser.ts';

/** How a page is looked at. Unit: pixels. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly media: 'screen' | 'print';
}

/** A fault that axe-core finds: the rule, and where. */
export interface AxeFault {
  readonly id: string;
  readonly help: string;
  readonly targets: readonly string[];
}

interface KeyStroke {
  readonly code: number;
  readonly text?: string;
}

const keys: Readonly<Record<string, KeyStroke>> = {
  Tab: { code: 9 },
  Enter: { code: 13, text: '\r' },
  ' ': { code: 32, text: ' ' },
  ArrowDown: { code: 40 },
};

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Everything that the standards and good practice ask for. Source: https://www.deque.com/axe/core-documentation/api-documentation/ */
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A page of a browser, with all that it asks of the network and complains of. */
export class Page {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #session: string;
  #loaded: (() => void) | undefined;

  private constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
    browser.listen((event) => {
      if (event.sessionId === session) this.#hear(event);
    });
  }

  /** Opens a page that is empty. */
  static async open(browser: Browser): Promise<Page> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const attach = { targetId, flatten: true };
    const { sessionId } = await browser.send('Target.attachToTarget', attach);
    const page = new Page(browser, sessionId as string);
    for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await page.send(`${domain}.enable`);
    return page;
  }

  send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#browser.send(method, params, this.#session);
  }

  #hear({ method, params }: BrowserEvent): void {
    const said = params as {
      request?: { url: string };
      exceptionDetails?: { text: string; exception?: { description?: string } };
      entry?: { text: string; level: string };
    };
    if (method === 'Network.requestWillBeSent') this.requests.push(said.request?.url ?? '');
    if (method === 'Page.loadEventFired') this.#loaded?.();
    const { exceptionDetails: thrown, entry } = said;
    if (thrown) this.complaints.push(thrown.exception?.description ?? thrown.text);
    if (method === 'Log.entryAdded' && entry) this.complaints.push(entry.text);
  }

  /** Looks at the page in another way. */
  async show({ width, height, scheme, media }: Look): Promise<void> {
    const mobile = width < 600;
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile });
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.send('Emulation.setEmulatedMedia', { media: media === 'print' ? 'print' : '', features });
  }

  /** Comes when the next page is there. */
  loaded(): Promise<void> {
    return new Promise((resolve) => {
      this.#loaded = resolve;
    });
  }

  /** Goes to an address, and waits until all is there. */
  async go(url: string): Promise<void> {
    const loaded = this.loaded();
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText !== undefined) throw new Error(`${url}: ${String(errorText)}`);
    await loaded;
  }

  /** Asks the page a question in its own language; a promise is waited for. */
  async ask<T>(expression: string): Promise<T> {
    const answer = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as {
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
    const { exceptionDetails: thrown } = answer;
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return answer.result.value;
  }

  /** Presses a key, so often, with nothing but the keyboard. */
  async press(key: string, times = 1): Promise<void> {
    const { code, text } = keys[key] ?? { code: 0 };
    const stroke = { key, code: key === ' ' ? 'Space' : key, windowsVirtualKeyCode: code };
    for (let count = 0; count < times; count += 1) {
      const down = text === undefined ? { type: 'rawKeyDown' } : { type: 'keyDown', text };
      await this.send('Input.dispatchKeyEvent', { ...stroke, ...down });
      await this.send('Input.dispatchKeyEvent', { ...stroke, type: 'keyUp' });
    }
  }

  /** Types words where the focus is. */
  async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text });
  }

  /** Goes on by Tab until the element has the focus. */
  async tabTo(id: string): Promise<void> {
    for (let count = 0; count < 400; count += 1) {
      if ((await this.ask<string>('document.activeElement.id')) === id) return;
      await this.press('Tab');
    }
    throw new Error(`Tab never comes to ${id}`);
  }

  /** Takes a picture of the whole page. */
  async shoot(file: string): Promise<void> {
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: true });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(data as string, 'base64'));
  }

  /** Gives what axe-core finds wrong. */
  async axe(): Promise<readonly AxeFault[]> {
    await this.ask(`${readFileSync(axeFile, 'utf8')};0`);
    const run = `axe.run(document, { runOnly: ${JSON.stringify(axeTags)} })`;
    const pick = `({ id, help, nodes }) => ({ id, help, targets: nodes.map((n) => n.target.join(' ') + ': ' + n.failureSummary) })`;
    return this.ask(`${run}.then(({ violations }) => violations.map(${pick}))`);
  }
}
