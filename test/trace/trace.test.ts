import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WrittenScenario } from '../../src/trace/written-scenario.ts';
import { askable, askableExample, told } from '../support/asked.ts';

interface Case {
  readonly title: string;
  readonly topology: string;
  readonly scenario: WrittenScenario;
  /** Lines in their order, among others. */
  readonly says: readonly string[];
}

const fabrikam = { client: 'fabrikam', server: 'EDGE01', from: 'a@fabrikam.com', to: ['bob@contoso.com'] };

const cases: readonly Case[] = [
  {
    title: 'a domain-secure partner with its certificate',
    topology: 'contoso',
    scenario: { ...fabrikam, tls: 'mutual' },
    says: [
      'accepted',
      'From 198.51.100.0 to EDGE01 at 192.0.2.25:25, with TLS and the certificate "fabrikam"',
      'Receive connector "From Fabrikam": 198.51.100.0-198.51.100.255 is its closest range that holds 198.51.100.0',
      'not "Default internal receive connector EDGE01": its range is wider',
      'STARTTLS is offered with the certificate "contoso-mail", for the name mail.contoso.com; a client certificate is asked for',
      'the session is that of a domain-secure partner, and has Submit, Accept-Headers-Routing (Partners)',
      'Domain Security: the certificate speaks for fabrikam.com',
      'taken: contoso.com is an accepted domain (authoritative)',
      'at EDGE01: Send connector "EdgeSync - Inbound to Munich", by its address space --;1',
      'to HUB01 at 10.0.0.11:25',
      'the session is that of an Exchange server of ours, and has every right',
      'delivered: into the Maildir contoso.com',
    ],
  },
  {
    title: 'the same without TLS: the connector requires it',
    topology: 'contoso',
    scenario: fabrikam,
    says: [
      'rejected: 451 5.7.3 Must issue a STARTTLS command first',
      'the connector requires TLS, and the client uses none',
    ],
  },
  {
    title: 'the same in the dialect of the standards',
    topology: 'contoso',
    scenario: { ...fabrikam, dialect: 'rfc' },
    says: [
      'rejected: 530 5.7.0 Must issue a STARTTLS command first',
      'the connector requires TLS, and the client uses none',
    ],
  },
  {
    title: 'the same with TLS and no certificate: Domain Security',
    topology: 'contoso',
    scenario: { ...fabrikam, tls: 'tls' },
    says: [
      'rejected: 454 4.7.5 Certificate validation failure',
      'fabrikam.com is on tlsReceiveDomainSecureList, and of the certificate: none was shown',
    ],
  },
  {
    title: 'a stranger in the name of the partner',
    topology: 'contoso',
    scenario: { ...fabrikam, client: '203.0.113.9', tls: 'mutual', clientCertificate: 'contoso-mail' },
    says: [
      'rejected: 454 4.7.5 Certificate validation failure',
      'not "From Fabrikam": its remote ranges do not hold the client',
    ],
  },
  {
    title: 'somebody who wants to relay',
    topology: 'contoso',
    scenario: { client: '203.0.113.9', server: 'EDGE01', from: 'a@spam.example', to: ['x@victim.example'] },
    says: [
      'rejected: 550 5.7.1 Unable to relay',
      'refused: victim.example is no accepted domain, and the session lacks Accept-Any-Recipient -> 550 5.7.1 Unable to relay',
    ],
  },
  {
    title: 'a printer that may relay, over Domain Security to the partner',
    topology: 'contoso',
    scenario: {
      client: '10.0.7.5',
      binding: '10.0.0.11:2526',
      from: 'p@contoso.com',
      to: ['x@fabrikam.net'],
    },
    says: [
      'accepted',
      'taken: the session may relay to anyone, by NT AUTHORITY\\ANONYMOUS LOGON',
      'at HUB01: Send connector "To Fabrikam", by its address space fabrikam.net;5',
      'not "EdgeSync - Munich to Internet": less specific address space',
      'to EDGE01 at 192.0.2.25:25',
      'leaves EDGE01 by the MX of fabrikam.net: mail.fabrikam.com (198.51.100.10)',
      "EHLO mail.contoso.com; mutual TLS by Domain Security, with a certificate that ends in the partner's own root and bears the name fabrikam.net",
      'where STARTTLS is not offered: waits, 451 5.7.3 STARTTLS is required to send mail',
      'where the certificate bears other names: waits, 454 4.7.5 Certificate validation failure, Reason:SubjectMismatch',
      'the certificate "contoso-mail" is shown where one is asked for',
      'the certificate that fabrikam declares will do',
      'fabrikam has our root',
    ],
  },
  {
    title: 'nobody listens there',
    topology: 'contoso',
    scenario: { client: '10.0.7.5', binding: '10.0.0.11:2525' },
    says: [
      'rejected: 421 4.2.1 Unable to connect: nothing listens at 10.0.0.11:2525',
      'not "Printers": it listens on another port',
    ],
  },
  {
    title: 'somebody listens there, but not to this client',
    topology: 'contoso',
    scenario: { client: '192.0.2.1', binding: '10.0.0.11:2526' },
    says: [
      'rejected: 421 4.3.2 Service not available',
      'not "Printers": its remote ranges do not hold the client',
    ],
  },
  {
    title: 'a message that is too large for the connector',
    topology: 'contoso',
    scenario: { ...fabrikam, tls: 'mutual', size: '11MB' },
    says: ['rejected: 552 5.3.4 Message size exceeds fixed maximum message size'],
  },
  {
    title: 'a user who would log on in the clear',
    topology: 'contoso',
    scenario: { client: '10.0.0.5', server: 'HUB01', auth: 'ann@contoso.com', from: 'ann@contoso.com' },
    says: ['rejected: 504 5.7.4 Unrecognized authentication type'],
  },
  {
    title: 'a user behind TLS, who may relay',
    topology: 'contoso',
    scenario: {
      client: '10.0.0.5',
      binding: '10.0.0.11:587',
      tls: 'tls',
      auth: 'ann@contoso.com',
      from: 'ann@contoso.com',
      to: ['x@fabrikam.com'],
    },
    says: [
      'accepted',
      'the session is that of a user, and has Submit, Accept-Any-Recipient, Accept-Headers-Routing, Bypass-Anti-Spam (ExchangeUsers)',
      '> (name and password of ann@contoso.com) -> 235 2.7.0 Authentication successful',
      'taken: the session may relay to anyone, by ExchangeUsers',
    ],
  },
  {
    title: 'one of two recipients',
    topology: 'contoso',
    scenario: {
      client: '10.0.0.5',
      server: 'HUB01',
      from: 'a@b.example',
      to: ['bob@contoso.com', 'x@b.example'],
    },
    says: ['rejected: 530 5.7.1 Client was not authenticated'],
  },
  {
    title: 'a smart host that must prove its name, and a queue',
    topology: 'adatum',
    scenario: { server: 'EX19A', from: 'a@adatum.com', to: ['x@wherever.example'] },
    says: [
      'accepted',
      'To x@wherever.example, in the queue of EX19A',
      'leaves EX19A to the smart host out.filter.example, which dns does not tell: there is no entry for out.filter.example',
      'EHLO mail.adatum.com; TLS, with a certificate that ends in a trusted root and bears the name out.filter.example',
      'where STARTTLS is not offered: waits, 451 5.7.3 STARTTLS is required to send mail',
      'the certificate that filter-service declares will do',
    ],
  },
  {
    title: 'no Send connector at all',
    topology: 'document',
    scenario: { server: 'HUB01', to: ['x@wherever.example'] },
    says: [
      'rejected: 451 4.4.0 Unreachable: no Send connector covers the domain',
      'waits in the queue: 451 4.4.0 Unreachable: no Send connector covers the domain',
    ],
  },
];

