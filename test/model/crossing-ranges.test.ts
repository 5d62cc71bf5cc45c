import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pairs } from '../../src/base/pairs.ts';
import { relate } from '../../src/mail/ip-range.ts';
import { sameAddresses } from '../../src/mail/ip-ranges.ts';
import { relateBindings } from '../../src/mail/tcp-binding.ts';
import { crossingRanges } from '../../src/model/crossing-ranges.ts';
import { receiveConflicts } from '../../src/model/receive-conflicts.ts';
import type { ReceiveConnector, Topology } from '../../src/model/topology.ts';
import { bind } from '../support/topology-text.ts';

const address = fc.nat(12).map((last) => `10.0.0.${last + 1}`);
const range = fc.oneof(
  address,
  fc.tuple(fc.nat(12), fc.nat(6)).map(([first, more]) => `10.0.0.${first + 1}-10.0.0.${first + 1 + more}`),
  fc.constantFrom('10.0.0.0/29', '10.0.0.8/30', '2001:db8::/64', '2001:db8::1-2001:db8::9'),
);
const binding = fc.constantFrom(
  '0.0.0.0:25',
  '10.0.0.1:25',
  '10.0.0.2:25',
  '0.0.0.0:26',
  '[::]:25',
  '[::1]:25',
);
const connector = fc.record({
  server: fc.constantFrom('S', 'T'),
  bindings: fc.uniqueArray(binding, { minLength: 1, maxLength: 3 }),
  remoteIPRanges: fc.array(range, { minLength: 1, maxLength: 4 }),
});

function topologyOf(connectors: readonly object[]): Topology {
  const named = Object.fromEntries(connectors.map((one, number) => [`C${number}`, one]));
  const { value } = bind(`
organization: { name: Contoso, exchangeVersion: "2016" }
servers:
  S: { role: mailbox, fqdn: s.contoso.com, addresses: [10.0.0.1], setupDefaults: removed }
  T: { role: mailbox, fqdn: t.contoso.com, addresses: [10.0.0.2], setupDefaults: removed }
receiveConnectors: ${JSON.stringify(named)}
`);
  assert.ok(value);
  return value;
}

function meet(a: ReceiveConnector, b: ReceiveConnector): boolean {
  return a.server.target === b.server.target;
}

/** What the definition says, each connector compared with each. */
function crossingByDefinition(topology: Topology): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [earlier, later] of pairs(topology.receiveConnectors)) {
    for (const theirs of meet(earlier, later) ? earlier.remoteIPRanges : []) {
      for (const ours of later.remoteIPRanges) {
        if (!theirs.parsed || !ours.parsed || relate(theirs.parsed, ours.parsed) !== 'partial') continue;
        const { family } = ours.parsed;
        const share = earlier.bindings.some(({ parsed: a }) =>
          later.bindings.some(
            ({ parsed: b }) => a?.address.family === family && b && relateBindings(a, b) !== 'apart',
          ),
        );
        if (share) found.add(`${theirs.at.start} ${ours.at.start}`);
      }
    }
  }
  return found;
}

function conflictingByDefinition(topology: Topology): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [earlier, later] of pairs(topology.receiveConnectors)) {
    for (const { parsed: a } of meet(earlier, later) ? earlier.bindings : []) {
      for (const { parsed: b } of later.bindings) {
        if (!a || !b || relateBindings(a, b) === 'apart') continue;
        const [theirs, ours] = [earlier, later].map((one) =>
          one.remoteIPRanges.flatMap(({ parsed }) => (parsed?.family === a.address.family ? [parsed] : [])),
        );
        const isSame = theirs?.length && ours?.length && sameAddresses(theirs, ours);
        const hasEqual = theirs?.some((one) => ours?.some((other) => relate(one, other) === 'equal'));
        if (isSame || hasEqual)
          found.add(`${earlier.name.value} ${later.name.value} ${isSame ? 'all' : 'one'}`);
      }
    }
  }
  return found;
}

test('ranges that cross are found as if each were compared with each', () => {
  fc.assert(
    fc.property(fc.array(connector, { maxLength: 8 }), (connectors) => {
      const topology = topologyOf(connectors);
      const found = [...crossingRanges(topology)].map(
        ([{ range: theirs }, { range: ours }]) => `${theirs.at.start} ${ours.at.start}`,
      );
      assert.deepEqual(new Set(found), crossingByDefinition(topology));
    }),
  );
});

test('connectors that conflict are found as if each were compared with each', () => {
  fc.assert(
    fc.property(fc.array(connector, { maxLength: 8 }), (connectors) => {
      const topology = topologyOf(connectors);
      const found = [...receiveConflicts(topology)].map(
        ({ earlier, later, share }) =>
          `${earlier.name} ${later.name} ${share === 'all-clients' ? 'all' : 'one'}`,
      );
      assert.deepEqual(new Set(found), conflictingByDefinition(topology));
    }),
  );
});
