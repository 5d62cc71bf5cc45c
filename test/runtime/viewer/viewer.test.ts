import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { after, test } from 'node:test';

import { token, viewedTransport } from '../../support/viewed-transport.ts';

const limit = { timeout: 60_000 };
const open = await viewedTransport(120, 'by token');
const closed = await viewedTransport(1, 'read only');
for (const { transport, client } of [open, closed]) {
  after(async () => {
    client.socket.destroy();
    await transport.stop(1000);
  });
}

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

async function ask(
  { at: { port } }: typeof open,
  path: string,
  { method = 'GET', body = '', ...headers }: OutgoingHttpHeaders & { method?: string; body?: string } = {},
): Promise<Got> {
  const asking = request({ host: '127.0.0.1', port, path, method, agent: false, headers });
  asking.end(body);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

function act(
  fields: readonly (readonly [string, string])[],
  headers: OutgoingHttpHeaders = {},
): Promise<Got> {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  const type = 'application/x-www-form-urlencoded';
  return ask(open, '/act', { method: 'POST', body, 'content-type': type, ...headers });
}

function hrefs(text: string, start: string): readonly string[] {
  return [...text.matchAll(/href="([^"]*)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.startsWith(start));
}

test(
  'viewer: the overview has queues, sessions, errors, connectors, and what others wrote as text',
  limit,
  async () => {
    const { status, headers, text } = await ask(open, '/');
    assert.equal(status, 200);
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; .*frame-ancestors 'none'/);
    assert.match(text, /connector Nowhere &quot;&amp;&quot; &lt;i&gt;<\/a/);
    assert.match(text, /<span class="warn">retry<\/span>/);
    assert.match(text, /120 messages/);
    assert.match(text, /Clients &lt;b&gt;bold&lt;\/b&gt;/);
    assert.match(text, /127\.0\.0\.1/);
    assert.match(text, /data-column="Code">500</);
    assert.match(text, /<span class="good">\d+ days left<\/span>/);
    assert.doesNotMatch(text, /<script>alert|<i>|<b>bold/);
  },
);

test('viewer: a queue comes in pages, each message once', limit, async () => {
  const [first = ''] = hrefs((await ask(open, '/')).text, '/queue?server=MBX1&queue=');
  const seen: string[] = [];
  let pages = 0;
  for (let path: string | undefined = first; path !== undefined; pages += 1) {
    const { status, text } = await ask(open, path);
    assert.equal(status, 200);
    seen.push(...hrefs(text, '/message?'));
    path = hrefs(text, '/queue?').find((href) => href.includes('after='));
  }
  assert.deepEqual([pages, seen.length, new Set(seen).size], [3, 120, 120]);
});

test('viewer: a message is shown with its subject, sender, recipient and last error', limit, async () => {
  const [first = ''] = hrefs((await ask(open, '/queue?server=MBX1')).text, '/message?');
  const { status, text } = await ask(open, first);
  assert.equal(status, 200);
  assert.match(text, /&lt;\/td&gt;&lt;\/table&gt;&lt;script&gt;alert\(1\)/);
  assert.match(text, /&lt;ann@contoso\.com&gt;/);
  assert.match(text, /&lt;bob0@fabrikam\.com&gt;/);
  assert.match(text, /data-column="Last error">\s*4/);
});

const nothingThere: readonly string[] = [
  '/queue',
  '/queue?server=OTHER',
  '/message?server=MBX1',
  '/message?server=MBX1&id=x',
  '/message?server=MBX1&id=999999',
  '/act',
  '/../keys/viewer-token',
];

for (const path of nothingThere) {
  test(`viewer: ${path} is not there`, limit, async () => assert.equal((await ask(open, path)).status, 404));
}

const message = ['id', '1'] as const;
const retry = [['server', 'MBX1'], ['action', 'retry'], message] as const;

