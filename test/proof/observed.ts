import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint, TransportConfig } from '../../runtime/config.ts';
import type { LogFields } from '../../runtime/log.ts';
import { startTransport } from '../../runtime/transport.ts';
import { SmtpDialogue } from '../support/smtp-dialogue.ts';
import { user, type Pool, type Pooled } from './pool.ts';
import { clientLoopback } from './topology-of.ts';

/** An event of the transport's log. */
export interface LoggedEvent {
  readonly event: string;
  readonly fields: LogFields;
}

/** A bundle at work, and what can be seen of it. */
export interface RunningBundle {
  readonly endpoints: readonly (Endpoint & { readonly server: string; readonly local: Endpoint })[];
  readonly events: readonly LoggedEvent[];
  /** Files of Maildirs, relative to the data folder. */
  mails(): readonly string[];
  stop(): Promise<void>;
}

/** Starts the transport on loopback with a folder of its own; only the tarpit is switched off, so that nothing waits. */
export async function runBundle(
  config: TransportConfig,
  pool: Pool,
  keys: 'keys' | 'keys-with-users',
): Promise<RunningBundle> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'mailtopo-proof-data-'));
  const events: LoggedEvent[] = [];
  const receiveConnectors = config.receiveConnectors.map((one) => ({
    ...one,
    limits: { ...one.limits, tarpitInterval: 0, authTarpitInterval: 0 },
  }));
  const transport = await startTransport({
    config: { ...config, receiveConnectors },
    bundleFolder: pool.folder,
    keysFolder: join(pool.folder, keys),
    dataFolder,
    mode: 'rehearsal',
    // Equals keep their order, as in a trace.
    random: () => 1 - Number.EPSILON,
    log: (_, event, fields = {}) => void events.push({ event, fields }),
  });
  return {
    endpoints: transport.endpoints,
    events,
    mails: () =>
      readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).filter(
        (path) => /(^|\/)new\/[^/]+$/.test(path) && statSync(join(dataFolder, path)).isFile(),
      ),
    async stop() {
      await transport.stop(200);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Speaks to the bundle: the same commands as in the trace, and the message after DATA. */
export async function speak(
  local: Endpoint,
  commands: readonly string[],
  options: { readonly certificate?: Pooled; readonly message: string },
): Promise<readonly string[]> {
  const client = new SmtpDialogue(local, clientLoopback);
  const replies = [await client.reply()];
  try {
    for (const command of commands) {
      const reply = command.startsWith('(') ? await logOn(client) : await client.ask(command);
      replies.push(reply);
      const { certificate } = options;
      if (command === 'STARTTLS' && reply.startsWith('220'))
        await client.secure(certificate && { cert: certificate.certificate, key: certificate.privateKey });
      if (command === 'DATA' && reply.startsWith('354'))
        replies.push(await client.ask(`${options.message}\r\n.`));
    }
    return replies;
  } finally {
    client.close();
  }
}

/** Gives the two responses of AUTH LOGIN. */
async function logOn(client: SmtpDialogue): Promise<string> {
  await client.ask(Buffer.from(user.address).toString('base64'));
  return client.ask(Buffer.from(user.password).toString('base64'));
}
