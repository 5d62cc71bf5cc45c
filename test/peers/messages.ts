import { createTransport } from 'nodemailer';

/** Where a message is handed over, and the address that tells who does it. */
export interface Entrance {
  readonly host: string;
  readonly port: number;
  readonly localAddress: string;
  /** With TLS where its options are given. */
  readonly tls?: object;
}

/** A message of the lane; its Message-ID is how it is found again. */
export interface Message {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

let made = 0;

/** Makes a message that no other is taken for. */
export function newMessage(from: string, to: string): Message {
  made += 1;
  return { id: `<${made}.${process.pid}@lane.example>`, from, to };
}

/**
 * Hands a message over, as any client would, and gives the last reply.
 *
 * Fails: throws with the server's reply where the message is not taken.
 */
export async function handOver(
  { id, from, to }: Message,
  { host, port, localAddress, tls }: Entrance,
): Promise<string> {
  const base = { host, port, localAddress, secure: false, name: 'client.example' };
  const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
  const transport = createTransport({
    ...base,
    ...patience,
    ...(tls === undefined ? { ignoreTLS: true } : { requireTLS: true, tls }),
  });
  try {
    const content = { messageId: id, subject: 'From one to the other', text: 'Between real servers.' };
    const { response } = await transport.sendMail({ from, to, ...content });
    return response;
  } finally {
    transport.close();
  }
}

/** Finds a message by its Message-ID among the texts of others. */
export function withId(texts: readonly string[], { id }: Message): string | undefined {
  return texts.find((text) => text.includes(id));
}
