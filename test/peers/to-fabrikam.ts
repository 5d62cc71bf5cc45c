import assert from 'node:assert/strict';
import { startRetryingContoso, type LogEvent, type RunningContoso } from './contoso.ts';
import { during, fabrikamOf, withBothSides, type Case, type Difference, type Lane } from './lane.ts';
import { handOver, newMessage, withId, type Message } from './messages.ts';
import type { RunningPostfix } from './postfix.ts';
import { waitUntil } from './wait-until.ts';

/** Sends as a printer inside Contoso does, which is a client of the hub server. */
async function sendFromInside({ ports }: Lane): Promise<Message> {
  const message = newMessage('scans@contoso.com', 'bob@fabrikam.com');
  await handOver(message, { port: ports.printers, localAddress: '127.0.0.2' });
  return message;
}

function arrived(fabrikam: RunningPostfix, contoso: RunningContoso, message: Message): Promise<string> {
  const log = (): string => JSON.stringify(contoso.events(), undefined, 1);
  return waitUntil('mail in the mailbox', () => withId(fabrikam.messages(), message), log);
}

function eventOf({ events }: RunningContoso, name: string): Promise<LogEvent> {
  const log = (): string => JSON.stringify(events(), undefined, 1);
  return waitUntil(`"${name}"`, () => events().find(({ event }) => event === name), log);
}

const ours = '(Client CN "mail.contoso.com", Issuer "Contoso Root" (verified OK))';

/** Mail that arrives: how Postfix is set up, and how it got the message. */
const arriving: readonly { readonly title: string; readonly mainCf?: string; readonly protocol?: string }[] =
  [
    { title: 'Postfix is set up by the files that it got' },
    {
      title: 'Postfix takes nobody without a verified certificate',
      mainCf: 'smtpd_tls_security_level = encrypt\nsmtpd_tls_req_ccert = yes',
    },
    { title: 'Postfix speaks TLS 1.2', mainCf: 'smtpd_tls_protocols = TLSv1.2', protocol: 'TLSv1.2' },
  ];

/** Mail that waits: what Contoso's log says it waits for. */
const waiting: readonly {
  readonly title: string;
  readonly difference: (lane: Lane) => Difference;
  readonly event: string;
  readonly reply: RegExp;
}[] = [
  {
    title: 'Postfix offers no STARTTLS',
    difference: () => ({ mainCf: 'smtpd_tls_security_level = none' }),
    event: 'queue waits',
    reply: /^451 5\.7\.3 STARTTLS is required/,
  },
  {
    title: 'Postfix shows a certificate without the domain',
    difference: () => ({ shows: 'without fabrikam.com' }),
    event: 'queue waits',
    reply: /454 4\.7\.5 .*Reason:SubjectMismatch/,
  },
  {
    title: 'Postfix shows a certificate from an unknown root',
    difference: () => ({ shows: 'from an unknown root' }),
    event: 'queue waits',
    reply: /454 4\.7\.5 .*Reason:UntrustedRoot/,
  },
  {
    title: 'Postfix shows an expired certificate',
    difference: () => ({ shows: 'expired' }),
    event: 'queue waits',
    reply: /454 4\.7\.5 .*Reason:Expired/,
  },
  {
    title: 'Postfix does not trust our root',
    difference: ({ certificates }) => ({ root: certificates.strangerRoot.certificate }),
    event: 'message put off',
    reply: /^450 4\.7\.0 .*verified client certificate/,
  },
];

const claimed: Case = {
  title: 'to Fabrikam, not taken: somebody claims to be Contoso and has no certificate',
  run: (lane, folder) =>
    during(fabrikamOf(lane, folder), async ({ log }) => {
      const { certificates, ports } = lane;
      const tls = { servername: 'mail.fabrikam.com', ca: [certificates.fabrikamRoot.certificate] };
      const message = newMessage('ann@contoso.com', 'bob@fabrikam.com');
      const stranger = { port: ports.partner, localAddress: '127.0.0.1', tls };
      await assert.rejects(handOver(message, stranger), /450 4\.7\.0 /);
      assert.match(log(), /Anonymous TLS connection established/);
    }),
};

const repaired: Case = {
  title: 'to Fabrikam: what waited for a good certificate is delivered',
  run: (lane, folder) =>
    during(startRetryingContoso(lane.output, `${folder}/contoso`), async (contoso) => {
      let message: Message | undefined;
      await during(fabrikamOf(lane, folder, { shows: 'expired' }), async (fabrikam) => {
        message = await sendFromInside(lane);
        assert.match(String((await eventOf(contoso, 'queue waits'))['reply']), /Expired/);
        assert.deepEqual(fabrikam.messages(), []);
      });
      await during(fabrikamOf(lane, folder), async (fabrikam) => {
        assert.ok(message !== undefined);
        assert.ok((await arrived(fabrikam, contoso, message)).includes(ours));
      });
    }),
};

/** Mail from Contoso's bundle to Fabrikam's Postfix. */
export const toFabrikam: readonly Case[] = [
  ...arriving.map(({ title, mainCf, protocol = 'TLSv1.3' }): Case => ({
    title: `to Fabrikam: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, mainCf === undefined ? {} : { mainCf }, async ({ contoso, fabrikam }) => {
        const text = await arrived(fabrikam, contoso, await sendFromInside(lane));
        assert.ok(text.includes(ours), text);
        assert.ok(text.includes(`(using ${protocol} with cipher `), text);
      }),
  })),
  ...waiting.map(({ title, difference, event, reply }): Case => ({
    title: `to Fabrikam, waits: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, difference(lane), async ({ contoso, fabrikam }) => {
        await sendFromInside(lane);
        assert.match(String((await eventOf(contoso, event))['reply']), reply);
        assert.deepEqual(fabrikam.messages(), []);
        // Not even the envelope has been said.
        if (event === 'queue waits') assert.doesNotMatch(fabrikam.log(), /from=<scans@contoso\.com>/);
      }),
  })),
  claimed,
  repaired,
];
