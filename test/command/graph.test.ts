import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliFolder } from '../support/run-cli.ts';

const good = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;
const warned = `${good}receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [192.168.1.0]
    permissionGroups: [AnonymousUsers]
`;
const bad = `${good}sendConnectors:
  Out: { addressSpaces: ["*fabrikam.com"], sourceTransportServers: [MBX1], maxMessageSize: 25MB }
`;

const cli = cliFolder();
cli.write('good.yaml', good);
cli.write('warned.yaml', warned);
cli.write('bad.yaml', bad);

test('graph: a picture is on standard output, and nothing beside it', () => {
  const { code, out, err } = cli.run(['graph', 'good.yaml']);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^flowchart LR\n/);
  assert.equal(cli.run(['graph', 'good.yaml']).out, out);
});

test('graph: a warning goes to standard error, and the picture is drawn', () => {
  const { code, out, err } = cli.run(['graph', 'warned.yaml', '--format', 'dot']);
  assert.equal(code, 0);
  assert.match(out, /^digraph "Mail of Contoso" \{\n/);
  assert.match(err, /warning: .*\[classful-remote-ip-range\]/);
});

test('graph: an error is exit 1, and nothing is drawn', () => {
  const { code, out, err } = cli.run(['graph', 'bad.yaml', '-o', 'bad.svg']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /error: .*\[malformed-address-space\]/);
  assert.throws(() => readFileSync(join(cli.folder, 'bad.svg')));
});

test('graph: -o writes the picture, also over an older one', () => {
  cli.write('old.svg', 'old');
  assert.deepEqual(cli.run(['graph', 'good.yaml', '--format', 'svg', '-o', 'old.svg']), {
    code: 0,
    out: '',
    err: '',
  });
  assert.match(readFileSync(join(cli.folder, 'old.svg'), 'utf8'), /^<\?xml[^]*<\/svg>\n$/);
});

const refused: readonly (readonly [args: readonly string[], words: RegExp])[] = [
  [
    ['good.yaml', '--format', 'png'],
    /there is no format "png" for a picture; the formats are mermaid, dot, svg/,
  ],
  [['missing.yaml'], /cannot read missing\.yaml/],
  [['good.yaml', '-o', './good.yaml'], /is the topology/],
  [['good.yaml', '-o', 'no/such/folder.svg'], /cannot write no\/such\/folder\.svg/],
];

for (const [args, words] of refused) {
  test(`graph: ${args.join(' ')} is exit 2`, () => {
    const { code, out, err } = cli.run(['graph', ...args]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, words);
    assert.equal(readFileSync(join(cli.folder, 'good.yaml'), 'utf8'), good);
  });
}
