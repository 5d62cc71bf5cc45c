import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { probe, type ProbeArguments } from '../../src/command/probe.ts';
import { issue, makeAuthority, type Issued } from '../support/certificates.ts';
import { temporaryFolder, writeTree } from '../support/output-folder.ts';
import { fakeNameServer, wireName } from './fake-name-server.ts';
import { scriptedServer } from '../support/scripted-server.ts';

const root = await makeAuthority('fabrikam root');
const stranger = await makeAuthority('somebody else');
const ourRoot = await makeAuthority('contoso root');
const ours = await issue({ authority: ourRoot, domains: ['mail.contoso.com', 'contoso.com'] });
const good = await issue({ authority: root, domains: ['mail.fabrikam.com', 'fabrikam.com'] });

const topology = (connector: string, mx: string): string => `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2019", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mail.contoso.com, addresses: [192.0.2.25] }
certificates:
  ours: { issuedBy: contoso-root, domains: [mail.contoso.com, contoso.com], installedOn: [MBX1], services: [SMTP], file: ours.pem, privateKey: ours.key }
authorities:
  contoso-root: { file: contoso-root.pem, trustedOn: [MBX1] }
  fabrikam-root: { file: fabrikam-root.pem, trustedOn: [MBX1] }
partners:
  fabrikam:
    domains: [fabrikam.com]
    addresses: [198.51.100.0/24]
    certificate: { issuedBy: fabrikam-root, domains: [mail.fabrikam.com, fabrikam.com] }
    trusts: [contoso-root]
credentials:
  account: { username: contoso, passwordFrom: { env: NOBODY_SETS_THIS } }
sendConnectors:
  To Fabrikam: { partner: fabrikam, sourceTransportServers: [MBX1], ${connector} }
receiveConnectors:
  MBX1\\From Fabrikam:
    partner: fabrikam
    bindings: ["192.0.2.25:25"]
    fqdn: mail.contoso.com
    authMechanism: [Tls]
    requireTLS: true
    domainSecureEnabled: true
    permissionGroups: [AnonymousUsers, Partners]
dns:
  fabrikam.com: { mx: ${mx} }
  mail.fabrikam.com: { a: [198.51.100.10] }
  mail2.fabrikam.com: { a: [198.51.100.11] }
`;
const secure = 'domainSecureEnabled: true';

interface Ran {
  readonly code: number;
  readonly out: string;
}

/** Probes Fabrikam where a port of loopback stands for its server. */
async function probed(
  context: TestContext,
  port: number | 'nowhere else',
  args: Partial<ProbeArguments> = {},
  connector = secure,
  mx = '[[10, mail.fabrikam.com]]',
): Promise<Ran> {
  const folder = temporaryFolder(context);
  writeTree(folder, {
    'topology.yaml': topology(connector, mx),
    'ours.pem': ours.certificate,
    'ours.key': ours.privateKey,
    'contoso-root.pem': ourRoot.certificate,
    'fabrikam-root.pem': root.certificate,
  });
  let out = '';
  const code = await probe(
    join(folder, 'topology.yaml'),
    'Fabrikam',
    {
      resolver: 'dns',
      ...(port !== 'nowhere else' && { connect: `127.0.0.1:${port}` }),
      timeout: 1,
      clientCertificate: true,
      format: 'pretty',
      ...args,
    },
    { out: (text) => (out += text), err: () => undefined },
  );
  return { code, out };
}

const greeting = 'S: 220 mail.fabrikam.com ready\nC: EHLO mail.contoso.com\n';
/** The whole of a session: the script fails where anything else is said, above all MAIL. */
const whole = `${greeting}S: 250-mail.fabrikam.com\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS
C: EHLO mail.contoso.com\nS: 250 mail.fabrikam.com\nC: QUIT\nS: 221 bye\nCLOSE`;
const whereJudged = `${greeting}S: 250-mail.fabrikam.com\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\nC: QUIT\nCLOSE`;
const withoutTls = `${greeting}S: 250 mail.fabrikam.com\nC: QUIT\nS: 221 bye\nCLOSE`;

