import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { plain } from '../../src/report/report.ts';
import { prettyProofs } from '../../src/verify/reports.ts';
import { malformedPolicies, verify } from '../../src/verify/verify.ts';
import { askable, askableExample } from '../support/asked.ts';

interface Case {
  readonly title: string;
  /** What is different from the organization below. */
  readonly with: Readonly<Record<string, unknown>>;
  readonly violated: readonly string[];
}

const organization = {
  name: 'A',
  exchangeVersion: '2016',
  acceptedDomains: { 'a.example': 'authoritative', 'b.example': 'internalRelay' },
};
const servers = {
  MBX1: { role: 'mailbox', fqdn: 'mbx1.a.example', addresses: ['10.0.0.1'], site: 'X' },
  MBX2: { role: 'mailbox', fqdn: 'mbx2.a.example', addresses: ['10.0.0.2'], site: 'X' },
};
const base = {
  mailtopo: 1,
  organization,
  servers,
  certificates: {
    ours: {
      issuedBy: 'public',
      domains: ['mbx1.a.example', 'a.example'],
      installedOn: ['MBX1'],
      services: ['SMTP'],
    },
  },
  partners: {
    fabrikam: {
      domains: ['fabrikam.com'],
      addresses: ['198.51.100.10'],
      certificate: { issuedBy: 'public', domains: ['fabrikam.com'] },
    },
  },
  sendConnectors: {
    Out: { addressSpaces: ['*'], sourceTransportServers: ['MBX1'] },
    B: { addressSpaces: ['b.example'], smartHosts: ['10.9.0.9'], sourceTransportServers: ['MBX1'] },
  },
  receiveConnectors: {},
};
const relay = (ranges: readonly string[]): object => ({
  'MBX1\\Relay': {
    transportRole: 'FrontendTransport',
    bindings: ['10.0.0.1:2526'],
    remoteIPRanges: ranges,
    permissionGroups: ['AnonymousUsers'],
    extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': ['ms-Exch-SMTP-Accept-Any-Recipient'] },
  },
});
const secured = {
  sendConnectors: {
    ...base.sendConnectors,
    'To Fabrikam': {
      partner: 'fabrikam',
      addressSpaces: ['fabrikam.com'],
      sourceTransportServers: ['MBX1'],
      fqdn: 'mbx1.a.example',
      domainSecureEnabled: true,
    },
  },
  receiveConnectors: {
    'MBX1\\From Fabrikam': {
      transportRole: 'FrontendTransport',
      partner: 'fabrikam',
      bindings: ['10.0.0.1:25'],
      fqdn: 'mbx1.a.example',
      authMechanism: ['Tls'],
      requireTLS: true,
      domainSecureEnabled: true,
      permissionGroups: ['AnonymousUsers', 'Partners'],
    },
  },
};

