import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

import type { Endpoint } from '../../runtime/config.ts';

/** A client that a test leads by hand. */
export class SmtpDialogue {
  #socket: Socket;
  #text = '';
  #isEnded = false;
  #wake: () => void = () => undefined;

  /** Connects; `localAddress` is the loopback address to come from. */
  constructor({ address, port }: Endpoint, localAddress?: string) {
    this.#socket = connect({ host: address, port, ...(localAddress !== undefined && { localAddress }) });
    this.#listen();
  }

  get socket(): Socket {
    return this.#socket;
  }

  #listen(): void {
    this.#socket.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString('latin1');
      this.#wake();
    });
    for (const event of ['end', 'close', 'error']) {
      this.#socket.on(event, () => {
        this.#isEnded = true;
        this.#wake();
      });
    }
  }

  send(text: string): void {
    this.#socket.write(text, 'latin1');
  }

  /** Reads one whole reply; `closed` where the server has closed. */
  async reply(): Promise<string> {
    for (;;) {
      const reply = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(this.#text)?.[0];
      if (reply !== undefined) {
        this.#text = this.#text.slice(reply.length);
        return reply.trimEnd();
      }
      if (this.#isEnded) return 'closed';
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Sends a command and reads its reply. */
  async ask(command: string): Promise<string> {
    this.send(`${command}\r\n`);
    return this.reply();
  }

  /** Takes the handshake over the connection; throws where it fails. */
  async secure(options: ConnectionOptions = {}): Promise<TLSSocket> {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const socket = connectTls({ socket: plain, rejectUnauthorized: false, ...options });
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    this.#socket = socket;
    this.#text = '';
    this.#isEnded = false;
    this.#listen();
    return socket;
  }

  close(): void {
    this.#socket.destroy();
  }
}