const refused: readonly (readonly [title: string, status: number, asked: () => Promise<Got>])[] = [
  ['no token', 403, () => act(retry)],
  ['a wrong token', 403, () => act([...retry, ['token', `${token}x`]])],
  ['a page of elsewhere', 403, () => act([...retry, ['token', token]], { origin: 'http://evil.example' })],
  ['a page without an origin', 403, () => act([...retry, ['token', token]], { origin: 'null' })],
  ['another site', 403, () => act([...retry, ['token', token]], { 'sec-fetch-site': 'cross-site' })],
  ['a name that points here', 403, () => act([...retry, ['token', token]], { host: 'evil.example' })],
  ['no form', 413, () => act([...retry, ['token', token]], { 'content-type': 'text/plain' })],
  ['a form without end', 413, () => act([...retry, ['token', 'x'.repeat(70_000)]])],
  [
    'nothing chosen',
    400,
    () =>
      act([
        ['server', 'MBX1'],
        ['action', 'retry'],
        ['token', token],
      ]),
  ],
  [
    'an action that is none',
    400,
    () => act([['server', 'MBX1'], ['action', 'format'], message, ['token', token]]),
  ],
  ['another method', 405, () => ask(open, '/', { method: 'PUT' })],
  [
    'a viewer for looking',
    403,
    () =>
      ask(closed, '/act', {
        method: 'POST',
        body: `token=${token}`,
        'content-type': 'application/x-www-form-urlencoded',
      }),
  ],
];

for (const [title, status, asked] of refused) {
  test(`viewer: ${title} changes nothing`, limit, async () => {
    const got = await asked();
    assert.equal(got.status, status, got.text);
    assert.equal(open.transport.counts().get('MBX1')?.messages, 120);
  });
}

test('viewer: without a token no page has a form', limit, async () => {
  const [first = ''] = hrefs((await ask(closed, '/queue?server=MBX1')).text, '/message?');
  for (const path of ['/', '/queue?server=MBX1', first])
    assert.doesNotMatch((await ask(closed, path)).text, /<form|<button|type="password"/);
});

test('viewer: with the token messages are suspended, resumed, retried and removed', limit, async () => {
  const { host } = { host: `127.0.0.1:${open.at.port}` };
  const own = { origin: `http://${host}`, host, 'sec-fetch-site': 'same-origin' };
  const [first = ''] = hrefs((await ask(open, '/queue?server=MBX1')).text, '/message?');
  const id = new URLSearchParams(first.split('?')[1]).get('id') ?? '';
  const doing = (action: string): Promise<Got> =>
    act(
      [
        ['server', 'MBX1'],
        ['action', action],
        ['id', id],
        ['token', token],
      ],
      own,
    );
  assert.match((await doing('suspend')).text, /done/);
  assert.match((await ask(open, first)).text, /<dd>suspended<\/dd>/);
  assert.match((await doing('resume')).text, /done/);
  assert.equal((await doing('retry')).status, 200);
  for (let tries = 0; open.transport.counts().get('MBX1')?.messages === 120 && tries < 20; tries += 1) {
    assert.equal((await doing('remove-without-dsn')).status, 200);
  }
  assert.equal(open.transport.counts().get('MBX1')?.messages, 119);
  assert.equal((await ask(open, first)).status, 404);
});

test('viewer: whoever tries tokens has to wait, and the right one does not help', limit, async () => {
  for (let tries = 0; tries < 10; tries += 1) await act([...retry, ['token', `wrong-${tries}`]]);
  const { status } = await act([...retry, ['token', token]]);
  assert.equal(status, 429);
});

test('viewer: mail flows on while it is looked at', limit, async () => {
  const before = open.transport.counts().get('MBX1')?.messages ?? 0;
  const looking = Promise.all(Array.from({ length: 20 }, () => ask(open, '/queue?server=MBX1')));
  for (const line of ['MAIL FROM:<ann@contoso.com>', 'RCPT TO:<late@fabrikam.com>', 'DATA'])
    await open.client.ask(line);
  assert.match(await open.client.ask('Subject: late\r\n\r\nHi\r\n.'), /^250/);
  for (const { status } of await looking) assert.equal(status, 200);
  assert.equal(open.transport.counts().get('MBX1')?.messages, before + 1);
});
