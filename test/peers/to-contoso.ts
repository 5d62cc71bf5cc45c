import assert from 'node:assert/strict';
import { insideFabrikam, outcomeOf } from './fabrikam.ts';
import { withBothSides, type Case, type Difference, type Lane } from './lane.ts';
import { handOver, newMessage, withId } from './messages.ts';
import { waitUntil } from './wait-until.ts';

/** Mail that arrives: what our Received field says of the session then. */
const arriving: readonly { readonly title: string; readonly mainCf?: string; readonly session: string }[] = [
  { title: 'Postfix delivers over mutual TLS', session: 'ESMTPS (version=TLSv1.3, ' },
  {
    title: 'Postfix delivers over mutual TLS 1.2',
    mainCf: 'smtp_tls_mandatory_protocols = TLSv1.2',
    session: 'ESMTPS (version=TLSv1.2, ',
  },
];
const fromFabrikam = 'Received: from mail.fabrikam.com (198.51.100.10) by mail.contoso.com with ';

/** Mail that does not: what Postfix notes about it. */
const refused: readonly {
  readonly title: string;
  readonly to?: string;
  readonly difference: (lane: Lane) => Difference;
  readonly outcome: RegExp;
  readonly logged?: RegExp;
}[] = [
  {
    title: 'Postfix shows no certificate',
    difference: () => ({ mainCf: 'smtp_tls_chain_files =' }),
    outcome: /^status=deferred \(host .* said: 454 4\.7\.5 /,
  },
  {
    title: 'Postfix shows a certificate from an unknown root',
    difference: () => ({ shows: 'from an unknown root' }),
    outcome: /^status=deferred \(host .* said: 454 4\.7\.5 /,
  },
  {
    title: 'Postfix shows a certificate without the domain of the sender',
    difference: () => ({ shows: 'without fabrikam.com' }),
    outcome: /^status=deferred \(host .* said: 454 4\.7\.5 /,
  },
  {
    title: 'Postfix shows an expired certificate',
    difference: () => ({ shows: 'expired' }),
    outcome: /^status=deferred \(host .* said: 454 4\.7\.5 /,
  },
  {
    title: 'Postfix speaks no TLS',
    difference: () => ({ mainCf: 'smtp_tls_policy_maps =\nsmtp_tls_security_level = none' }),
    outcome: /^status=deferred \(host .* said: 451 5\.7\.3 Must issue a STARTTLS /,
  },
  {
    title: 'Postfix wants to relay to a foreign domain',
    to: 'cleo@tailspin.com',
    difference: () => ({}),
    outcome: /^status=bounced \(host .* said: 550 5\.7\.1 /,
  },
  {
    title: 'Postfix does not trust our root',
    difference: ({ certificates }) => ({ root: certificates.strangerRoot.certificate }),
    outcome: /^status=deferred \(Server certificate not verified\)/,
    logged: /: Untrusted TLS connection established to contoso\.com/,
  },
];

/** Mail from Fabrikam's Postfix to Contoso's bundle. */
export const toContoso: readonly Case[] = [
  ...arriving.map(({ title, mainCf, session }): Case => ({
    title: `to Contoso: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, mainCf === undefined ? {} : { mainCf }, async ({ contoso, fabrikam }) => {
        const message = newMessage('bob@fabrikam.com', 'ann@contoso.com');
        await handOver(message, insideFabrikam(lane.ports));
        assert.match(await outcomeOf(fabrikam, message), /^status=sent /);
        assert.match(fabrikam.log(), /: Verified TLS connection established to contoso\.com/);
        const text = await waitUntil('mail in the Maildir', () => withId(contoso.messages(), message));
        assert.ok(text.replaceAll(/\r\n\s+/g, ' ').includes(fromFabrikam + session), text);
      }),
  })),
  ...refused.map(({ title, to = 'ann@contoso.com', difference, outcome, logged }): Case => ({
    title: `to Contoso, not taken: ${title}`,
    run: (lane, folder) =>
      withBothSides(lane, folder, difference(lane), async ({ contoso, fabrikam }) => {
        const message = newMessage('bob@fabrikam.com', to);
        await handOver(message, insideFabrikam(lane.ports));
        assert.match(await outcomeOf(fabrikam, message), outcome);
        if (logged !== undefined) assert.match(fabrikam.log(), logged);
        assert.deepEqual(contoso.messages(), []);
      }),
  })),
];
