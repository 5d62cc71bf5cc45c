import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runTests } from '../../src/verify/expectations.ts';
import { junitTests, prettyTests } from '../../src/verify/test-reports.ts';
import { plain } from '../../src/report/report.ts';
import { certificatesBeside } from '../../src/command/test.ts';
import { askable } from '../support/asked.ts';

const contoso = 'examples/contoso/topology.yaml';
const printer = {
  client: '10.0.7.5',
  binding: '10.0.0.11:2526',
  from: 'p@contoso.com',
  to: 'x@fabrikam.com',
};

const cases: readonly {
  readonly title: string;
  readonly test: Readonly<Record<string, unknown>>;
  readonly failures: readonly string[];
}[] = [
  {
    title: 'all that can be expected',
    test: {
      ...printer,
      expect: {
        verdict: 'accepted',
        receiveConnector: 'printers',
        sendConnector: 'To Fabrikam',
        end: 'leaves',
        at: 'EDGE01',
        tls: 'domain-secure',
      },
    },
    failures: [],
  },
  {
    title: 'the beginning of a reply',
    test: {
      client: '203.0.113.9',
      server: 'EDGE01',
      from: 'a@b.example',
      to: 'x@b.example',
      expect: { verdict: 'rejected', reply: '550 5.7.1' },
    },
    failures: [],
  },
  {
    title: 'what is otherwise',
    test: {
      ...printer,
      expect: {
        verdict: 'rejected',
        reply: '550',
        receiveConnector: 'Default HUB01',
        end: 'delivered',
        tls: 'none',
      },
    },
    failures: [
      'verdict is accepted, not rejected',
      'reply is that of a message that is accepted, not 550',
      'receiveConnector is Printers, not Default HUB01',
      'end is leaves, not delivered',
      'tls is domain-secure, not none',
    ],
  },
  {
    title: 'one of several recipients',
    test: { ...printer, to: ['x@fabrikam.com', 'ann@contoso.com'], expect: { end: 'leaves' } },
    failures: ['end is delivered, not leaves'],
  },
  {
    title: 'a way where there is none',
    test: {
      client: '203.0.113.9',
      server: 'EDGE01',
      from: 'a@b.example',
      to: 'x@b.example',
      expect: { end: 'leaves' },
    },
    failures: ['end is nothing, not leaves'],
  },
  {
    title: 'a certificate in a file',
    test: {
      client: '198.51.100.10',
      server: 'EDGE01',
      clientCertificate: 'certs/contoso-mail.pem',
      from: 'a@fabrikam.com',
      expect: { verdict: 'rejected', reply: '454 4.7.5' },
    },
    failures: [],
  },
  {
    title: 'a scenario that is none',
    test: { client: 'nobody', server: 'EDGE01', expect: { verdict: 'accepted' } },
    failures: [
      'the scenario cannot be asked for: client: "nobody" is no address, and no partner or server of the topology that has one',
    ],
  },
];

for (const { title, test: written, failures } of cases) {
  test(`expectations: ${title}`, async () => {
    const text = `${readFileSync(contoso, 'utf8')}\ntests: ${JSON.stringify({ The: written })}\n`;
    const topology = askable(text, contoso);
    const [tested] = await runTests(topology.world, topology.topology.tests, certificatesBeside(topology));
    assert.deepEqual(tested?.failures, failures);
    const reports = [prettyTests, junitTests.bind(undefined, contoso)];
    for (const report of reports) {
      const said = report(tested ? [tested] : [], () => undefined, plain);
      for (const failure of failures)
        assert.ok(said.includes(failure.replaceAll('"', report === prettyTests ? '"' : '&quot;')), said);
    }
  });
}