const cases: readonly Case[] = [
  { title: 'all is well', with: {}, violated: [] },
  { title: 'Domain Security both ways', with: secured, violated: [] },
  {
    title: 'a relay for the Internet',
    with: { receiveConnectors: relay(['0.0.0.0-255.255.255.255']) },
    violated: ['no open relay: "Relay" on MBX1 lets anyone on the Internet relay'],
  },
  {
    title: 'a relay for a few',
    with: { receiveConnectors: relay(['10.0.8.0/24', '203.0.113.5']) },
    violated: [],
  },
  {
    title: 'a relay for more than a policy says',
    with: {
      receiveConnectors: relay(['10.0.8.0/24', '10.0.9.7']),
      policies: { 'Only printers': { relayOnlyFrom: ['10.0.8.0/24'] } },
    },
    violated: ['policy "Only printers": "Relay" on MBX1 lets relay, too: 10.0.9.7'],
  },
  {
    title: 'a relay for what a policy says, however it is cut',
    with: {
      receiveConnectors: relay(['10.0.8.0-10.0.8.200', '10.0.8.201-10.0.8.255']),
      policies: { 'Only printers': { relayOnlyFrom: ['10.0.8.0/25', '10.0.8.128/25'] } },
    },
    violated: [],
  },
  {
    title: 'a relay domain that nobody carries',
    with: { sendConnectors: { Out: { addressSpaces: ['c.example'], sourceTransportServers: ['MBX1'] } } },
    violated: [
      'every accepted domain is reached: mail for b.example at MBX1 waits: 451 4.4.0 Unreachable: no Send connector covers the domain',
    ],
  },
  {
    title: 'mail that goes round',
    with: {
      sendConnectors: {
        ...base.sendConnectors,
        B: { addressSpaces: ['b.example'], smartHosts: ['10.0.0.2'], sourceTransportServers: ['MBX1'] },
      },
    },
    violated: [
      'every accepted domain is reached: mail for b.example at MBX1 goes round: 554 5.4.14 Hop count exceeded - possible mail loop',
      'no mail goes round: mail for b.example comes back to MBX1',
      'no mail goes round: mail for b.example comes back to MBX2',
    ],
  },
  {
    title: 'a partner in the list, and no Domain Security',
    with: { transportConfig: { tlsSendDomainSecureList: ['fabrikam.com'] } },
    violated: [
      'mail to fabrikam over mutual TLS or not at all: Send connector "Out" sends mail to fabrikam.com with TLS that is opportunistic',
    ],
  },
  {
    title: 'a partner whose certificate lacks the domain',
    with: {
      ...secured,
      partners: {
        fabrikam: {
          ...base.partners.fabrikam,
          certificate: { issuedBy: 'public', domains: ['mail.fabrikam.com'] },
        },
      },
    },
    violated: [
      'every address space is reached on certificates that fit: mail for fabrikam.com waits at MBX1: 454 4.7.5 Certificate validation failure, Reason:SubjectMismatch',
    ],
  },
  {
    title: 'policies about TLS that do not hold',
    with: {
      policies: {
        'Proved senders': { from: ['fabrikam.com'], tls: 'mutual' },
        Encrypted: { from: ['b.example'], to: ['c.example'] },
        Reached: { reaches: ['c.example'] },
      },
    },
    violated: [
      'policy "Proved senders", from: "Default Frontend MBX1" on MBX1 takes mail from fabrikam.com without TLS',
      'policy "Proved senders", from: "Default Frontend MBX2" on MBX2 takes mail from fabrikam.com without TLS',
      'policy "Encrypted", from: "Default Frontend MBX1" on MBX1 takes mail from b.example without TLS',
      'policy "Encrypted", from: "Default Frontend MBX2" on MBX2 takes mail from b.example without TLS',
      'policy "Encrypted", to: Send connector "Out" sends mail to c.example with TLS that is opportunistic',
    ],
  },
  {
    title: 'policies about TLS that hold',
    with: {
      ...secured,
      policies: {
        Secured: { from: ['fabrikam.com'], to: ['fabrikam.com'], tls: 'mutual', reaches: ['*.c.example'] },
      },
    },
    violated: [],
  },
];

for (const { title, with: changes, violated } of cases) {
  test(`verify: ${title}`, async () => {
    const { world, topology } = askable(JSON.stringify({ ...base, ...changes }));
    const proofs = await verify(world, topology.policies);
    const said = proofs.flatMap((proof) =>
      proof.violations.map(({ message }) => `${proof.title}: ${message}`),
    );
    assert.deepEqual(said, violated);
    for (const { examined, title: property } of proofs)
      assert.ok(examined > 0, `${property} has asked nothing`);
  });
}

const right = [
  ...readdirSync('examples', { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [join('examples', one.name, 'topology.yaml')] : [],
  ),
  ...readdirSync('test/topologies').map((name) => join('test/topologies', name)),
];
for (const file of right) {
  test(`verify: ${file} holds`, async () => {
    const { world, topology } = askable(readFileSync(file, 'utf8'), file);
    const proofs = await verify(world, topology.policies);
    assert.deepEqual(
      proofs.flatMap(({ violations }) => violations.map(({ message }) => message)),
      [],
    );
  });
}

test('verify: says how many classes were examined, and who may relay', async () => {
  const { world, topology } = askableExample('contoso');
  const text = prettyProofs(await verify(world, topology.policies), () => undefined, plain);
  assert.match(
    text,
    /^holds {5}no open relay: 36 classes\n {12}"Printers" on HUB01 lets relay: 10\.0\.7\.1-10\.0\.7\.20, 10\.0\.8\.0-10\.0\.8\.255\n/,
  );
  assert.match(text, /\n6 hold, 0 violated; \d+ classes examined\n$/);
});

test('verify: a policy must be about something, and its ranges ranges', () => {
  const policies = { Empty: {}, Broken: { relayOnlyFrom: ['10.0.0.300'] }, Fine: { relayOnlyFrom: [] } };
  const { topology } = askable(JSON.stringify({ ...base, policies }));
  assert.deepEqual(
    malformedPolicies(topology.policies).map(({ message }) => message),
    ['Policy "Empty" is about nothing.', '"10.0.0.300" in policy "Broken" is no range of addresses.'],
  );
});
