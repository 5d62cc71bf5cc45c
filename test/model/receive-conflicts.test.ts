import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiveConflicts } from '../../src/model/receive-conflicts.ts';
import { bind, underlined } from '../support/topology-text.ts';

interface Case {
  readonly title: string;
  readonly server?: string;
  readonly connectors: readonly string[];
  /** What is shared, how the bindings lie, and what is underlined. */
  readonly found: readonly (readonly [string, string, string])[];
}

const cases: readonly Case[] = [
  {
    title: 'the same clients, however written',
    connectors: [
      'A: { server: S, bindings: ["10.0.0.1:26"], remoteIPRanges: [10.1.0.0/24] }',
      'B: { server: S, bindings: ["10.0.0.1:26"], remoteIPRanges: [10.1.0.0/25, 10.1.0.128-10.1.0.255] }',
    ],
    found: [['all-clients', 'equal', '"10.0.0.1:26"']],
  },
  {
    title: 'other ports and other servers',
    connectors: [
      'A: { server: S, bindings: ["10.0.0.1:26"], remoteIPRanges: [10.1.0.0/24] }',
      'B: { server: S, bindings: ["10.0.0.1:27"], remoteIPRanges: [10.1.0.0/24] }',
      'C: { server: T, bindings: ["10.0.0.1:26"], remoteIPRanges: [10.1.0.0/24] }',
    ],
    found: [],
  },
  {
    title: 'one range of several',
    connectors: [
      'A: { server: S, bindings: ["0.0.0.0:26"], remoteIPRanges: [10.1.0.7, 10.2.0.0/16] }',
      'B: { server: S, bindings: ["10.0.0.1:26"], remoteIPRanges: [10.1.0.7, 10.3.0.0/16] }',
    ],
    found: [['one-range', 'one-binds-all', '10.1.0.7']],
  },
  {
    title: 'a range of a family that the common binding does not have',
    connectors: [
      'A: { server: S, bindings: ["0.0.0.0:26"], remoteIPRanges: ["2001:db8::/64", 10.1.0.1] }',
      'B: { server: S, bindings: ["0.0.0.0:26"], remoteIPRanges: ["2001:db8::/64", 10.1.0.2] }',
    ],
    found: [],
  },
  {
    title: "setup's connector in both families",
    connectors: [
      'A: { server: S, bindings: ["0.0.0.0:25", "[::]:25"], remoteIPRanges: [0.0.0.0/0, "::/0"] }',
    ],
    found: [
      ['all-clients', 'equal', '"0.0.0.0:25"'],
      ['all-clients', 'equal', '"[::]:25"'],
    ],
  },
  {
    title: "setup's connector that the file declares",
    connectors: ['Default Frontend S: { server: S, bindings: ["0.0.0.0:25"], remoteIPRanges: [0.0.0.0/0] }'],
    found: [],
  },
  {
    title: "setup's connector that is removed",
    server: 'setupDefaults: removed',
    connectors: ['A: { server: S, bindings: ["0.0.0.0:25"], remoteIPRanges: [0.0.0.0/0] }'],
    found: [],
  },
  {
    title: 'what cannot be read',
    connectors: ['A: { server: S, bindings: ["0.0.0.0"], remoteIPRanges: [everyone] }'],
    found: [],
  },
];

for (const { title, server = 'site: Munich', connectors, found } of cases) {
  test(`receive conflicts: ${title}`, () => {
    const text = [
      'organization: { name: Contoso, exchangeVersion: "2016" }',
      'servers:',
      `  S: { role: mailbox, fqdn: s.contoso.com, addresses: [10.0.0.1], ${server} }`,
      '  T: { role: mailbox, fqdn: t.contoso.com, addresses: [10.0.0.1] }',
      'receiveConnectors:',
      ...connectors.map((one) => `  ${one}`),
    ].join('\n');
    const { value } = bind(text);
    assert.ok(value);
    assert.deepEqual(
      [...receiveConflicts(value)].map(({ share, bindings, at }) => [share, bindings, underlined(text, at)]),
      found,
    );
  });
}
