import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendConnector } from '../../../runtime/config.ts';
import { decideOnCertificate, decideOnOffer, tlsDemand } from '../../../runtime/decide/outbound-tls.ts';
import type { ChainOutcome, PresentedCertificate } from '../../../runtime/decide/client-certificate.ts';
import { domainSecureList } from '../../../runtime/decide/inbound-security.ts';
import { sendConnector } from '../../support/transport-config.ts';

/** What happens without STARTTLS, with a bad chain, with a good chain of another name, and with the right name. */
type Row = readonly [notOffered: string, badChain: string, wrongName: string, rightName: string];

const inAuthority: ChainOutcome = { kind: 'ends in authority', authority: 'fabrikam-root' };
const presented: PresentedCertificate = {
  chain: inAuthority,
  names: ['fabrikam.com'],
  notBefore: 0,
  notAfter: 9,
};
const partners = [{ name: 'fabrikam', domains: ['fabrikam.com'], issuedBy: 'fabrikam-root' }];

interface Case {
  readonly title: string;
  readonly connector: Partial<SendConnector>;
  readonly listed?: readonly string[];
  readonly smartHost?: string;
  readonly rightName?: string;
  readonly row: Row;
}

const noTls = '451 5.7.3 STARTTLS is required to send mail';
const untrusted = '454 4.7.5 Certificate validation failure, Reason:UntrustedRoot';
const mismatch = '454 4.7.5 Certificate validation failure, Reason:SubjectMismatch';

const cases: readonly Case[] = [
  { title: 'opportunistic', connector: {}, row: ['send', 'send', 'send', 'send'] },
  { title: 'STARTTLS ignored', connector: { ignoreSTARTTLS: true }, row: ['send', 'send', 'send', 'send'] },
  { title: 'required', connector: { requireTLS: true }, row: [noTls, 'send', 'send', 'send'] },
  {
    title: 'encryption only',
    connector: { requireTLS: true, tlsAuthLevel: 'EncryptionOnly' },
    row: [noTls, 'send', 'send', 'send'],
  },
  {
    title: 'certificate validation',
    connector: { requireTLS: true, tlsAuthLevel: 'CertificateValidation' },
    row: [noTls, untrusted, 'send', 'send'],
  },
  {
    title: 'domain validation of the recipient domain',
    connector: { requireTLS: true, tlsAuthLevel: 'DomainValidation' },
    row: [noTls, untrusted, mismatch, 'send'],
  },
  {
    title: 'domain validation of TlsDomain',
    connector: { requireTLS: true, tlsAuthLevel: 'DomainValidation', tlsDomain: 'mail.fabrikam.com' },
    rightName: '*.fabrikam.com',
    row: [noTls, untrusted, mismatch, 'send'],
  },
  {
    title: 'Domain Security',
    connector: { domainSecureEnabled: true },
    listed: ['Fabrikam.com'],
    row: [noTls, untrusted, mismatch, 'send'],
  },
  {
    title: 'Domain Security wants the domain, not a wildcard',
    connector: { domainSecureEnabled: true },
    listed: ['fabrikam.com'],
    rightName: '*.com',
    row: [noTls, untrusted, mismatch, mismatch],
  },
  {
    title: 'Domain Security for a domain that is not listed',
    connector: { domainSecureEnabled: true },
    row: ['send', 'send', 'send', 'send'],
  },
  {
    title: 'a password wants the smart host by name',
    connector: { smartHostAuthMechanism: 'BasicAuthRequireTLS' },
    smartHost: 'in.fabrikam.com',
    rightName: 'in.fabrikam.com',
    row: [noTls, untrusted, mismatch, 'send'],
  },
  {
    title: 'a password never goes to an address literal',
    connector: { smartHostAuthMechanism: 'BasicAuthRequireTLS' },
    smartHost: '192.0.2.1',
    row: [noTls, untrusted, untrusted, untrusted],
  },
];

for (const { title, connector, listed = [], smartHost, rightName = 'fabrikam.com', row } of cases) {
  test(`outbound TLS: ${title}`, () => {
    const demand = tlsDemand(
      sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], ...connector }),
      { domain: 'fabrikam.com', ...(smartHost && { smartHost }) },
      domainSecureList(listed, partners),
    );
    const offer = decideOnOffer(demand, 'STARTTLS not offered');
    const seen = [
      offer.kind === 'defer' ? offer.reply : offer.kind,
      after([rightName], { kind: 'refused', reason: 'untrusted root' }),
      after(['mail.tailspin.example']),
      after([rightName]),
    ];
    assert.deepEqual(seen, row);

    function after(names: readonly string[], chain: ChainOutcome = inAuthority): string {
      const decision = decideOnCertificate(demand, { ...presented, chain, names }, 1);
      return decision.kind === 'defer' ? decision.reply : decision.kind;
    }
  });
}

test('outbound TLS: STARTTLS is used wherever it is offered, unless the connector ignores it', () => {
  const offered = (written: Partial<SendConnector>): string =>
    decideOnOffer(
      tlsDemand(
        sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], ...written }),
        { domain: 'fabrikam.com' },
        domainSecureList([], []),
      ),
      'STARTTLS offered',
    ).kind;
  assert.equal(offered({}), 'start TLS');
  assert.equal(offered({ ignoreSTARTTLS: true }), 'send');
});

