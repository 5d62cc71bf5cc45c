import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import * as tls from 'node:tls';
import { openSession, SessionRefused, type SessionRequest } from '../../../runtime/client/open-session.ts';
import { systemClock } from '../../../runtime/clock.ts';
import type { TlsDemand } from '../../../runtime/decide/outbound-tls.ts';
import { issue, makeAuthority, type Issued } from '../../support/certificates.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { scriptedServer } from '../../support/scripted-server.ts';
import { settle } from '../../support/transcript.ts';

const root = await makeAuthority('fabrikam-root');
const other = await makeAuthority('other-root');
const good = await issue({ authority: root, domains: ['mail.fabrikam.com', 'fabrikam.com'] });
const hostOnly = await issue({ authority: root, domains: ['mail.fabrikam.com'] });
const stranger = await issue({ authority: other, domains: ['fabrikam.com'] });
const expired = await issue({ authority: root, domains: ['fabrikam.com'], validity: 'expired' });
const internal = await issue({ domains: ['mbx2.contoso.com'] });
const authorities = new Map([[new X509Certificate(root.certificate).fingerprint256, 'fabrikam-root']]);

function demand(level: TlsDemand['level'], ...expectedNames: readonly string[]): TlsDemand {
  return { level, expectedNames, roots: 'authorities and public' };
}

interface Case {
  readonly title: string;
  readonly script: string;
  readonly request?: Partial<SessionRequest>;
  readonly certificate?: Issued;
  /** What the session offers, or who refused it and with what words. */
  readonly outcome: string;
}

const greeting = 'S: 220 mail.fabrikam.com';
const secured = `${greeting}
  C: EHLO me
  S: 250-mail
  S: 250 STARTTLS
  C: STARTTLS
  S: 220 2.0.0 Go
  TLS`;
const after = `
  C: EHLO me
  S: 250-mail
  S: 250 SIZE`;

const cases: readonly Case[] = [
  {
    title: 'EHLO and what it offers',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250-size 1000
      S: 250-AUTH=LOGIN PLAIN
      S: 250 Pipelining`,
    outcome: 'SIZE 1000; AUTH LOGIN PLAIN; PIPELINING',
  },
  {
    title: 'a server that knows HELO only',
    script: `${greeting}
      C: EHLO me
      S: 500 5.3.3 Unrecognized command
      C: HELO me
      S: 250 mail`,
    outcome: '',
  },
  {
    title: 'a connector that forces HELO',
    script: `${greeting}
      C: HELO me
      S: 250 mail`,
    request: { greeting: 'HELO' },
    outcome: '',
  },
  { title: 'a server that is busy', script: 'S: 421 4.3.2 Busy', outcome: 'server: 421 4.3.2 Busy' },
  { title: 'a server that wants nobody', script: 'S: 554 No mail here', outcome: 'server: 554 No mail here' },
  {
    title: 'a server that hangs up',
    script: 'CLOSE',
    outcome: 'connection: 421 4.4.2 The server closed the connection',
  },
  {
    title: 'TLS is taken where it is offered, whatever the certificate',
    script: secured + after,
    certificate: stranger,
    request: { tls: demand('opportunistic') },
    outcome: 'SIZE over TLS',
  },
  {
    title: 'required TLS that is not offered',
    script: `${greeting}
      C: EHLO me
      S: 250 mail`,
    request: { tls: demand('encrypted') },
    outcome: 'this side: 451 5.7.3 STARTTLS is required to send mail',
  },
  {
    title: 'STARTTLS that the server cannot do now',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250 STARTTLS
      C: STARTTLS
      S: 454 4.7.0 TLS not available`,
    request: { tls: demand('opportunistic') },
    outcome: 'server: 454 4.7.0 TLS not available',
  },
  {
    title: 'hostile: replies smuggled in before TLS',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250 STARTTLS
      C: STARTTLS
      RAW: "220 2.0.0 Go\\r\\n250-mail\\r\\n250 AUTH PLAIN\\r\\n"`,
    request: { tls: demand('opportunistic') },
    outcome: 'connection: 421 4.4.2 The server said something between its answer to STARTTLS and TLS',
  },
  {
    title: 'no handshake',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250 STARTTLS
      C: STARTTLS
      S: 220 2.0.0 Go
      ANYTHING
      RAW: "this is not TLS, whatever it is\\r\\n"`,
    request: { tls: demand('opportunistic') },
    outcome: 'connection: 421 4.4.2 Connection dropped due to SocketError',
  },
  {
    title: 'Domain Security with all in place',
    script: secured + after,
    certificate: good,
    request: { tls: { ...demand('domain-secure', 'fabrikam.com'), roots: 'authorities' } },
    outcome: 'SIZE over TLS',
  },
  {
    title: 'Domain Security with a host name only',
    script: secured,
    certificate: hostOnly,
    request: { tls: demand('domain-secure', 'fabrikam.com') },
    outcome: 'this side: 454 4.7.5 Certificate validation failure, Reason:SubjectMismatch',
  },
  {
    title: 'an unknown root',
    script: secured,
    certificate: stranger,
    request: { tls: demand('validated') },
    outcome: 'this side: 454 4.7.5 Certificate validation failure, Reason:UntrustedRoot',
  },
  {
    title: 'an expired certificate',
    script: secured,
    certificate: expired,
    request: { tls: demand('validated') },
    outcome: 'this side: 454 4.7.5 Certificate validation failure, Reason:Expired',
  },
  {
    title: 'a pinned server',
    script: secured + after,
    certificate: internal,
    request: {
      tls: demand('encrypted'),
      isPinned: (one) => one === new X509Certificate(internal.certificate).fingerprint256,
    },
    outcome: 'SIZE over TLS',
  },
  {
    title: 'a server that is not the pinned one',
    script: secured,
    certificate: good,
    request: { tls: demand('encrypted'), isPinned: () => false },
    outcome: 'this side: 451 5.7.3 Cannot achieve Exchange Server authentication',
  },
  {
    title: 'AUTH LOGIN',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250 AUTH LOGIN PLAIN
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      C: Y29udG9zbw==
      S: 334 UGFzc3dvcmQ6
      C: czNjcmV0
      S: 235 2.7.0 Authentication successful`,
    request: { credential: { username: 'contoso', password: () => Promise.resolve('s3cret') } },
    outcome: 'AUTH LOGIN PLAIN',
  },
  {
    title: 'AUTH PLAIN where there is no LOGIN',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250 AUTH PLAIN
      C: AUTH PLAIN AGNvbnRvc28AczNjcmV0
      S: 235 2.7.0 Authentication successful`,
    request: { credential: { username: 'contoso', password: () => Promise.resolve('s3cret') } },
    outcome: 'AUTH PLAIN',
  },
  {
    title: 'a wrong password',
    script: `${greeting}
      C: EHLO me
      S: 250-mail
      S: 250 AUTH PLAIN
      C: AUTH PLAIN AGNvbnRvc28Ad3Jvbmc=
      S: 535 5.7.3 Authentication unsuccessful`,
    request: { credential: { username: 'contoso', password: () => Promise.resolve('wrong') } },
    outcome: 'server: 535 5.7.3 Authentication unsuccessful',
  },
  {
    title: 'a server without AUTH never sees the password',
    script: `${greeting}
      C: EHLO me
      S: 250 mail`,
    request: { credential: { username: 'contoso', password: () => Promise.reject(new Error('asked for')) } },
    outcome: 'this side: 454 4.7.0 The smart host offers neither AUTH LOGIN nor AUTH PLAIN',
  },
];