for (const { title, topology, scenario, says } of cases) {
  test(`trace: ${title}`, async () => {
    const text = await told(askableExample(topology), scenario);
    const lines = text.split('\n').map((line) => line.trim());
    assert.equal(lines[0], says[0]);
    let from = 0;
    for (const line of says) {
      const at = lines.indexOf(line, from);
      assert.ok(at !== -1, `no line ${JSON.stringify(line)} in its place in\n${text}`);
      from = at;
    }
  });
}

const round = `
mailtopo: 1
organization: { name: A, exchangeVersion: "2016", acceptedDomains: { a.example: authoritative, b.example: internalRelay } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.a.example, addresses: [10.0.0.1], site: X }
  MBX2: { role: mailbox, fqdn: mbx2.a.example, addresses: [10.0.0.2], site: X }
sendConnectors:
  There: { addressSpaces: [b.example], smartHosts: [10.0.0.2], sourceTransportServers: [MBX1] }
  Back: { addressSpaces: ["b.example;2"], smartHosts: [10.0.0.1], sourceTransportServers: [MBX2] }
receiveConnectors:
  From 2:
    { server: MBX1, transportRole: FrontendTransport, bindings: ["10.0.0.1:25"], remoteIPRanges: [10.0.0.2], permissionGroups: [AnonymousUsers] }
`;

test('trace: mail that goes round is followed once', async () => {
  const text = await told(askable(round), { server: 'MBX1', to: ['x@b.example'] });
  assert.match(text, /^rejected: 554 5\.4\.14 Hop count exceeded/);
  assert.match(text, /goes round: MBX1 has had it already/);
});

test('trace: a server that another connector captures is told so', async () => {
  const captured = round
    .replace('remoteIPRanges: [10.0.0.2]', 'remoteIPRanges: [10.0.0.0/24]')
    .replace('Back: {', 'Unused: { enabled: false,');
  const text = await told(
    askable(
      captured.replace(
        'smartHosts: [10.0.0.2], sourceTransportServers: [MBX1]',
        'smartHosts: [192.0.2.9], sourceTransportServers: [MBX1]',
      ),
    ),
    { server: 'MBX2', to: ['x@b.example'] },
  );
  assert.match(text, /to MBX1 at 10\.0\.0\.1:25/);
  assert.match(text, /Receive connector "From 2"/);
});
