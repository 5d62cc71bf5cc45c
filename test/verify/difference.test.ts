import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plain } from '../../src/report/report.ts';
import { compareBehaviour } from '../../src/verify/difference.ts';
import { changeWords, jsonChanges, markdownChanges, prettyChanges } from '../../src/verify/diff-reports.ts';
import { askable } from '../support/asked.ts';

const file = 'examples/contoso/topology.yaml';
const contoso = readFileSync(file, 'utf8');

interface Case {
  readonly title: string;
  /** What is replaced in the example of Contoso, and by what. */
  readonly edits: readonly (readonly [string, string])[];
  readonly says: readonly string[];
}

const partners = '198.51.100.0-198.51.100.255, 198.51.101.1-198.51.101.20';
const atPartners = 'EDGE01 (192.0.2.25:25)';
const others =
  'contoso.com, domains below contoso.com, domains below fabrikam.com, domains below fabrikam.net, all other domains';

const cases: readonly Case[] = [
  { title: 'nothing', edits: [], says: [] },
  {
    title: 'layout, order, spelling and names of connectors',
    edits: [
      ['authMechanism: [Tls]', 'authMechanism:\n      - tls'],
      ['10.0.8.0/24, 10.0.7.1-10.0.7.20', '10.0.7.1-10.0.7.20, 10.0.8.0-10.0.8.127, 10.0.8.128/25'],
      ['To Fabrikam:', 'Towards Fabrikam:'],
      ['HUB01\\Printers:', 'HUB01\\Devices:'],
    ],
    says: [],
  },
  {
    title: 'two more addresses that relay',
    edits: [['10.0.7.1-10.0.7.20]', '10.0.7.1-10.0.7.20, 198.51.100.8-198.51.100.9]']],
    says: [
      '+ 198.51.100.8-198.51.100.9 are heard now at HUB01 (10.0.0.11:2526)',
      '+ 198.51.100.8-198.51.100.9 may now relay to anywhere without TLS at HUB01 (10.0.0.11:2526)',
    ],
  },
  {
    title: 'fewer addresses that relay',
    edits: [['10.0.8.0/24, 10.0.7.1', '10.0.7.1']],
    says: [
      '- 10.0.8.0-10.0.8.255 are no longer heard at HUB01 (10.0.0.11:2526)',
      '- 10.0.8.0-10.0.8.255 may no longer relay to anywhere at HUB01 (10.0.0.11:2526)',
    ],
  },
  {
    title: 'TLS is not required any more',
    edits: [['    requireTLS: true\n', '']],
    says: [
      `+ ${partners} may send to contoso.com without TLS at ${atPartners}, and not with TLS`,
      `+ ${partners} may send as ${others} without TLS at ${atPartners}, and not with TLS`,
    ],
  },
  {
    title: 'Domain Security gives way to a certificate that is only checked',
    edits: [
      [
        '    fqdn: mail.contoso.com\n    domainSecureEnabled: true',
        '    fqdn: mail.contoso.com\n    requireTLS: true',
      ],
    ],
    says: [
      '+ mail for fabrikam.com, fabrikam.net from HUB01, EDGE01 goes with TLS encrypted now, and not TLS domain-secure for the domain',
    ],
  },
  {
    title: 'another way and another name',
    edits: [
      ['    dnsRoutingEnabled: true\n', '    smartHosts: [192.0.2.77]\n    port: 2525\n'],
      ['    domainSecureEnabled: true\n\nreceive', '\nreceive'],
    ],
    says: [
      '+ mail for fabrikam.com, fabrikam.net from HUB01, EDGE01 goes with TLS opportunistic now, and not TLS domain-secure for the domain',
      '~ mail for fabrikam.com, fabrikam.net from HUB01, EDGE01 goes to 192.0.2.77, port 2525 now, and not by its MX',
    ],
  },
  {
    title: 'another size, and another certificate',
    edits: [
      [
        '    permissionGroups: [AnonymousUsers, Partners]',
        '    permissionGroups: [AnonymousUsers, Partners]\n    maxMessageSize: 20MB',
      ],
      ['domains: [mail.contoso.com, contoso.com]', 'domains: [mail.contoso.com]'],
    ],
    says: [
      '~ everyone meets STARTTLS with a certificate for mail.contoso.com at EDGE01 (192.0.2.25:25, 10.0.9.25:25), and not STARTTLS with a certificate for contoso.com, mail.contoso.com',
      `~ ${partners} may send messages of 20MB at ${atPartners}, and not 10MB`,
      '~ mail for domains below contoso.com, fabrikam.com, domains below fabrikam.com, fabrikam.net, domains below fabrikam.net, all other domains from HUB01, EDGE01 shows a certificate for mail.contoso.com now, and not a certificate for contoso.com, mail.contoso.com',
    ],
  },
  {
    title: 'a domain more',
    edits: [
      [
        '    contoso.com: authoritative\n',
        '    contoso.com: authoritative\n    tailspin.com: authoritative\n',
      ],
    ],
    says: [],
  },
];

for (const { title, edits, says } of cases) {
  test(`diff: ${title}`, async () => {
    const changed = edits.reduce((text, [from, to]) => {
      assert.ok(text.includes(from), from);
      return text.replace(from, to);
    }, contoso);
    const changes = await compareBehaviour(askable(contoso, file).world, askable(changed, file).world);
    const lines = prettyChanges(changes, plain)
      .split('\n')
      .filter((line) => line !== '');
    if (title === 'a domain more')
      return assert.ok(
        lines.some((line) => line.includes('tailspin.com')),
        lines.join('\n'),
      );
    assert.deepEqual(lines.sort(), [...says].sort());
    assert.equal(JSON.parse(jsonChanges(changes)).changes.length, says.length);
  });
}

test('diff: what is taken away when it is turned round', async () => {
  const relay = contoso.replace('10.0.7.1-10.0.7.20]', '10.0.7.1-10.0.7.20, 198.51.100.8]');
  const [one, other] = [askable(contoso, file).world, askable(relay, file).world];
  const there = (await compareBehaviour(one, other)).map(({ effect }) => effect);
  const back = (await compareBehaviour(other, one)).map(({ effect }) => effect);
  assert.deepEqual(
    [there, back],
    [
      ['opens', 'opens'],
      ['closes', 'closes'],
    ],
  );
});

test('diff: markdown keeps names from being markup, and says where there is nothing', async () => {
  const hostile = contoso
    .replaceAll('HUB01\\Printers', "'*HUB* <b>\\Printers'")
    .replaceAll(/HUB01(?=:)/g, "'*HUB* <b>'");
  const changes = await compareBehaviour(askable(contoso, file).world, askable(hostile, file).world);
  const text = markdownChanges(changes, { before: 'a`b', after: 'c' });
  assert.match(text, /^### What `c` does otherwise than `a'b`\n/);
  assert.ok(changes.map(changeWords).some((words) => words.includes('*HUB* <b>')));
  assert.ok(!/(?<!\\)<b/.test(text), text);
  assert.match(markdownChanges([], { before: 'a', after: 'b' }), /Nothing: the behaviour is the same/);
});
