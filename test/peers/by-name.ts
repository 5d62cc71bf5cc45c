import assert from 'node:assert/strict';
import { startContoso } from './contoso.ts';
import { second } from './fabrikam.ts';
import { during, fabrikamOf, of, withBothSides, type Case, type Difference } from './lane.ts';
import { withId } from './messages.ts';
import type { MxRecords } from './name-server.ts';
import { delivered, sendFromFabrikam } from './to-contoso.ts';
import { arrived, eventOf, sendFromInside } from './to-fabrikam.ts';
import { waitUntil } from './wait-until.ts';

/** Two servers of Fabrikam, one of which gets the mail. */
const chosen: readonly {
  readonly title: string;
  readonly mx: MxRecords['domain'];
  readonly first: Difference;
  readonly takes: 'the first' | 'the second';
}[] = [
  {
    title: 'of two servers, the one with the lower preference takes the mail',
    mx: [
      [20, 'mail2.fabrikam.com'],
      [10, 'mail.fabrikam.com'],
    ],
    first: {},
    takes: 'the first',
  },
  {
    title: 'where the first server is down, the second takes the mail',
    mx: [
      [5, 'off.fabrikam.com'],
      [20, 'mail2.fabrikam.com'],
    ],
    first: {},
    takes: 'the second',
  },
  {
    title: 'where the first server has an expired certificate, the second takes the mail',
    mx: [
      [10, 'mail.fabrikam.com'],
      [20, 'mail2.fabrikam.com'],
    ],
    first: { shows: 'expired' },
    takes: 'the second',
  },
];

const nullMx: Case = {
  title: 'by name: mail to a domain with a null MX is returned',
  run: (lane, folder) =>
    withBothSides(
      lane,
      folder,
      {},
      async ({ contoso, fabrikam }) => {
        const message = await sendFromInside('bob@fabrikam.net');
        const report = await waitUntil('a report', () => withId(contoso.messages(), message));
        assert.match(report, /^Final-Recipient: rfc822;bob@fabrikam\.net$/im);
        assert.match(report, /^Status: 5\.1\.10$/im);
        assert.deepEqual(fabrikam.messages(), []);
      },
      { 'fabrikam.net': [[0, '.']] },
    ),
};

const silent: Case = {
  title: 'by name: mail waits where no name server answers',
  run: (lane, folder) =>
    during(startContoso(lane.output, `${folder}/contoso`), async (contoso) => {
      await sendFromInside();
      assert.match(
        String((await eventOf(contoso, 'queue waits'))['reply']),
        /^451 4\.4\.0 DNS query failed: ECONNREFUSED/,
      );
    }),
};

const ourSecond: Case = {
  title: 'by name: where our first server is down, our second takes the mail',
  run: (lane, folder) =>
    withBothSides(
      lane,
      folder,
      {},
      async ({ contoso, fabrikam }) => {
        const message = await sendFromFabrikam(fabrikam);
        assert.match(await fabrikam.outcomeOf(message.to), of(delivered, lane));
        await waitUntil('mail in the Maildir', () => withId(contoso.messages(), message));
      },
      {
        'contoso.com': [
          [5, 'off.contoso.com'],
          [10, 'mail.contoso.com'],
        ],
      },
    ),
};

/** What MX records decide. */
export const byName: readonly Case[] = [
  ...chosen.map(({ title, mx, first, takes }): Case => ({
    title: `by name: ${title}`,
    run: (lane, folder) =>
      withBothSides(
        lane,
        folder,
        first,
        ({ contoso, fabrikam }) =>
          during(fabrikamOf(lane, `${folder}/second`, { doors: second }), async (other) => {
            const [taker, rest] = takes === 'the first' ? [fabrikam, other] : [other, fabrikam];
            await arrived(taker, contoso, await sendFromInside());
            assert.deepEqual(rest.messages(), []);
          }),
        { 'fabrikam.com': mx },
      ),
  })),
  nullMx,
  silent,
  ourSecond,
];
