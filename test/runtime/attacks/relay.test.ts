import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domainOfPath, makeRouter } from '../../../runtime/queue/route.ts';
import { rehearseSession, settle } from '../../support/transcript.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

/*
 * Nobody relays by the form of an address: what is taken from a stranger is delivered inside, whatever its local-part says.
 */

const inside = server({ name: 'MBX1' });
const topology = transportConfig({
  servers: [inside],
  acceptedDomains: [{ domain: 'contoso.com', type: 'authoritative' }],
  sendConnectors: [sendConnector({ name: 'Out', to: ['*'], sourceTransportServers: ['MBX1'] })],
});

/** Where the queue takes it. */
const route = makeRouter(topology, inside);

const refused = '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain';
const invalid = '501 5.1.3 Invalid address';

interface Case {
  readonly argument: string;
  /** Whom it is for, or the reply. */
  readonly outcome: { readonly taken: string } | string;
}

const cases: readonly Case[] = [
  { argument: 'TO:<bob@fabrikam.com>', outcome: refused },
  { argument: 'TO:<bob%fabrikam.com@contoso.com>', outcome: { taken: 'bob%fabrikam.com@contoso.com' } },
  { argument: 'TO:<fabrikam.com!bob@contoso.com>', outcome: { taken: 'fabrikam.com!bob@contoso.com' } },
  { argument: 'TO:<bob@fabrikam.com@contoso.com>', outcome: invalid },
  { argument: 'TO:<"bob@fabrikam.com"@contoso.com>', outcome: { taken: '"bob@fabrikam.com"@contoso.com' } },
  { argument: 'TO:<"ann@contoso.com"@fabrikam.com>', outcome: refused },
  { argument: 'TO:<"bob@fabrikam.com">', outcome: invalid },
  { argument: 'TO:<@contoso.com:bob@fabrikam.com>', outcome: refused },
  { argument: 'TO:<@fabrikam.com:ann@contoso.com>', outcome: { taken: 'ann@contoso.com' } },
  { argument: 'TO:<@contoso.com,@contoso.com:bob@fabrikam.com>', outcome: refused },
  { argument: 'TO:<@contoso.com:@fabrikam.com:bob@contoso.com>', outcome: invalid },
  { argument: 'TO:<bob@[127.0.0.1]>', outcome: refused },
  { argument: 'TO:<bob@[IPv6:::1]>', outcome: refused },
  { argument: 'TO:<bob@[contoso.com]>', outcome: invalid },
  { argument: 'TO:<bob@127.0.0.1>', outcome: invalid },
  { argument: 'TO:<bob@2130706433>', outcome: refused },
  { argument: 'TO:<bob@#2130706433>', outcome: invalid },
  { argument: 'TO:<bob@localhost>', outcome: refused },
  { argument: 'TO:<bob@contoso.com.fabrikam.com>', outcome: refused },
  { argument: 'TO:<bob@fabrikamcontoso.com>', outcome: refused },
  { argument: 'TO:<bob@mail.contoso.com>', outcome: refused },
  { argument: 'TO:<bob@.contoso.com>', outcome: invalid },
  { argument: 'TO:<bob@contoso.com.>', outcome: { taken: 'bob@contoso.com.' } },
  { argument: 'TO:<bob@contoso.com..>', outcome: invalid },
  { argument: 'TO:<bob@contoso.com,fabrikam.com>', outcome: invalid },
  { argument: 'TO:<bob@contoso.com;fabrikam.com>', outcome: invalid },
  { argument: 'TO:<bob@contoso.com fabrikam.com>', outcome: invalid },
  { argument: 'TO:<bob@contoso.com>fabrikam.com', outcome: invalid },
  { argument: 'TO:<bob@contoso.com><bob@fabrikam.com>', outcome: invalid },
  { argument: 'TO:<bob@contoso.com>, <bob@fabrikam.com>', outcome: invalid },
  { argument: 'TO:<<bob@fabrikam.com>@contoso.com>', outcome: invalid },
  { argument: 'TO:bob@contoso.com', outcome: invalid },
  { argument: 'TO:<bob@contoso.com', outcome: invalid },
  { argument: 'TO:<bob>', outcome: invalid },
  { argument: 'TO:<|/bin/sh@contoso.com>', outcome: { taken: '|/bin/sh@contoso.com' } },
  { argument: 'TO:<"|/bin/sh -c x"@contoso.com>', outcome: { taken: '"|/bin/sh -c x"@contoso.com' } },
  { argument: 'TO:<../../etc/passwd@contoso.com>', outcome: invalid },
  { argument: 'TO:<"../../etc/passwd"@contoso.com>', outcome: { taken: '"../../etc/passwd"@contoso.com' } },
  { argument: 'TO:<bob@cont\u043eso.com>', outcome: refused },
  { argument: 'TO:<bob@contoso\u3002com>', outcome: { taken: 'bob@contoso\u3002com' } },
  { argument: 'TO:<bob@fabrikam.com> ORCPT=rfc822;ann@contoso.com', outcome: refused },
];

for (const { argument, outcome } of cases) {
  test(`relay: RCPT ${argument}`, async () => {
    const session = rehearseSession({});
    const say = async (text: string): Promise<string> => {
      session.connection.receive(Buffer.from(text));
      await settle();
      return session.sent();
    };
    await say('EHLO a\r\nMAIL FROM:<bob@fabrikam.example> SMTPUTF8\r\n');
    const reply = (await say(`RCPT ${argument}\r\n`)).trimEnd();
    if (typeof outcome === 'string') {
      assert.ok(reply.startsWith(outcome.slice(0, 9)), reply);
      if (outcome === refused) assert.equal(reply, refused);
      return;
    }
    assert.equal(reply, '250 2.1.5 Recipient OK');
    await say('DATA\r\n\r\nx\r\n.\r\n');
    const [recipient] = session.spool.messages[0]?.envelope.recipients ?? [];
    assert.equal(recipient?.forwardPath, outcome.taken);
    assert.equal(route(domainOfPath(topology, outcome.taken), 1000).hop.kind, 'delivery');
  });
}
