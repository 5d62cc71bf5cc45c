import assert from 'node:assert/strict';
import { startRetryingContoso, type LogEvent, type RunningContoso } from './contoso.ts';
import {
  during,
  fabrikamOf,
  of,
  withBothSides,
  withNames,
  type Case,
  type Difference,
  type PerServer,
} from './lane.ts';
import type { RunningMailServer } from './mail-server.ts';
import { handOver, newMessage, withId, type Message } from './messages.ts';
import { waitUntil } from './wait-until.ts';

/** Sends as a printer inside Contoso does, which is a client of the hub server. */
export async function sendFromInside(to = 'bob@fabrikam.com'): Promise<Message> {
  const message = newMessage('scans@contoso.com', to);
  await handOver(message, { host: '10.0.0.11', port: 2526, localAddress: '10.0.7.6' });
  return message;
}

/** Gives a message as the partner's mailbox holds it. */
export function arrived(
  fabrikam: RunningMailServer,
  contoso: RunningContoso,
  message: Message,
): Promise<string> {
  const log = (): string => `${JSON.stringify(contoso.events(), undefined, 1)}\n${fabrikam.log()}`;
  return waitUntil('mail in the mailbox', () => withId(fabrikam.messages(), message), log);
}

/** Waits for an event of the bundle's log. */
export function eventOf({ events }: RunningContoso, name: string): Promise<LogEvent> {
  const log = (): string => JSON.stringify(events(), undefined, 1);
  return waitUntil(`"${name}"`, () => events().find(({ event }) => event === name), log);
}

/** What a server says of a session in which Contoso has shown its certificate, in the message and in its log. */
function ours(protocol: string): PerServer<RegExp> {
  const dotted = protocol.replace('.', '\\.');
  return {
    postfix: new RegExp(
      `using ${dotted} with cipher [^]*\\(Client CN "mail\\.contoso\\.com", Issuer "Contoso Root" \\(verified OK\\)\\)`,
    ),
    exim: new RegExp(
      `<= scans@contoso\\.com .* X=${dotted.replace('v', '')}:\\S+ CV=yes DN="CN=mail\\.contoso\\.com"`,
    ),
    // Nobody speaks to this listener before his certificate is verified; whose it is, is not logged.
    opensmtpd: new RegExp(`smtp tls ciphers=${dotted}:\\S+\\n[^]*from=<scans@contoso\\.com>`),
  };
}

/** Mail that arrives. */
const arriving: readonly {
  readonly title: string;
  readonly difference: Difference;
  readonly session: PerServer<RegExp>;
}[] = [
  { title: 'over mutual TLS', difference: {}, session: ours('TLSv1.3') },
  {
    title: 'over mutual TLS 1.2',
    difference: { habit: 'speaks TLS 1.2 at most' },
    session: ours('TLSv1.2'),
  },
];

/** Mail that waits, for Contoso says nothing to such a server: what its log says. */
const waiting: readonly {
  readonly title: string;
  readonly difference: Difference;
  readonly reply: PerServer<RegExp>;
}[] = [
  {
    title: 'the server has no certificate',
    difference: { habit: 'has no certificate as a server' },
    reply: {
      postfix: /454 4\.7\.0 TLS not available/,
      // It makes one for itself.
      exim: /454 4\.7\.5 .*Reason:UntrustedRoot/,
      opensmtpd: /^451 5\.7\.3 STARTTLS is required/,
    },
  },
  {
    title: 'the server has a certificate without the domain',
    difference: { shows: 'without fabrikam.com' },
    reply: { all: /454 4\.7\.5 .*Reason:SubjectMismatch/ },
  },
  {
    title: 'the server has a certificate from an unknown root',
    difference: { shows: 'from an unknown root' },
    reply: { all: /454 4\.7\.5 .*Reason:UntrustedRoot/ },
  },
  {
    title: 'the server has an expired certificate',
    difference: { shows: 'expired' },
    reply: { all: /454 4\.7\.5 .*Reason:Expired/ },
  },
  {
    title: 'the server offers no STARTTLS',
    difference: { habit: 'offers no STARTTLS' },
    reply: { all: /^451 5\.7\.3 STARTTLS is required/ },
  },
];

/** What the log says where Fabrikam does not take our certificate. */
const putOff: PerServer<{ readonly event: string; readonly reply: RegExp }> = {
  postfix: { event: 'message put off', reply: /^450 4\.7\.0 .*verified client certificate/ },
  exim: { event: 'message put off', reply: /^451 4\.7\.0 This sender needs TLS and a certificate/ },
  // It says no word, and breaks the session off behind the handshake.
  opensmtpd: { event: 'queue waits', reply: /^441 4\.4\.1 .*(ECONNRESET|EPIPE|closed)/ },
};

const untrusted: Case = {
  title: 'to Fabrikam, put off by it: the server does not trust our root',
  run: (lane, folder) =>
    withBothSides(lane, folder, { trusts: 'nobody that we know' }, async ({ contoso, fabrikam }) => {
      await sendFromInside();
      const { event, reply } = of(putOff, lane);
      assert.match(String((await eventOf(contoso, event))['reply']), reply);
      assert.deepEqual(fabrikam.messages(), []);
    }),
};

const repaired: Case = {
  title: 'to Fabrikam: what waited for a good certificate is delivered',
  run: (lane, folder) =>
    withNames(lane, folder, {}, () =>
      during(startRetryingContoso(lane.output, `${folder}/contoso`), async (contoso) => {
        let message: Message | undefined;
        await during(fabrikamOf(lane, `${folder}/fabrikam`, { shows: 'expired' }), async (fabrikam) => {
          message = await sendFromInside();
          assert.match(String((await eventOf(contoso, 'queue waits'))['reply']), /Expired/);
          assert.deepEqual(fabrikam.messages(), []);
        });
        await during(fabrikamOf(lane, `${folder}/fabrikam`), async (fabrikam) => {
          assert.ok(message !== undefined);
          await arrived(fabrikam, contoso, message);
        });
      }),
    ),
};

/** Mail from Contoso's bundle to Fabrikam's server. */
export const toFabrikam: readonly Case[] = [
  ...arriving.map(({ title, difference, session }): Case => ({
    title: `to Fabrikam: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, difference, async ({ contoso, fabrikam }) => {
        const text = await arrived(fabrikam, contoso, await sendFromInside());
        assert.match(text + fabrikam.log(), of(session, lane));
      }),
  })),
  ...waiting.map(({ title, difference, reply }): Case => ({
    title: `to Fabrikam, not sent: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, difference, async ({ contoso, fabrikam }) => {
        await sendFromInside();
        assert.match(String((await eventOf(contoso, 'queue waits'))['reply']), of(reply, lane));
        assert.deepEqual(fabrikam.messages(), []);
        // Not even the envelope has been said.
        assert.doesNotMatch(fabrikam.log(), /scans@contoso\.com/);
      }),
  })),
  untrusted,
  repaired,
];