for (const { title, script, request = {}, certificate, outcome } of cases) {
  test(`open session: ${title}`, { timeout: 10_000 }, async (context) => {
    const server = await scriptedServer(
      context,
      script,
      certificate && { cert: certificate.certificate, key: certificate.privateKey },
    );
    assert.equal(await outcomeOf({ ...plain(server.port), ...request }), outcome);
  });
}

test('open session: a port where nobody listens', async () => {
  assert.match(await outcomeOf(plain(1)), /^connection: 421 4\.2\.1 Unable to connect: ECONNREFUSED$/);
});

test('open session: a server that says nothing is left after five minutes, one that drips as well', async (context) => {
  for (const script of ['C: never', 'RAW: "22"\nC: never']) {
    const server = await scriptedServer(context, script);
    const clock = manualClock();
    const outcome = outcomeOf({ ...plain(server.port), clock });
    // The wait begins when the connection stands; time must not pass before.
    await server.connected;
    await settle();
    clock.pass(300_000);
    assert.equal(await outcome, 'connection: 421 4.4.2 The server gave no reply in time');
  }
});

for (const { title, script } of [
  { title: 'a greeting', script: 'C: nothing' },
  { title: 'an answer to EHLO', script: `${greeting}\nC: EHLO me\nC: nothing` },
]) {
  test(`session: a stop does not wait for ${title}`, { timeout: 10_000 }, async (context) => {
    const server = await scriptedServer(context, script);
    const stop = new AbortController();
    const outcome = outcomeOf({ ...plain(server.port), stop: stop.signal });
    setTimeout(() => stop.abort(), 50);
    assert.match(await outcome, /^connection: /);
    assert.match(await outcomeOf({ ...plain(server.port), stop: stop.signal }), /^connection: /);
  });
}

test('session: a stop leaves a session alone that is open', async (context) => {
  const server = await scriptedServer(context, `${greeting}\nC: EHLO me\nS: 250 mail\nC: NOOP\nS: 250 OK`);
  const stop = new AbortController();
  const session = await openSession({ ...plain(server.port), stop: stop.signal });
  stop.abort();
  assert.equal((await session.dialogue.command('NOOP')).code, 250);
  session.dialogue.destroy();
});

function plain(port: number): SessionRequest {
  return {
    endpoint: { address: '127.0.0.1', port },
    clientName: 'me',
    greeting: 'EHLO',
    tls: demand('none'),
    secureContext: () => tls.createSecureContext({ ca: [root.certificate] }),
    authorities,
    clock: systemClock,
    stop: new AbortController().signal,
  };
}

async function outcomeOf(request: SessionRequest): Promise<string> {
  try {
    const session = await openSession(request);
    const words = [...session.extensions].map((one) => one.join(' ').trim()).join('; ');
    session.dialogue.destroy();
    return session.tls === undefined ? words : `${words} over TLS`;
  } catch (thrown) {
    if (!(thrown instanceof SessionRefused)) throw thrown;
    return `${thrown.by}: ${thrown.reply}`;
  }
}
