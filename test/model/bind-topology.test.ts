import assert from 'node:assert/strict';
import test from 'node:test';
import { yaml } from '../../src/base/yaml-tag.ts';
import type { Topology } from '../../src/model/topology.ts';
import { bind, underlined } from '../support/topology-text.ts';

const base = yaml`
  mailtopo: 1
  organization: { name: Contoso, exchangeVersion: 2010 }
  servers:
    HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
    EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: munich }
  partners:
    fabrikam: { domains: [fabrikam.com, fabrikam.net], addresses: [198.51.100.0/24] }
`;

function topologyOf(text: string): Topology {
  const { value } = bind(text);
  assert.ok(value);
  return value;
}

/** Shows one thing of a bound topology with what it points at in the source. */
interface Case {
  readonly title: string;
  readonly text: string;
  readonly show: (topology: Topology, text: string) => unknown;
  readonly expected: unknown;
}

const cases: readonly Case[] = [
  {
    title: 'a version that YAML reads as a number is that version',
    text: base,
    show: ({ organization }, text) => [
      organization.exchangeVersion.value,
      underlined(text, organization.exchangeVersion.at),
    ],
    expected: ['2010', '2010'],
  },
  {
    title: 'a version is a number however it is written',
    text: base.replace('2010', '2.01e3'),
    show: ({ organization }) => organization.exchangeVersion.value,
    expected: '2010',
  },
  {
    title: 'a server has its own version or the organization’s',
    text: base.replace('role: hub,', 'role: hub, exchangeVersion: se,'),
    show: ({ servers }) => servers.map(({ version }) => [version.value, version.source]),
    expected: [
      ['SE', 'written'],
      ['2010', 'derived'],
    ],
  },
  {
    title: 'a misspelt role is guessed, a missing one is the version’s usual one',
    text: base.replace('role: hub', 'role: hbu').replace('role: edge, ', ''),
    show: ({ servers }) => servers.map(({ role }) => role.value),
    expected: ['hub', 'hub'],
  },
  {
    title: 'a Receive connector’s ranges follow from its partner and point at it',
    text: `${base}receiveConnectors: { In: { server: hub01, partner: Fabrikam, bindings: ["0.0.0.0:25"] } }\n`,
    show: ({ receiveConnectors: [one] }, text) => [
      one?.server.target?.name.value,
      one?.remoteIPRangesSource,
      one?.remoteIPRanges.map(({ value, parsed, at }) => [value, parsed?.form, underlined(text, at)]),
    ],
    expected: ['HUB01', 'derived', [['198.51.100.0/24', 'cidr', 'Fabrikam']]],
  },
  {
    title: 'a usage brings its defaults',
    text: `${base}receiveConnectors: { In: { server: EDGE01, usage: Internet, bindings: ["0.0.0.0:25"] } }\n`,
    show: ({ receiveConnectors: [one] }) => [
      one?.usage.value,
      one?.permissionGroups.value,
      one?.authMechanism.value,
      one?.remoteIPRanges.map(({ value }) => value),
      one?.remoteIPRangesSource,
      one?.fqdn.value,
      one?.fqdn.source,
    ],
    expected: [
      'internet',
      ['AnonymousUsers'],
      ['Tls'],
      ['0.0.0.0-255.255.255.255'],
      'default',
      'mail.contoso.com',
      'default',
    ],
  },
  {
    title: 'the key of a Receive connector may hold its server, quoted or not',
    text: `${base}receiveConnectors:\n  HUB01\\A: { bindings: [] }\n  'EDGE01\\B': { bindings: [] }\n`,
    show: ({ receiveConnectors }, text) =>
      receiveConnectors.map(({ server, name }) => [underlined(text, server.at), underlined(text, name.at)]),
    expected: [
      ['HUB01', 'A'],
      ['EDGE01', 'B'],
    ],
  },
  {
    title: 'words of an enumeration are read whatever their case',
    text: `${base}receiveConnectors: { In: { server: HUB01, authMechanism: [TLS, basicauth], permissionGroups: [anonymoususers] } }\n`,
    show: ({ receiveConnectors: [one] }) => [one?.authMechanism.value, one?.permissionGroups.value],
    expected: [['Tls', 'BasicAuth'], ['AnonymousUsers']],
  },
  {
    title: 'a Send connector’s address spaces follow from its partner',
    text: `${base}sendConnectors: { Out: { partner: fabrikam, sourceTransportServers: [HUB01] } }\n`,
    show: ({ sendConnectors: [one] }, text) => [
      one?.addressSpacesSource,
      one?.addressSpaces.map(({ value, parsed, at }) => [value, parsed?.cost, underlined(text, at)]),
    ],
    expected: [
      'derived',
      [
        ['fabrikam.com', 1, 'fabrikam'],
        ['fabrikam.net', 1, 'fabrikam'],
      ],
    ],
  },
  {
    title: 'smart hosts turn routing by DNS off, unless it is written',
    text: `${base}sendConnectors:\n  A: { smartHosts: [gw.example] }\n  B: { smartHosts: [gw.example], dnsRoutingEnabled: true }\n  C: {}\n`,
    show: ({ sendConnectors }) =>
      sendConnectors.map(({ dnsRoutingEnabled: { value, source } }) => [value, source]),
    expected: [
      [false, 'derived'],
      [true, 'written'],
      [true, 'default'],
    ],
  },
  {
    title: 'two transport servers leave a Send connector without a source',
    text: `${base}sendConnectors: { Out: { addressSpaces: ["*"] } }\n`,
    show: ({ sendConnectors: [one] }) => [one?.sourceTransportServers, one?.sourceTransportServersSource],
    expected: [[], 'default'],
  },
  {
    title: 'the only transport server of the organization is the source',
    text: `${base.replace(', subscribedTo: munich', '')}sendConnectors: { Out: { addressSpaces: ["*"] } }\n`,
    show: ({ sendConnectors: [one] }, text) => [
      one?.sourceTransportServers.map(({ target, at }) => [target?.name.value, underlined(text, at)]),
      one?.sourceTransportServersSource,
    ],
    expected: [[['HUB01', 'Out']], 'derived'],
  },
  {
    title: 'a Send connector lives on the Edge server that is the only server',
    text: yaml`
      organization: { name: Contoso, exchangeVersion: "2016" }
      servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
      sendConnectors: { Out: { addressSpaces: ["*"] } }
    `,
    show: ({ sendConnectors: [one] }) => [one?.sourceTransportServers, one?.server?.target?.name.value],
    expected: [[], 'EDGE01'],
  },
  {
    title: 'each domain-secure list follows from its own direction',
    text: `${base}sendConnectors:
  A: { domainSecureEnabled: true, addressSpaces: [tailspin.example, "*.tailspin.example"] }
  B: { partner: fabrikam }
receiveConnectors: { In: { server: HUB01, partner: fabrikam, domainSecureEnabled: true } }
`,
    show: ({ transportConfig: { tlsSendDomainSecureList, tlsReceiveDomainSecureList } }) => [
      tlsSendDomainSecureList.value.map(({ value }) => value),
      tlsReceiveDomainSecureList.value.map(({ value }) => value),
      tlsReceiveDomainSecureList.source,
    ],
    expected: [['tailspin.example'], ['fabrikam.com', 'fabrikam.net'], 'derived'],
  },
  {
    title: 'a derived domain-secure list has of the partner what the connector serves',
    text: `${base}sendConnectors: { A: { partner: fabrikam, addressSpaces: ['*.fabrikam.com'], domainSecureEnabled: true } }
`,
    show: ({ transportConfig }) => transportConfig.tlsSendDomainSecureList.value.map(({ value }) => value),
    expected: ['fabrikam.com'],
  },
  {
    title: 'a written domain-secure list is taken as it is',
    text: `${base}transportConfig: { tlsSendDomainSecureList: [a.example], maxSendSize: 10MB }\n`,
    show: ({ transportConfig: { tlsSendDomainSecureList, tlsReceiveDomainSecureList, written } }) => [
      [tlsSendDomainSecureList.value.map(({ value }) => value), tlsSendDomainSecureList.source],
      [tlsReceiveDomainSecureList.value, tlsReceiveDomainSecureList.source],
      written.map(({ key }) => key.value),
    ],
    expected: [
      [['a.example'], 'written'],
      [[], 'default'],
      ['tlsSendDomainSecureList', 'maxSendSize'],
    ],
  },
  {
    title: 'anchors, aliases and merge keys are resolved',
    text: `${base}sendConnectors:\n  A: &a { addressSpaces: &s [a.example], requireTLS: true }\n  B: { <<: *a, requireTLS: false }\n  C: { addressSpaces: *s }\n`,
    show: ({ sendConnectors }) =>
      sendConnectors.map(({ addressSpaces, requireTLS }) => [addressSpaces[0]?.value, requireTLS.value]),
    expected: [
      ['a.example', true],
      ['a.example', false],
      ['a.example', false],
    ],
  },
  {
    title: 'every name that points somewhere is noted, found or not',
    text: `${base}certificates:
  own: { issuedBy: selfSigned, domains: [a.example], installedOn: [HUB1], services: [smtp] }
  bought: { issuedBy: public, domains: [a.example], installedOn: [], services: [] }
authorities: { root: { trustedOn: [edge01] } }
partners: &p
  tailspin: { domains: [], addresses: [], certificate: { issuedBy: rot, domains: [] }, trusts: [own, bought, root] }
credentials: { cloud: { username: u, passwordFrom: { env: E } } }
sendConnectors: { Out: { partner: fabricam, authenticationCredential: clod, server: EDGE02 } }
`.replace(/partners:\n {2}fabrikam.*\n/, ''),
    show: ({ references }) =>
      references.map(({ kind, name, found }) => `${kind} ${name.value} ${found ? 'found' : 'unknown'}`),
    expected: [
      'site munich found',
      'server edge01 found',
      'server HUB1 unknown',
      'authority rot unknown',
      'authority own found',
      'authority bought unknown',
      'authority root found',
      'partner fabricam unknown',
      'server EDGE02 unknown',
      'credential clod unknown',
    ],
  },
  {
    title: 'what stands for DNS, delivery and the real network is read',
    text: `${base}dns: { fabrikam.com: { mx: [[10, mail.fabrikam.com]] }, mail.fabrikam.com: { a: [198.51.100.10] } }
delivery: { contoso.com: { maildir: contoso }, b.example: { smtp: "10.0.0.40:2525" } }
rehearsal: { listen: { "192.0.2.25:25": 127.0.0.1:2525 }, clients: { 127.0.0.1: 198.51.100.10 } }
networks: { lb: { kind: LoadBalancer, addresses: [10.0.0.40-10.0.0.41] }, branch: { kind: nat, addresses: [x] } }
lint: { rules: { some-rule: OFF } }
`,
    show: ({ dns, delivery, rehearsal, networks, levels }) => [
      dns.map(({ mx, a }) => [mx[0]?.preference, mx[0]?.host, a[0]?.value]),
      delivery.map((one) => (one.kind === 'maildir' ? one.folder.value : one.endpoint.parsed?.port)),
      rehearsal.listen.map(({ binding, local }) => [binding.parsed?.port, local.parsed?.port]),
      rehearsal.clients.map(({ local, address }) => [local.value, address.parsed?.form]),
      networks.map(({ kind, addresses }) => [kind.value, addresses[0]?.parsed?.form]),
      levels.map(({ rule, level }) => [rule.value, level.value]),
    ],
    expected: [
      [
        [10, 'mail.fabrikam.com', undefined],
        [undefined, undefined, '198.51.100.10'],
      ],
      ['contoso', 2525],
      [[25, 2525]],
      [['127.0.0.1', 'address']],
      [
        ['loadBalancer', 'range'],
        ['nat', undefined],
      ],
      [['some-rule', 'off']],
    ],
  },
];

for (const { title, text, show, expected } of cases) {
  test(title, () => {
    assert.deepEqual(show(topologyOf(text), text), expected);
  });
}

const unusable: readonly { readonly title: string; readonly text: string }[] = [
  { title: 'a list at the top', text: '[a]\n' },
  { title: 'no organization', text: 'mailtopo: 1\n' },
  { title: 'an organization that is text', text: 'organization: Contoso\n' },
  { title: 'an unknown version', text: 'organization: { name: Contoso, exchangeVersion: 2015 }\n' },
];

for (const { title, text } of unusable) {
  test(`${title} gives no topology`, () => {
    assert.deepEqual(bind(text), { diagnostics: [] });
  });
}
