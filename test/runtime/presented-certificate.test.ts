import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import * as tls from 'node:tls';
import { presentedCertificate } from '../../runtime/presented-certificate.ts';
import { issue, makeAuthority, type Issued } from '../support/certificates.ts';

const ours = await makeAuthority('fabrikam-root');
const other = await makeAuthority('other-root');
const authorities = new Map([[new X509Certificate(ours.certificate).fingerprint256, 'fabrikam-root']]);

const cases: readonly { title: string; server: Issued; chain: unknown }[] = [
  {
    title: 'signed by an authority of the topology',
    server: await issue({ authority: ours, domains: ['fabrikam.com', 'mail.fabrikam.com'] }),
    chain: { kind: 'ends in authority', authority: 'fabrikam-root' },
  },
  {
    title: 'signed by nobody we know',
    server: await issue({ authority: other, domains: ['fabrikam.com', 'mail.fabrikam.com'] }),
    chain: { kind: 'refused', reason: 'untrusted root' },
  },
  {
    title: 'signed by itself',
    server: await issue({ domains: ['fabrikam.com', 'mail.fabrikam.com'] }),
    chain: { kind: 'refused', reason: 'untrusted root' },
  },
  {
    title: 'out of date',
    server: await issue({
      authority: ours,
      domains: ['fabrikam.com', 'mail.fabrikam.com'],
      validity: 'expired',
    }),
    chain: { kind: 'refused', reason: 'expired' },
  },
  {
    title: 'for clients only',
    server: await issue({ authority: ours, domains: ['fabrikam.com', 'mail.fabrikam.com'], usage: 'client' }),
    chain: { kind: 'refused', reason: 'wrong purpose' },
  },
];

for (const { title, server, chain } of cases) {
  test(`presented certificate: one ${title}`, async (context) => {
    const listener = tls.createServer({ cert: server.certificate, key: server.privateKey });
    context.after(() => listener.close());
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const socket = tls.connect({
      port,
      host: '127.0.0.1',
      ca: [ours.certificate],
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    context.after(() => socket.destroy());
    await once(socket, 'secureConnect');
    const presented = presentedCertificate(socket, authorities);
    assert.deepEqual(presented?.chain, chain);
    assert.deepEqual([...(presented?.names ?? [])].sort(), ['fabrikam.com', 'mail.fabrikam.com']);
  });
}

test('presented certificate: a client need not have one', async (context) => {
  const [{ server }] = [cases[0] as (typeof cases)[number]];
  const listener = tls.createServer({
    cert: server.certificate,
    key: server.privateKey,
    requestCert: true,
    rejectUnauthorized: false,
  });
  context.after(() => listener.close());
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const socket = tls.connect({
    port: (listener.address() as AddressInfo).port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
  });
  context.after(() => socket.destroy());
  const [accepted] = (await once(listener, 'secureConnection')) as [tls.TLSSocket];
  assert.equal(presentedCertificate(accepted, authorities), undefined);
});
