import assert from 'node:assert/strict';
import test from 'node:test';
import { yaml } from '../../src/base/yaml-tag.ts';
import { bind, underlined } from '../support/topology-text.ts';

const base = yaml`
  organization: { name: Contoso, exchangeVersion: "2010" }
  servers:
    HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.11] }
  partners:
    fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] }
    tailspin: { domains: [tailspin.example] }
`;

interface Case {
  readonly title: string;
  readonly text: string;
  readonly faults: readonly (readonly [underlined: string, message: string])[];
}

const cases: readonly Case[] = [
  { title: 'a topology without connectors', text: '', faults: [] },
  {
    title: 'a Receive connector that has all it needs',
    text: 'receiveConnectors: { In: { server: HUB01, partner: fabrikam, bindings: ["0.0.0.0:25"] } }',
    faults: [],
  },
  {
    title: 'the same server in key and value, in another case',
    text: 'receiveConnectors: { HUB01\\In: { server: hub01, partner: fabrikam, bindings: ["0.0.0.0:25"] } }',
    faults: [],
  },
  {
    title: 'two servers for one connector',
    text: 'receiveConnectors: { HUB01\\In: { server: HUB02, partner: fabrikam, bindings: ["0.0.0.0:25"] } }',
    faults: [['HUB02', 'The key says that Receive connector "In" is on "HUB01", and "server" says "HUB02".']],
  },
  {
    title: 'no server',
    text: 'receiveConnectors: { In: { partner: fabrikam, bindings: ["0.0.0.0:25"] } }',
    faults: [['In', 'Receive connector "In" has no server.']],
  },
  {
    title: 'no bindings and no ranges',
    text: 'receiveConnectors: { In: { server: HUB01 } }',
    faults: [
      ['In', 'Receive connector "In" has no "bindings".'],
      ['In', 'Receive connector "In" has no "remoteIPRanges" and no partner to take them from.'],
    ],
  },
  {
    title: 'usages that have what is missing',
    text: 'receiveConnectors: { A: { server: HUB01, usage: internal, remoteIPRanges: [10.0.0.0/8] }, B: { server: HUB01, usage: internet, bindings: ["0.0.0.0:26"] } }',
    faults: [],
  },
  {
    title: 'a partner without addresses',
    text: 'receiveConnectors: { In: { server: HUB01, partner: tailspin, bindings: ["0.0.0.0:25"] } }',
    faults: [
      ['In', 'Receive connector "In" has no "remoteIPRanges", and its partner "tailspin" has no addresses.'],
    ],
  },
  {
    title: 'a partner that nobody declares is another fault',
    text: 'receiveConnectors: { In: { server: HUB01, partner: nobody, bindings: ["0.0.0.0:25"] } }\nsendConnectors: { Out: { partner: nobody } }',
    faults: [],
  },
  {
    title: 'misspelt keys are another fault',
    text: 'receiveConnectors: { In: { sever: HUB01, remoteIpRange: [10.0.0.1], binding: ["0.0.0.0:25"] } }\nsendConnectors: { Out: { adressSpaces: [a.example] } }',
    faults: [],
  },
  {
    title: 'a Send connector that sends nowhere',
    text: 'sendConnectors: { Out: { smartHosts: [gw.example] } }',
    faults: [['Out', 'Send connector "Out" has no "addressSpaces" and no partner to take them from.']],
  },
  {
    title: 'names that differ in case alone',
    text: 'credentials: { cloud: { username: a, passwordFrom: { env: A } }, Cloud: { username: b, passwordFrom: { env: B } } }',
    faults: [
      ['Cloud', 'The credential "Cloud" is declared above as "cloud", for case does not tell names apart.'],
    ],
  },
];

for (const { title, text, faults } of cases) {
  test(title, () => {
    const source = `${base}${text}\n`;
    const { diagnostics } = bind(source);
    assert.deepEqual(
      diagnostics.map(({ at, message }) => [underlined(source, at), message]),
      faults,
    );
    assert.ok(diagnostics.every(({ rule, severity }) => rule === 'schema' && severity === 'error'));
  });
}
