import assert from 'node:assert/strict';
import type { Pretended } from './certificates.ts';
import { startImpostor } from './impostor.ts';
import { during, fabrikamOf, of, withNames, type Case, type Lane, type PerServer } from './lane.ts';
import { handOver, newMessage, type Entrance } from './messages.ts';
import type { RunningMailServer } from './mail-server.ts';
import { sendFromFabrikam } from './to-contoso.ts';

/** What somebody shows who says that he is Contoso. */
type Disguise = Pretended | 'no certificate' | 'no TLS';

function certificateOf(
  { certificates }: Lane,
  disguise: Disguise,
): { readonly cert?: string; readonly key?: string } {
  if (disguise === 'no certificate' || disguise === 'no TLS') return {};
  const { certificate: cert, privateKey: key } = certificates.pretended[disguise];
  return { cert, key };
}

/** From the address of Contoso's server, so that all who trust addresses trust it. */
function entranceOf(lane: Lane, { doors }: RunningMailServer, disguise: Disguise): Entrance {
  const ca = [lane.certificates.fabrikamRoot.certificate];
  const tls = { servername: 'mail.fabrikam.com', ca, ...certificateOf(lane, disguise) };
  const entrance = { host: doors.mx, port: 25, localAddress: '192.0.2.25' };
  return disguise === 'no TLS' ? entrance : { ...entrance, tls };
}

/** OpenSMTPD says nothing to a client whose certificate it does not take. */
const brokenOff = /ECONNRESET|EPIPE|closed|socket/;

/** What a client hears that says MAIL FROM:<ann@contoso.com>; `taken` where the server cannot tell. */
const clients: readonly {
  readonly shows: Disguise;
  readonly hears: PerServer<RegExp | 'taken'>;
}[] = [
  {
    shows: 'no certificate',
    hears: { postfix: /450 4\.7\.0 /, exim: /451 4\.7\.0 /, opensmtpd: brokenOff },
  },
  {
    shows: 'with another name',
    hears: { postfix: 'taken', exim: /451 4\.7\.0 /, opensmtpd: 'taken' },
  },
  {
    shows: 'from an unknown root',
    hears: { postfix: /450 4\.7\.0 /, exim: /451 4\.7\.0 /, opensmtpd: brokenOff },
  },
  {
    shows: 'that is expired',
    hears: { postfix: /450 4\.7\.0 /, exim: /451 4\.7\.0 /, opensmtpd: brokenOff },
  },
  {
    shows: 'no TLS',
    hears: {
      postfix: /450 4\.7\.1 /,
      exim: /451 4\.7\.0 /,
      opensmtpd: /530 5\.5\.1 .*Must issue a STARTTLS /,
    },
  },
];

/** What the server notes about mail for contoso.com where such a server stands in Contoso's place. */
const untrusted: PerServer<RegExp | 'sent'> = {
  postfix: /^status=deferred \(Server certificate not (trusted|verified)\)/,
  exim: /^== ann@contoso\.com .* TLS session: .*certificate/,
  opensmtpd: /^result="TempFail" stat="Network error on destination MXs"/,
};
const places: readonly { readonly shows: Disguise; readonly outcome: PerServer<RegExp | 'sent'> }[] = [
  { shows: 'that signs itself', outcome: untrusted },
  { shows: 'with another name', outcome: untrusted },
  { shows: 'from an unknown root', outcome: untrusted },
  { shows: 'that is expired', outcome: untrusted },
  {
    shows: 'no TLS',
    outcome: {
      postfix: /^status=deferred \(TLS is required, but was not offered /,
      exim: /^== ann@contoso\.com .*: a TLS session is required, but the server did not offer TLS support/,
      opensmtpd: /^result="TempFail" stat="Network error on destination MXs"/,
    },
  },
];

function named(disguise: Disguise): string {
  return disguise.startsWith('no ') ? disguise : `a certificate ${disguise}`;
}

/** Somebody who says that he is Contoso, and what Fabrikam's server makes of it. */
export const inContososPlace: readonly Case[] = [
  ...clients.map(({ shows, hears }): Case => ({
    title: `in Contoso's place as a client: ${named(shows)}`,
    run: (lane, folder) =>
      withNames(lane, folder, {}, () =>
        during(fabrikamOf(lane, `${folder}/fabrikam`), async (fabrikam) => {
          const message = newMessage('ann@contoso.com', 'bob@fabrikam.com');
          const sent = handOver(message, entranceOf(lane, fabrikam, shows));
          const expected = of(hears, lane);
          if (expected === 'taken') assert.match(await sent, /^250 /);
          else await assert.rejects(sent, expected);
        }),
      ),
  })),
  ...places.map(({ shows, outcome }): Case => ({
    title: `in Contoso's place as a server: ${named(shows)}`,
    run: (lane, folder) =>
      withNames(lane, folder, {}, () =>
        during(fabrikamOf(lane, `${folder}/fabrikam`), (fabrikam) => {
          const shown = shows === 'no TLS' || shows === 'no certificate' ? undefined : shows;
          const certificate = shown && lane.certificates.pretended[shown];
          return during(startImpostor(certificate), async (impostor) => {
            const { to } = await sendFromFabrikam(fabrikam);
            const expected = of(outcome, lane);
            const noted = await fabrikam.outcomeOf(to);
            if (expected === 'sent') return assert.deepEqual(impostor.envelopes(), ['bob@fabrikam.com']);
            assert.match(noted, expected);
            assert.deepEqual(impostor.envelopes(), []);
          });
        }),
      ),
  })),
];
