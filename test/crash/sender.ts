import { once } from 'node:events';
import * as net from 'node:net';

/** A message to send; its number is in its text. */
export interface TestMessage {
  readonly number: number;
  readonly to: string;
  readonly text: string;
}

/** What a sender tells of each message. */
export interface SenderEvents {
  onOffered(number: number): void;
  /** The server has said 250. */
  onAccepted(number: number): void;
}

/**
 * Sends messages over one connection, one behind the other, and connects again whenever the server goes away; a message
 * without 250 is offered again. `port` may have nobody behind it for a while.
 */
export async function sendAll(
  port: number,
  messages: readonly TestMessage[],
  { onOffered, onAccepted }: SenderEvents,
): Promise<void> {
  let next = 0;
  while (next < messages.length) {
    try {
      const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      const replies = repliesOf(socket);
      const say = async (text: string, code: string): Promise<void> => {
        socket.write(text);
        await expect(replies, code);
      };
      await expect(replies, '220');
      await say('EHLO sender\r\n', '250');
      for (let message = messages[next]; message !== undefined; message = messages[next]) {
        onOffered(message.number);
        await say('MAIL FROM:<sender@fabrikam.com>\r\n', '250');
        await say(`RCPT TO:<${message.to}>\r\n`, '250');
        await say('DATA\r\n', '354');
        await say(`${message.text}.\r\n`, '250');
        onAccepted(message.number);
        next += 1;
      }
      socket.end('QUIT\r\n');
      return;
    } catch {
      // The server was killed or has a bad disk, which is what this is about; the message has no 250 and comes again.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function expect(replies: AsyncIterator<string>, code: string): Promise<void> {
  const { value, done } = await replies.next();
  if (done === true || !value.startsWith(code)) throw new Error(`expected ${code}`);
}

/** The last line of each reply. */
async function* repliesOf(socket: net.Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket.setEncoding('latin1') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line[3] !== '-') yield line;
  }
}
