import assert from 'node:assert/strict';
import { insideFabrikam } from './fabrikam.ts';
import { of, withBothSides, type Case, type Difference, type PerServer } from './lane.ts';
import type { RunningMailServer } from './mail-server.ts';
import { handOver, newMessage, withId, type Message } from './messages.ts';
import { waitUntil } from './wait-until.ts';

/** Sends as one of Fabrikam's people does. */
export async function sendFromFabrikam(
  fabrikam: RunningMailServer,
  to = 'ann@contoso.com',
): Promise<Message> {
  const message = newMessage('bob@fabrikam.com', to);
  await handOver(message, insideFabrikam(fabrikam));
  return message;
}

/** Mail that arrives: what our Received field says of the session then. */
const arriving: readonly {
  readonly title: string;
  readonly difference: Difference;
  readonly session: string;
}[] = [
  { title: 'over mutual TLS', difference: {}, session: 'ESMTPS (version=TLSv1.3, ' },
  {
    title: 'over mutual TLS 1.2',
    difference: { habit: 'speaks TLS 1.2 at most' },
    session: 'ESMTPS (version=TLSv1.2, ',
  },
];
const fromFabrikam = 'Received: from mail.fabrikam.com (198.51.100.10) by mail.contoso.com with ';

/** What a server says of mail that it has delivered to a host whose certificate is good. */
export const delivered: PerServer<RegExp> = {
  postfix: /^status=sent /,
  exim: /^=> ann@contoso\.com .* CV=yes /,
  opensmtpd: /^result="Ok" /,
};

const noCertificate: PerServer<RegExp> = {
  postfix: /^status=deferred \(host .* said: 454 4\.7\.5 /,
  exim: /^== ann@contoso\.com .*: 454 4\.7\.5 /,
  opensmtpd: /^result="TempFail" stat="454 4\.7\.5 /,
};

/** Mail that does not: what the server notes about it. */
const refused: readonly {
  readonly title: string;
  readonly to?: string;
  readonly difference: Difference;
  readonly outcome: PerServer<RegExp>;
}[] = [
  {
    title: 'the client shows no certificate',
    difference: { habit: 'shows no certificate as a client' },
    outcome: noCertificate,
  },
  {
    title: 'the client shows a certificate without the domain of the sender',
    difference: { shows: 'without fabrikam.com' },
    outcome: noCertificate,
  },
  {
    title: 'the client shows a certificate from an unknown root',
    difference: { shows: 'from an unknown root' },
    outcome: noCertificate,
  },
  {
    title: 'the client shows an expired certificate',
    difference: { shows: 'expired' },
    outcome: noCertificate,
  },
  {
    title: 'the client uses no TLS',
    difference: { habit: 'uses no TLS as a client' },
    outcome: {
      postfix: /^status=deferred \(host .* said: 451 5\.7\.3 Must issue a STARTTLS /,
      exim: /^== ann@contoso\.com .*: 451 5\.7\.3 Must issue a STARTTLS /,
      opensmtpd: /^result="TempFail" stat="451 5\.7\.3 Must issue a STARTTLS /,
    },
  },
  {
    title: 'the client wants to relay to a foreign domain',
    to: 'cleo@tailspin.com',
    difference: { habit: 'takes tailspin.com for ours' },
    outcome: {
      postfix: /^status=bounced \(host .* said: 550 5\.7\.1 /,
      exim: /^\*\* cleo@tailspin\.com .*: 550 5\.7\.1 /,
      opensmtpd: /^result="PermFail" stat="550 5\.7\.1 /,
    },
  },
];

/** Mail from Fabrikam's server to Contoso's bundle. */
export const toContoso: readonly Case[] = [
  ...arriving.map(({ title, difference, session }): Case => ({
    title: `to Contoso: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, difference, async ({ contoso, fabrikam }) => {
        const message = await sendFromFabrikam(fabrikam);
        assert.match(await fabrikam.outcomeOf(message.to), of(delivered, lane));
        const text = await waitUntil('mail in the Maildir', () => withId(contoso.messages(), message));
        assert.ok(text.replaceAll(/\r\n\s+/g, ' ').includes(fromFabrikam + session), text);
      }),
  })),
  ...refused.map(({ title, to, difference, outcome }): Case => ({
    title: `to Contoso, not taken: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, difference, async ({ contoso, fabrikam }) => {
        const message = await sendFromFabrikam(fabrikam, to);
        assert.match(await fabrikam.outcomeOf(message.to), of(outcome, lane));
        assert.deepEqual(contoso.messages(), []);
      }),
  })),
];
