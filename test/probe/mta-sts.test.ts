import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fetchPolicy } from '../../src/probe/fetch-policy.ts';
import { policyNames, readStsPolicy, stsIdIn } from '../../src/probe/mta-sts.ts';
import { issue, makeAuthority } from '../support/certificates.ts';

const text =
  'version: STSv1\r\nmode: enforce\r\nmx: mail.fabrikam.com\r\nmx: *.backup.example\r\nmax_age: 86400\r\n';
const policy = { mode: 'enforce', maxAge: 86400, mx: ['mail.fabrikam.com', '*.backup.example'] } as const;

const ids: readonly [title: string, records: readonly string[], id: string | undefined][] = [
  ['the one record', ['v=STSv1; id=20260101T00;'], '20260101T00'],
  ['a record of something else beside it', ['v=spf1 -all', 'v=STSv1;id=1'], '1'],
  ['two records', ['v=STSv1; id=1', 'v=STSv1; id=2'], undefined],
  ['no id', ['v=STSv1;'], undefined],
  ['another version', ['v=STSv12; id=1'], undefined],
];
for (const [title, records, id] of ids) {
  test(`MTA-STS record: ${title}`, () => assert.equal(stsIdIn(records), id));
}

const policies: readonly [title: string, text: string, policy: typeof policy | undefined][] = [
  ['with CR LF', text, policy],
  ['with LF', text.replaceAll('\r', ''), policy],
  ['without version', text.replace('version: STSv1\r\n', ''), undefined],
  ['without max_age', text.replace('max_age', 'age'), undefined],
  ['an unknown mode', text.replace('enforce', 'strict'), undefined],
  ['a web page', '<html>', undefined],
];
for (const [title, one, expected] of policies) {
  test(`MTA-STS policy: ${title}`, () => assert.deepEqual(readStsPolicy(one), expected));
}

const hosts: readonly [host: string, isNamed: boolean][] = [
  ['mail.fabrikam.com', true],
  ['MAIL.fabrikam.com', true],
  ['a.backup.example', true],
  ['a.b.backup.example', false],
  ['backup.example', false],
  ['mail.elsewhere.example', false],
];
for (const [host, isNamed] of hosts) {
  test(`MTA-STS policy: ${host} is ${isNamed ? '' : 'not '}named`, () =>
    assert.equal(policyNames(policy, host), isNamed));
}

const authority = await makeAuthority('web root');
const web = await issue({ authority, domains: ['mta-sts.fabrikam.com'] });
const answers: readonly {
  readonly title: string;
  readonly status?: number;
  readonly body?: string;
  readonly domain?: string;
  readonly trusts?: readonly string[];
  readonly expected: typeof policy | RegExp;
}[] = [
  { title: 'a policy', expected: policy },
  { title: 'no such file', status: 404, expected: /HTTP 404/ },
  { title: 'a redirect', status: 301, expected: /HTTP 301/ },
  { title: 'something else', body: 'hello', expected: /no policy/ },
  { title: 'without end', body: 'x'.repeat(100_000), expected: /too long/ },
  { title: 'with the certificate of another', domain: 'elsewhere.example', expected: /ERR_TLS_CERT_ALTNAME/ },
  { title: 'below an unknown root', trusts: [], expected: /UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/ },
];
for (const { title, status = 200, body = text, domain = 'fabrikam.com', trusts, expected } of answers) {
  test(`MTA-STS over HTTPS: ${title}`, async (context) => {
    const paths: (string | undefined)[] = [];
    const server = createServer({ cert: web.certificate, key: web.privateKey }, (request, response) => {
      paths.push(request.url);
      response.writeHead(status, { location: 'https://127.0.0.1/', connection: 'close' }).end(body);
    });
    server.listen(0, '127.0.0.1');
    context.after(() => server.closeAllConnections());
    context.after(() => server.close());
    await once(server, 'listening');
    const found = await fetchPolicy(domain, {
      addresses: () => Promise.resolve(['127.0.0.1']),
      timeout: 5000,
      port: (server.address() as AddressInfo).port,
      ca: trusts ?? [authority.certificate],
    });
    if (expected instanceof RegExp) assert.match(String(found), expected);
    else assert.deepEqual(found, expected);
    assert.ok(paths.every((path) => path === '/.well-known/mta-sts.txt'));
  });
}
