import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trustFaults, type TrustFault } from '../../src/rule-kit/mutual-trust.ts';
import { bind } from '../support/topology-text.ts';

/** What differs from a topology in which both sides trust each other and hold their domains. */
interface Case {
  readonly title: string;
  readonly certificates?: string;
  readonly authorities?: string;
  readonly partner?: string;
  readonly connectors?: string;
  readonly faults: readonly string[];
}

const ours =
  '{ issuedBy: ours, domains: [mail.contoso.com, contoso.com], installedOn: [EDGE01], services: [SMTP] }';
const authorities = '{ ours: { trustedOn: [EDGE01] }, theirs: { trustedOn: [EDGE01] } }';
const theirs = 'certificate: { issuedBy: theirs, domains: [fabrikam.com] }';
const send = 'sendConnectors: { To: { partner: fabrikam, server: EDGE01, domainSecureEnabled: true } }';
const receive =
  'receiveConnectors: { From: { partner: fabrikam, server: EDGE01, bindings: ["192.0.2.25:25"], domainSecureEnabled: true } }';
const selfSigned =
  '{ issuedBy: selfSigned, domains: [mail.contoso.com, contoso.com], installedOn: [EDGE01], services: [SMTP] }';

const cases: readonly Case[] = [
  { title: 'both sides trust each other', faults: [] },
  { title: 'the other direction', connectors: receive, faults: [] },
  {
    title: 'a partner that trusts nothing, in both directions',
    partner: theirs,
    connectors: `${send}\n${receive}`,
    faults: ['partner does not trust: ours'],
  },
  {
    title: 'a root that is trusted on another server only',
    authorities: '{ ours: {}, theirs: { trustedOn: [HUB01] } }',
    faults: ['server does not trust: EDGE01'],
  },
  {
    title: 'a domain of the partner that only a host name of it stands for',
    partner:
      'certificate: { issuedBy: theirs, domains: [mail.fabrikam.com, "*.fabrikam.com"] }, trusts: [ours]',
    faults: ['partner lacks domain: fabrikam.com'],
  },
  {
    title: 'a domain of the partner that the connector does not serve',
    partner: 'certificate: { issuedBy: theirs, domains: [fabrikam.net] }, trusts: [ours]',
    connectors: send.replace('server:', 'addressSpaces: [fabrikam.net], server:'),
    faults: [],
  },
  {
    title: 'a self-signed certificate that the partner has installed',
    certificates: `{ own: ${selfSigned} }`,
    partner: `${theirs}, trusts: [own]`,
    faults: [],
  },
  {
    title: 'a self-signed certificate that nobody has installed',
    certificates: `{ own: ${selfSigned} }`,
    partner: theirs,
    faults: ['partner does not trust: own'],
  },
  {
    title: 'a self-signed certificate of the partner that no authority stands for',
    partner: 'certificate: { issuedBy: selfSigned, domains: [fabrikam.com] }, trusts: [ours]',
    faults: ['server does not trust: EDGE01'],
  },
  {
    title: 'a self-signed certificate of the partner, and an authority with its name',
    authorities: '{ ours: {}, Fabrikam: { trustedOn: [EDGE01] } }',
    partner: 'certificate: { issuedBy: selfSigned, domains: [fabrikam.com] }, trusts: [ours]',
    faults: [],
  },
  {
    title: 'a public certificate here and a private one there',
    certificates: `{ own: ${ours.replace('issuedBy: ours', 'issuedBy: public')} }`,
    faults: ['public and private: own'],
  },
  {
    title: 'a private certificate here and a public one there',
    partner: 'certificate: { issuedBy: public, domains: [fabrikam.com] }, trusts: [ours]',
    faults: ['public and private: own'],
  },
  {
    title: 'an old and a new certificate, of which the partner trusts one',
    certificates: `{ old: ${ours.replace('issuedBy: ours', 'issuedBy: outdated')}, new: ${ours} }`,
    authorities: '{ ours: {}, outdated: {}, theirs: { trustedOn: [EDGE01] } }',
    faults: [],
  },
  {
    title: 'no certificate but that of setup',
    certificates: '{}',
    faults: ['only setup certificate: EDGE01'],
  },
  {
    title: 'no certificate for another name',
    certificates: '{}',
    connectors: send.replace('server:', 'fqdn: smtp.contoso.com, server:'),
    faults: ['no certificate: EDGE01'],
  },
  {
    title: 'a certificate that lacks the name, which another rule reports',
    connectors: send.replace('server:', 'fqdn: smtp.contoso.com, server:'),
    faults: [],
  },
  {
    title: 'a certificate for other services',
    certificates: `{ own: ${ours.replace('SMTP', 'IIS')} }`,
    faults: ['only setup certificate: EDGE01'],
  },
  {
    title: 'a certificate without our domain',
    certificates: `{ own: ${ours.replace(', contoso.com]', ']')} }`,
    faults: ['no domain of ours: own'],
  },
  {
    title: 'a certificate that is chosen by issuer and subject',
    certificates: `{ own: ${ours.replace('mail.contoso.com, ', '')} }`,
    connectors: send.replace('server:', 'tlsCertificateName: "<I>CN=x<S>CN=y", server:'),
    faults: [],
  },
  { title: 'a partner that declares no certificate', partner: 'trusts: [ours]', faults: [] },
  {
    title: 'an authority that nobody declares, which another rule reports',
    certificates: `{ own: ${ours.replace('issuedBy: ours', 'issuedBy: nobody')} }`,
    partner: 'certificate: { issuedBy: nobody, domains: [fabrikam.com] }',
    faults: [],
  },
  {
    title: 'a connector without Domain Security',
    partner: theirs,
    connectors: send.replace('true', 'false'),
    faults: [],
  },
];

function textOf(one: Case): string {
  return [
    'mailtopo: 1',
    'organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }',
    'servers:',
    '  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] }',
    '  HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] }',
    `certificates: ${one.certificates ?? `{ own: ${ours} }`}`,
    `authorities: ${one.authorities ?? authorities}`,
    `partners: { fabrikam: { domains: [fabrikam.com], ${one.partner ?? `${theirs}, trusts: [ours]`} } }`,
    one.connectors ?? send,
    '',
  ].join('\n');
}

function described(fault: TrustFault): string {
  if (fault.kind === 'partner lacks domain') return `${fault.kind}: ${fault.domain.value}`;
  if (fault.kind === 'partner does not trust') {
    const { issuedBy, name } = fault.certificate;
    return `${fault.kind}: ${issuedBy.kind === 'authority' ? issuedBy.authority.value : name.value}`;
  }
  return `${fault.kind}: ${'server' in fault ? fault.server.name.value : fault.certificate.name.value}`;
}

for (const one of cases) {
  test(`mutual trust: ${one.title}`, () => {
    const { value: topology } = bind(textOf(one));
    assert.ok(topology);
    const [partner] = topology.partners;
    assert.ok(partner);
    assert.deepEqual(trustFaults(topology, partner).map(described), one.faults);
  });
}