const cases: readonly {
  readonly title: string;
  readonly script: string;
  readonly certificate?: () => Promise<Issued>;
  readonly connector?: string;
  readonly code: number;
  readonly says: readonly RegExp[];
  readonly silent?: readonly RegExp[];
}[] = [
  {
    title: 'a good server',
    script: whole,
    code: 0,
    says: [
      /^To fabrikam\.com: mail goes$/m,
      /^ {2}shows the certificate "ours" where it is asked for one$/m,
      /^ {4}certificate for mail\.fabrikam\.com, fabrikam\.com; issued by CN=fabrikam root; /m,
      /^ {4}Exchange sends over TLSv1\.3, .*: the certificate is trusted and holds fabrikam\.com$/m,
      /^ {4}with the certificate that its server showed, from 198\.51\.100\.0: accepted$/m,
    ],
  },
  {
    title: 'a certificate with the name of the host alone',
    script: whereJudged,
    certificate: () => issue({ authority: root, domains: ['mail.fabrikam.com'] }),
    code: 1,
    says: [
      /^To fabrikam\.com: mail does not go: 454 4\.7\.5 .*Reason:SubjectMismatch$/m,
      /from 198\.51\.100\.0: rejected: 454 4\.7\.5 /,
    ],
  },
  {
    title: 'a certificate that has expired',
    script: whereJudged,
    certificate: () => issue({ authority: root, domains: ['fabrikam.com'], validity: 'expired' }),
    code: 1,
    says: [/Reason:Expired$/m],
  },
  {
    title: 'a certificate of an unknown authority',
    script: whereJudged,
    certificate: () => issue({ authority: stranger, domains: ['fabrikam.com'] }),
    code: 1,
    says: [/Reason:UntrustedRoot$/m, /issued by CN=somebody else;/],
  },
  {
    title: 'any certificate where the connector asks for none',
    script: whole,
    certificate: () => issue({ authority: stranger, domains: ['elsewhere.example'] }),
    connector: 'dnsRoutingEnabled: true',
    code: 0,
    says: [/^ {4}Exchange sends over TLSv1\.3, \S+, whatever the certificate$/m],
  },
  {
    title: 'no STARTTLS',
    script: withoutTls,
    code: 1,
    says: [/mail does not go: 451 5\.7\.3 STARTTLS is required to send mail$/m],
  },
  {
    title: 'a name that would steer a terminal',
    script: 'RAW: "220 \\u001b[31mred\\r\\n"\nC: EHLO mail.contoso.com\nS: 250 x\nC: QUIT\nCLOSE',
    code: 1,
    says: [/^ {4}< 220 <U\+001B>\[31mred$/m],
    silent: [/\u001b/],
  },
  {
    title: 'a server that wants nobody',
    script: 'S: 554 5.7.1 not you',
    code: 1,
    says: [/the server refuses; .*: 554 5\.7\.1 not you$/m],
  },
  {
    title: 'no SMTP at all',
    script: 'S: SSH-2.0-OpenSSH_9.2',
    code: 1,
    says: [/a line that is no SMTP reply$/m],
  },
  { title: 'silence', script: 'ANYTHING', code: 1, says: [/The server gave no reply in time$/m] },
  {
    title: 'a huge banner',
    script: `RAW: ${JSON.stringify('220 '.padEnd(100_000, 'x'))}`,
    code: 1,
    says: [/a reply line that is too long$/m],
  },
];

for (const { title, script, certificate, connector, code, says, silent = [] } of cases) {
  test(`probe: ${title}`, async (context) => {
    const { certificate: cert, privateKey: key } = (await certificate?.()) ?? good;
    const server = await scriptedServer(context, script, { cert, key });
    const ran = await probed(context, server.port, {}, connector);
    for (const one of says) assert.match(ran.out, one);
    for (const one of silent) assert.doesNotMatch(ran.out, one);
    assert.equal(ran.code, code, ran.out);
    if (script.includes('CLOSE')) await server.done;
  });
}

test('probe: a resolver is asked for MX, addresses, MTA-STS and TLSA', async (context) => {
  const server = await scriptedServer(context, whole, { cert: good.certificate, key: good.privateKey });
  const txt = Buffer.from('v=STSv1; id=1');
  const resolver = await fakeNameServer(context, {
    'MX fabrikam.com': [Buffer.concat([Buffer.from([0, 10]), wireName('mx.fabrikam.com')])],
    'A mx.fabrikam.com': [Buffer.from([127, 0, 0, 1])],
    'TXT _mta-sts.fabrikam.com': [Buffer.concat([Buffer.from([txt.length]), txt])],
    [`TLSA _${server.port}._tcp.mx.fabrikam.com`]: [
      Buffer.concat([Buffer.from([3, 0, 0]), new X509Certificate(good.certificate).raw]),
    ],
  });
  const real = { resolver: `127.0.0.1:${resolver}` };
  const { code, out } = await probed(context, 'nowhere else', real, `${secure}, port: ${server.port}`);
  assert.match(out, /^fabrikam, by the resolver 127\.0\.0\.1:\d+; no mail was sent$/m);
  assert.match(out, /^ {2}mx\.fabrikam\.com 127\.0\.0\.1:\d+$/m);
  assert.match(out, /^ {2}dns of the topology says MX mail\.fabrikam\.com, but it is mx\.fabrikam\.com$/m);
  assert.match(out, /^ {4}DANE: TLSA 3 0 0 fits the certificate$/m);
  // The record is there, and the host that would have the policy is not.
  assert.match(out, /^ {2}MTA-STS: faulty, it cannot be fetched: ENOTFOUND$/m);
  assert.equal(code, 0);
});

test('probe: one host of two does not answer', async (context) => {
  const server = await scriptedServer(context, whole, { cert: good.certificate, key: good.privateKey });
  // The script serves one session; the second host connects and hears nothing.
  const { code, out } = await probed(
    context,
    server.port,
    {},
    secure,
    '[[10, mail.fabrikam.com], [20, mail2.fabrikam.com]]',
  );
  assert.match(out, /^To fabrikam\.com: mail goes, but not to every host$/m);
  assert.match(
    out,
    /^ {2}mail\.fabrikam\.com [^]*Exchange sends[^]*^ {2}mail2\.fabrikam\.com [^]*gave no reply in time$/m,
  );
  assert.equal(code, 1);
});

test('probe: a closed port', async (context) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  const { code, out } = await probed(context, port);
  assert.match(out, /no session comes about; .*: 421 4\.2\.1 Unable to connect: ECONNREFUSED$/m);
  assert.equal(code, 1);
});

