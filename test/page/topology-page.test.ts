import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { words } from '../../src/page/html.ts';
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
  test(`page: ${example} says ${says.source}`, () => {
    assert.match(textOf(pageOf(readFileSync(`examples/${example}/topology.yaml`, 'utf8'), example)), says);
  });
}

const examples = readdirSync('examples', { withFileTypes: true }).filter((one) => one.isDirectory());

for (const { name } of examples) {
  test(`page: ${name} has each id once, and its contents lead somewhere`, () => {
    const page = pageOf(readFileSync(`examples/${name}/topology.yaml`, 'utf8'), name);
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

const usual = bones(pageOf(namedTopology('usual')));

for (const name of hostileNames) {
  test(`page: ${JSON.stringify(name)} stays text`, () => {
    const page = pageOf(namedTopology(name));
    assert.deepEqual(bones(page), usual);
    assert.ok(page.includes(words(name)));
    assert.equal(page.includes(name) && /[<"]/.test(name), false);
    const scripts = [...page.matchAll(/<script/g)];
    assert.equal(scripts.length, [...pageOf(namedTopology('usual')).matchAll(/<script/g)].length);
  });
}
