import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noNameServer, withFacts, type NameServer } from '../../../runtime/client/name-facts.ts';
import { resolveDomain, resolveSmartHosts, type Resolution } from '../../../runtime/client/resolve.ts';
import type { DnsFact, SmartHost } from '../../../runtime/config.ts';

const facts: readonly DnsFact[] = [
  {
    name: 'fabrikam.com',
    mx: [
      [20, 'backup.fabrikam.com'],
      [10, 'mail.fabrikam.com'],
    ],
  },
  { name: 'mail.fabrikam.com', a: ['198.51.100.10', '198.51.100.11'], aaaa: ['2001:db8::10'] },
  { name: 'backup.fabrikam.com', a: ['198.51.100.20'] },
  {
    name: 'equal.example',
    mx: [
      [10, 'mail.fabrikam.com'],
      [10, 'backup.fabrikam.com'],
    ],
  },
  { name: 'plain.example', a: ['203.0.113.1'] },
  { name: 'silent.example', mx: [[0, '.']] },
  { name: 'empty.example' },
  {
    name: 'half.example',
    mx: [
      [10, 'unknown.example'],
      [20, 'backup.fabrikam.com'],
    ],
  },
  { name: 'lost.example', mx: [[10, 'empty.example']] },
  {
    name: 'ours.example',
    mx: [
      [10, 'mail.fabrikam.com'],
      [20, 'mx.contoso.com'],
      [30, 'backup.fabrikam.com'],
    ],
  },
  {
    name: 'loop.example',
    mx: [
      [10, 'mx.contoso.com'],
      [20, 'backup.fabrikam.com'],
    ],
  },
  { name: 'mx.contoso.com', a: ['192.0.2.25'] },
  { name: 'xn--mller-kva.example', a: ['203.0.113.2'] },
];

const broken: NameServer = {
  mx: () => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEOUT' })),
  addresses: () => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEOUT' })),
};

function inWords(resolution: Resolution): string {
  if (resolution.kind !== 'hosts') return `${resolution.kind}: ${resolution.reply}`;
  return resolution.hosts.map(({ name, addresses }) => `${name ?? '-'} ${addresses.join(',')}`).join('; ');
}

const mail = 'mail.fabrikam.com 198.51.100.10,198.51.100.11,2001:db8::10';
const backup = 'backup.fabrikam.com 198.51.100.20';

const domains: readonly {
  title: string;
  domain: string;
  beyond?: NameServer;
  random?: number;
  to: string;
}[] = [
  { title: 'MX by preference', domain: 'Fabrikam.COM', to: `${mail}; ${backup}` },
  { title: 'equals in one order', domain: 'equal.example', random: 0.9, to: `${mail}; ${backup}` },
  { title: 'equals in the other order', domain: 'equal.example', random: 0, to: `${backup}; ${mail}` },
  { title: 'no MX: the address of the domain', domain: 'plain.example', to: 'plain.example 203.0.113.1' },
  {
    title: 'a domain in another script',
    domain: 'm\u00fcller.example',
    to: 'xn--mller-kva.example 203.0.113.2',
  },
  {
    title: 'null MX',
    domain: 'silent.example',
    to: 'refused: 556 5.1.10 The recipient domain takes no mail (null MX)',
  },
  {
    title: 'neither MX nor address',
    domain: 'empty.example',
    to: 'refused: 554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
  },
  {
    title: 'an MX without address',
    domain: 'lost.example',
    to: 'refused: 554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
  },
  { title: 'one MX that cannot be resolved now', domain: 'half.example', to: backup },
  { title: 'MX behind this server are left out', domain: 'ours.example', to: mail },
  {
    title: 'this server is the best MX',
    domain: 'loop.example',
    to: 'refused: 554 5.3.5 System incorrectly configured: mail loops back',
  },
  {
    title: 'a name that no fact holds, in a rehearsal',
    domain: 'tailspin.example',
    to: 'put off: 451 4.4.0 DNS query failed: dns has no entry for tailspin.example',
  },
  {
    title: 'a DNS that does not answer',
    domain: 'tailspin.example',
    beyond: broken,
    to: 'put off: 451 4.4.0 DNS query failed: ETIMEOUT',
  },
  { title: 'an address literal', domain: '[203.0.113.7]', to: '- 203.0.113.7' },
  { title: 'an IPv6 literal', domain: '[IPv6:2001:db8::7]', to: '- 2001:db8::7' },
  {
    title: 'what is no domain',
    domain: 'a..b',
    to: 'refused: 554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
  },
];

for (const { title, domain, beyond = noNameServer, random = 0.9, to } of domains) {
  test(`resolve: ${title}`, async () => {
    const options = {
      nameServer: withFacts(facts, beyond),
      ownAddresses: ['192.0.2.25'],
      random: () => random,
    };
    assert.equal(inWords(await resolveDomain(domain, options)), to);
  });
}

const hosts: readonly { title: string; hosts: readonly string[]; random?: number; to: string }[] = [
  { title: 'an address', hosts: ['10.0.0.1'], to: '- 10.0.0.1' },
  { title: 'a name by its MX', hosts: ['fabrikam.com'], to: `${mail}; ${backup}` },
  { title: 'a name by its address', hosts: ['plain.example'], to: 'plain.example 203.0.113.1' },
  { title: 'several take turns', hosts: ['10.0.0.1', '10.0.0.2'], random: 0, to: '- 10.0.0.2; - 10.0.0.1' },
  { title: 'one that is unknown is passed over', hosts: ['nowhere.example', '10.0.0.2'], to: '- 10.0.0.2' },
  {
    title: 'none that is known puts mail off',
    hosts: ['empty.example'],
    to: 'put off: 451 4.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
  },
];

for (const { title, hosts: names, random = 0.9, to } of hosts) {
  test(`resolve smart hosts: ${title}`, async () => {
    const smartHosts = names.map((host): SmartHost => ({
      host,
      kind: /^\d/.test(host) ? 'address' : 'fqdn',
    }));
    const options = { nameServer: withFacts(facts, noNameServer), ownAddresses: [], random: () => random };
    assert.equal(inWords(await resolveSmartHosts(smartHosts, options)), to);
  });
}