test('probe: no password is sent', async (context) => {
  const server = await scriptedServer(context, whole, { cert: good.certificate, key: good.privateKey });
  const connector =
    'smartHosts: [mail.fabrikam.com], smartHostAuthMechanism: BasicAuthRequireTLS, authenticationCredential: account, requireTLS: true';
  const { out } = await probed(context, server.port, {}, connector);
  await server.done;
  assert.doesNotMatch(out, /AUTH/);
});

test('probe: the certificate may be kept back', async (context) => {
  const server = await scriptedServer(context, whole, { cert: good.certificate, key: good.privateKey });
  const { code, out } = await probed(context, server.port, { clientCertificate: false });
  assert.match(
    out,
    /shows no certificate here, though the server would show "ours": --no-client-certificate says so/,
  );
  assert.equal(code, 0);
});

test('probe: JSON has the chain, what was said and the outcome', async (context) => {
  const server = await scriptedServer(context, whole, { cert: good.certificate, key: good.privateKey });
  const { out } = await probed(context, server.port, { format: 'json' });
  const value = JSON.parse(out);
  const [domain] = value.domains;
  const [host] = domain.hosts;
  assert.equal(value.version, 1);
  assert.equal(domain.reach, 'every host');
  assert.equal(host.level, 'domain-secure');
  assert.deepEqual(host.expectedNames, ['fabrikam.com']);
  assert.equal(host.outcome.kind, 'ready');
  assert.equal(host.chain.length, 2);
  assert.deepEqual(host.said.at(-2), { by: 'us', text: 'QUIT' });
  assert.deepEqual(value.inbound[0].verdict, { kind: 'accepted' });
});

test('probe: a partner nobody declared is a fault of usage', async (context) => {
  await assert.rejects(
    probed(context, 1, { connect: 'nowhere' }),
    /--connect: "nowhere" is no host and port such as/,
  );
  await assert.rejects(probed(context, 1, { resolver: 'localhost:53' }), /--resolver is an IP address/);
  await assert.rejects(probed(context, 1, { timeout: 0 }), /--timeout is between/);
});