test('outbound TLS: the root of one partner does not vouch for another', () => {
  const both = [...partners, { name: 'tailspin', domains: ['tailspin.com'], issuedBy: 'public' }];
  const demand = tlsDemand(
    sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], domainSecureEnabled: true }),
    { domain: 'tailspin.com' },
    domainSecureList(['tailspin.com', 'fabrikam.com'], both),
  );
  const decision = decideOnCertificate(demand, { ...presented, names: ['tailspin.com'] }, 1);
  assert.deepEqual(decision, { kind: 'defer', reply: untrusted });
});

const privateRoot: ChainOutcome = { kind: 'ends in authority', authority: 'contoso-root' };
const publicRoot: ChainOutcome = { kind: 'ends in public root' };
const twoPartners = [...partners, { name: 'wingtip', domains: ['wingtip.com'], issuedBy: 'wingtip-root' }];

/** Off the lists, too: who may vouch for the name that a connector looks for. */
const vouching: readonly {
  readonly title: string;
  readonly domain: string;
  readonly connector?: Partial<SendConnector>;
  readonly smartHost?: string;
  readonly name?: string;
  readonly chain: ChainOutcome;
  readonly outcome: string;
}[] = [
  { title: "a partner's own root", domain: 'fabrikam.com', chain: inAuthority, outcome: 'send' },
  { title: "another partner's root", domain: 'wingtip.com', chain: inAuthority, outcome: untrusted },
  {
    title: "a partner's root for a domain of nobody",
    domain: 'a.example',
    chain: inAuthority,
    outcome: untrusted,
  },
  {
    title: 'a root of ours for a domain of nobody',
    domain: 'a.example',
    chain: privateRoot,
    outcome: 'send',
  },
  { title: 'a public root for a domain of nobody', domain: 'a.example', chain: publicRoot, outcome: 'send' },
  {
    title: 'a public root for a partner with a root of its own',
    domain: 'fabrikam.com',
    chain: publicRoot,
    outcome: untrusted,
  },
  {
    title: "a partner's root for a host below its domain",
    domain: 'a.example',
    connector: { tlsDomain: 'mail.fabrikam.com' },
    name: 'mail.fabrikam.com',
    chain: inAuthority,
    outcome: 'send',
  },
  {
    title: "a partner's root for the host that its connector names",
    domain: 'fabrikam.com',
    connector: { partner: 'fabrikam', tlsDomain: 'mx.hosted.example' },
    name: 'mx.hosted.example',
    chain: inAuthority,
    outcome: 'send',
  },
  {
    title: "a partner's root for a smart host that gets a password",
    domain: 'a.example',
    connector: {
      requireTLS: false,
      tlsAuthLevel: 'EncryptionOnly',
      smartHostAuthMechanism: 'BasicAuthRequireTLS',
    },
    smartHost: 'in.scans.example',
    name: 'in.scans.example',
    chain: inAuthority,
    outcome: untrusted,
  },
];

for (const { title, domain, connector, smartHost, name = domain, chain, outcome } of vouching) {
  test(`outbound TLS: domain validation meets ${title}`, () => {
    const demand = tlsDemand(
      sendConnector({
        name: 'out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        requireTLS: true,
        tlsAuthLevel: 'DomainValidation',
        ...connector,
      }),
      { domain, ...(smartHost !== undefined && { smartHost }) },
      domainSecureList([], twoPartners),
    );
    const decision = decideOnCertificate(demand, { ...presented, chain, names: [name] }, 1);
    assert.equal(decision.kind === 'defer' ? decision.reply : decision.kind, outcome);
  });
}

const faults: readonly {
  title: string;
  presented: PresentedCertificate | undefined;
  now?: number;
  reason: string;
}[] = [
  { title: 'nothing was presented', presented: undefined, reason: 'EmptyCertificate' },
  { title: 'it has expired', presented, now: 10, reason: 'Expired' },
  { title: 'it is not valid yet', presented, now: -1, reason: 'NotYetValid' },
  {
    title: 'a public authority vouches for a partner that has a root of its own',
    presented: { ...presented, chain: { kind: 'ends in public root' } },
    reason: 'UntrustedRoot',
  },
  {
    title: 'it is for clients only',
    presented: { ...presented, extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] },
    reason: 'WrongPurpose',
  },
];

for (const { title, presented: certificate, now = 1, reason } of faults) {
  test(`outbound TLS: mail for a domain-secure domain waits where ${title}`, () => {
    const connector = sendConnector({
      name: 'out',
      to: ['*'],
      sourceTransportServers: ['MBX1'],
      domainSecureEnabled: true,
    });
    const demand = tlsDemand(
      connector,
      { domain: 'fabrikam.com' },
      domainSecureList(['fabrikam.com'], partners),
    );
    assert.deepEqual(decideOnCertificate(demand, certificate, now), {
      kind: 'defer',
      reply: `454 4.7.5 Certificate validation failure, Reason:${reason}`,
    });
  });
}
