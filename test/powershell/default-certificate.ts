/** The default SMTP certificate: replaced only when somebody says so, given back, and never removed while it is the default. */
import assert from 'node:assert/strict';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import { planOf } from '../support/exchange-scripts.ts';
import { stateOf } from './expected.ts';
import type { Host } from './engine.ts';
import { inFolder, type Check } from './lane.ts';
import { placesIn, type Place } from './place.ts';
import { assertDone, changes, checkSame } from './runs.ts';
import { copyOf, drop, makeWorld, plant, runScript, type World } from './world.ts';

interface Case {
  readonly title: string;
  readonly version: ExchangeVersion;
  readonly role: 'hub' | 'mailbox' | 'edge';
  /** What apply is told: by its parameter, or as the answer to Exchange's question. */
  readonly replace: 'parameter' | 'yes' | 'no';
  /** What becomes of the certificate of setup before rollback. */
  readonly former: 'stays' | 'goes';
}

const cases: readonly Case[] = [
  {
    title: 'by parameter, inside',
    version: '2016',
    role: 'mailbox',
    replace: 'parameter',
    former: 'stays',
  },
  { title: 'by parameter, on Edge', version: 'SE', role: 'edge', replace: 'parameter', former: 'stays' },
  { title: 'by answer', version: '2010', role: 'hub', replace: 'yes', former: 'stays' },
  { title: 'by answer, 2007', version: '2007', role: 'hub', replace: 'yes', former: 'stays' },
  { title: 'not', version: '2013', role: 'mailbox', replace: 'no', former: 'stays' },
  { title: 'the former one is gone', version: '2019', role: 'mailbox', replace: 'parameter', former: 'goes' },
];

/** Checks each case; gives how many there were. */
export async function checkDefaultCertificate(host: Host, check: Check): Promise<number> {
  for (const one of cases) {
    const text = `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "${one.version}" }
servers:
  HUB01: { role: ${one.role}, fqdn: mail.contoso.com, addresses: [10.0.0.11]${one.role === 'edge' ? '' : ', site: Munich'} }
certificates:
  ours: { issuedBy: public, domains: [mail.contoso.com], installedOn: [HUB01], services: [SMTP, IIS] }
`;
    await inFolder(async (folder) => {
      const title = `default certificate replaced ${one.title}`;
      const [place] = await placesIn(planOf(text), text, folder, title);
      assert.ok(place);
      await checkCase(one, place, await makeWorld(host, place, text), check);
    });
  }
  return cases.length;
}

async function checkCase(
  { replace, former, version }: Case,
  place: Place,
  before: World,
  check: Check,
): Promise<void> {
  const { title } = place;
  const world = await copyOf(before);
  const [was] = await defaultsOf(world, place);
  await runScript(world, place, '05-backup.ps1');
  const { ReplaceDefaultSmtpCertificate: _, ...others } = place.given as {
    readonly ReplaceDefaultSmtpCertificate?: unknown;
  };
  const applied = await runScript(world, place, '10-apply.ps1', {
    given: { ...others, ...(replace === 'parameter' && { ReplaceDefaultSmtpCertificate: true }) },
    answer: replace === 'yes' ? 'yes' : 'no',
  });
  check(`${title}: apply asks unless it was told`, () => {
    assertDone(applied);
    assert.equal(applied.questions, replace === 'parameter' ? 0 : 1);
  });
  const [is] = await defaultsOf(world, place);
  check(`${title}: the default one is who it shall be`, () => assert.equal(is === was, replace === 'no'));
  if (former === 'goes')
    await plant(world, {
      what: 'remove',
      on: 'server',
      keeper: place.shell.name,
      kind: 'ExchangeCertificate',
      key: String(was),
    });
  const stays = await runScript(world, place, '90-rollback.ps1', { answer: 'yes' });
  const [back] = await defaultsOf(world, place);
  check(`${title}: rollback gives it back, and asks in 2007 alone`, () => {
    assertDone(stays, former === 'goes' ? 1 : 0);
    assert.equal(back, former === 'goes' ? is : was);
    assert.equal(stays.questions, version === '2007' && replace !== 'no' ? 1 : 0);
  });
  const gone = await runScript(world, place, '90-rollback.ps1', { given: { RemoveCertificates: true } });
  check(`${title}: a certificate is removed only where it is not the default one`, () => {
    assertDone(gone, former === 'goes' ? 1 : 0);
    assert.equal(
      changes(gone).some(({ command }) => command === 'Remove-ExchangeCertificate'),
      former !== 'goes',
    );
  });
  if (former === 'stays')
    await checkSame(before, world, `${title}: rollback restores the former state`, check);
  await drop(world, before);
}

async function defaultsOf(world: World, { shell }: Place): Promise<readonly unknown[]> {
  const { machines } = await stateOf(world);
  const certificates = machines[shell.name]?.['ExchangeCertificate'] ?? [];
  return certificates.flatMap(({ IsDefault, Thumbprint }) => (IsDefault === true ? [Thumbprint] : []));
}
