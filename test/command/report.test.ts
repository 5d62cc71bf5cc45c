import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliFolder } from '../support/run-cli.ts';

const good = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;
const bad = `${good}sendConnectors:
  Out: { addressSpaces: ["*fabrikam.com"], sourceTransportServers: [MBX1], maxMessageSize: 25MB }
`;

const cli = cliFolder();
cli.write('good.yaml', good);
cli.write('bad.yaml', bad);
cli.write('broken.yaml', 'mailtopo: [');

test('report: a page is on standard output, the same each time, and nothing beside it', () => {
  const { code, out, err } = cli.run(['report', 'good.yaml']);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^<!doctype html>\n<html lang="en">[^]*<\/html>\n$/);
  assert.equal(cli.run(['report', 'good.yaml']).out, out);
});

test('report: its policy names the digests of the style and the script that are in it', () => {
  const { out } = cli.run(['report', 'good.yaml']);
  const digest = (text = ''): string => createHash('sha256').update(text).digest('base64');
  const style = /<style>([^]*?)<\/style>/.exec(out)?.[1];
  const script = /<script>([^]*?)<\/script>/.exec(out)?.[1];
  assert.ok(style && script);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(out)?.[1] ?? '';
  assert.match(policy, /^default-src &#39;none&#39;; /);
  assert.ok(policy.includes(`script-src &#39;sha256-${digest(script)}&#39;`), policy);
  assert.ok(policy.includes(`style-src &#39;sha256-${digest(style)}&#39;`), policy);
});

test('report: what runs in the page is one script without modules', () => {
  const script = readFileSync('dist/src/page/in-page.js', 'utf8');
  assert.doesNotMatch(script, /\brequire\(|\bimport[ (]|node:|<\/script/i);
});

test('report: what lint calls an error is in the page, and is exit 1', () => {
  const { code, out, err } = cli.run(['report', 'bad.yaml', '-o', 'bad.html']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /^mailtopo: \d+ errors?, .*; the page tells them\n$/);
  const page = readFileSync(join(cli.folder, 'bad.html'), 'utf8');
  const said = cli.run(['lint', 'bad.yaml', '--format', 'json']).out;
  const { diagnostics } = JSON.parse(said) as { diagnostics: { message: string; rule: string }[] };
  assert.ok(diagnostics.length > 0);
  for (const { message, rule } of diagnostics) {
    assert.ok(page.includes(message.replaceAll('"', '&quot;')), message);
    assert.ok(page.includes(`#${rule}"`), rule);
  }
});

test('report: a file that cannot be read as a topology makes no page', () => {
  const { code, out, err } = cli.run(['report', 'broken.yaml']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /\[yaml-syntax\]/);
});

const refused: readonly (readonly [args: readonly string[], words: RegExp])[] = [
  [['missing.yaml'], /cannot read missing\.yaml/],
  [['-'], /a file is needed/],
  [['good.yaml', '-o', './good.yaml'], /is the topology; the page needs a file of its own/],
  [['good.yaml', '-o', 'no/such/page.html'], /cannot write no\/such\/page\.html/],
  [['good.yaml', '-o', ''], /no file stands behind -o/],
];

for (const [args, words] of refused) {
  test(`report: ${args.join(' ')} is exit 2`, () => {
    const { code, out, err } = cli.run(['report', ...args]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, words);
    assert.equal(readFileSync(join(cli.folder, 'good.yaml'), 'utf8'), good);
  });
}

test('report: compile writes the same page beside the rest', () => {
  assert.equal(cli.run(['compile', 'good.yaml', '-o', 'out']).code, 0);
  const page = readFileSync(join(cli.folder, 'out', 'report.html'), 'utf8');
  assert.equal(page, cli.run(['report', 'good.yaml']).out);
  assert.equal(cli.run(['compile', 'good.yaml', '-o', 'out', '--check']).code, 0);
});
