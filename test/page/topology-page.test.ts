import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pemFilesBeside } from '../../src/certificate/pem-files-beside.ts';
import { provenOf } from '../../src/command/page-facts.ts';
import { words } from '../../src/page/html.ts';
import { askableSource } from '../../src/trace-source.ts';
import { hostileNames, namedTopology } from '../support/named-topology.ts';
import { pageOf } from '../support/page.ts';

/** What a reader would look for in the page of an example, tags apart. */
const cases: readonly (readonly [example: string, says: RegExp])[] = [
  [
    'contoso',
    /Printers line 55 Server HUB01 FQDN hub01\.corp\.contoso\.com Relays for anyone who connects TLS opportunistic/,
  ],
  ['contoso', /PermissionGroups AnonymousUsers line 58/],
  ['contoso', /RemoteIPRanges 198\.51\.100\.0\/24, 198\.51\.101\.1-198\.51\.101\.20 derived from line \d+/],
  ['contoso', /\d+ values by default of Exchange 2007 .* MaxMessageSize 10MB /],
  ['contoso', /Right of NT AUTHORITY\\ANONYMOUS LOGON ms-Exch-SMTP-Accept-Any-Recipient line 59/],
  [
    'contoso',
    /contoso-mail mail\.contoso\.com, contoso\.com contoso-root EDGE01 2126-10-31 36500 days left line 14/,
  ],
  ['contoso', /TLSReceiveDomainSecureList fabrikam\.com, fabrikam\.net/],
  ['contoso', /Your servers connect from 198\.51\.100\.0\/24 ?, 198\.51\.101\.1-198\.51\.101\.20 ?;/],
  ['contoso', /6 hold, 0 violated; 94 classes examined\. holds no open relay 36 classes/],
  ['contoso', /"Printers" on HUB01 lets relay: 10\.0\.7\.1-10\.0\.7\.20, 10\.0\.8\.0-10\.0\.8\.255/],
  ['contoso', /holds mail from fabrikam over mutual TLS or not at all 36 classes/],
  ['litware', /certificate must hold mx\.proseware\.com/],
];

function textOf(page: string): string {
  return page
    .replaceAll(/<(style|script)[^]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');
}

for (const [example, says] of cases) {
  test(`page: ${example} says ${says.source}`, async () => {
    assert.match(
      textOf(await pageOf(readFileSync(`examples/${example}/topology.yaml`, 'utf8'), example)),
      says,
    );
  });
}

const examples = readdirSync('examples', { withFileTypes: true }).filter((one) => one.isDirectory());

for (const { name } of examples) {
  test(`page: ${name} has each id once, and its contents lead somewhere`, async () => {
    const page = await pageOf(readFileSync(`examples/${name}/topology.yaml`, 'utf8'), name);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const [, target = ''] of page.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.includes(target), target);
  });
}

/** The tags of a page with the names of their attributes; a name of the topology may not add one. */
function bones(page: string): readonly string[] {
  const bare = page.replaceAll(/<(style|script)>[^]*?<\/\1>/g, '<$1></$1>');
  // How often a name is broken into lines of the drawing, and what is found about it, is no matter here.
  const still = bare.replaceAll(/<svg[^]*?<\/svg>/g, '').replace(/<ol class="findings">[^]*?<\/ol>/, '');
  return [...still.matchAll(/<\/?[a-z0-9]+((?: [a-z-]+(?:="[^"<>]*")?)*)>/g)].map(([whole]) =>
    whole.replaceAll(/="[^"]*"/g, ''),
  );
}

const usualPage = await pageOf(namedTopology('usual'));
const usual = bones(usualPage);

for (const name of hostileNames) {
  test(`page: ${JSON.stringify(name)} stays text`, async () => {
    const page = await pageOf(namedTopology(name));
    assert.deepEqual(bones(page), usual);
    assert.ok(page.includes(words(name)));
    assert.equal(page.includes(name) && /[<"]/.test(name), false);
    const scripts = [...page.matchAll(/<script/g)];
    assert.equal(scripts.length, [...usualPage.matchAll(/<script/g)].length);
  });
}

const contoso = readFileSync('examples/contoso/topology.yaml', 'utf8');

test('page: a violation is told with the message that does it', async () => {
  const page = textOf(await pageOf(contoso.replace('10.0.8.0/24', '0.0.0.0/0'), 'contoso'));
  assert.match(page, /violated no open relay 36 classes/);
  assert.match(page, /accepted From 1\.0\.0\.0 to HUB01 at 10\.0\.0\.11:2526, without TLS/);
  assert.match(page, /taken: the session may relay to anyone, by NT AUTHORITY\\ANONYMOUS LOGON/);
});

test('page: policies are proved, and what is no policy is named', async () => {
  const policies = 'policies: { Nobody relays: { relayOnlyFrom: [] }, Nothing: {} }';
  const page = textOf(await pageOf(`${contoso}\n${policies}\n`, 'contoso'));
  assert.match(page, /violated policy "Nobody relays" 36 classes/);
  assert.match(page, /Not asked for: Policy "Nothing" is about nothing\./);
});

test('page: without a moment to judge by, proofs are the same on every day', async () => {
  const { askable } = askableSource('examples/contoso/topology.yaml', contoso, {
    rules: [],
    fileExists: () => true,
    certificateOf: pemFilesBeside('examples/contoso/topology.yaml'),
    now: Date.UTC(2200, 0),
  });
  if (askable === undefined) throw new Error('the example cannot be read');
  const violated = async (now?: number): Promise<readonly string[]> =>
    (await provenOf(askable, now)).proofs.flatMap(({ title, violations }) =>
      violations.length > 0 ? [title] : [],
    );
  assert.deepEqual(await violated(), []);
  assert.notDeepEqual(await violated(Date.UTC(2200, 0)), [], 'the certificate has expired by then');
});
