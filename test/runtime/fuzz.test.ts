import { test } from 'node:test';
import fc from 'fast-check';

import { checkClientBytes, checkMessageBytes, checkServerBytes } from '../fuzz/properties.ts';
import { clientBytes, messageBytes, serverBytes } from '../fuzz/transcripts.ts';

test('fuzz: whatever a client says, cut at every octet', async () => {
  await fc.assert(
    fc.asyncProperty(clientBytes, (said) => checkClientBytes([said], 'every octet')),
    { numRuns: 300 },
  );
});

test('fuzz: whatever a client says, cut once between every two octets', async () => {
  await fc.assert(
    fc.asyncProperty(clientBytes, (said) => checkClientBytes([said], 'every boundary')),
    { numRuns: 20 },
  );
});

test('fuzz: whatever a server answers', () => {
  fc.assert(fc.property(serverBytes, checkServerBytes), { numRuns: 1000 });
});

test('fuzz: whatever a message holds', () => {
  fc.assert(fc.property(messageBytes, checkMessageBytes), { numRuns: 1000 });
});
