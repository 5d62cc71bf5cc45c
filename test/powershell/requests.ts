/** A certificate from its request to its use: asked for once, answered by the issuer, imported without a password. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, exchangeVersions, type ExchangeVersion } from '../../src/exchange/version.ts';
import { planOf } from '../support/exchange-scripts.ts';
import type { Host } from './engine.ts';
import { inFolder, type Check } from './lane.ts';
import { placesIn, type Place } from './place.ts';
import { assertDone, assertIdle, changes } from './runs.ts';
import { drop, makeWorld, runScript } from './world.ts';

/** Checks it in each version; gives how many there were. */
export async function checkRequests(host: Host, check: Check): Promise<number> {
  for (const version of exchangeVersions) {
    const text = topologyOf(version);
    await inFolder(async (folder) => {
      const [place] = await placesIn(planOf(text), text, folder, 'request');
      assert.ok(place);
      await checkRequest(host, place, text, check);
    });
  }
  return exchangeVersions.length;
}

async function checkRequest(host: Host, place: Place, text: string, check: Check): Promise<void> {
  const { title } = place;
  const world = await makeWorld(host, place, text);
  const request = join(place.folder, 'requests', 'ours.req');
  const run = (
    script: string,
    given: { readonly [parameter: string]: unknown } = {},
  ): ReturnType<typeof runScript> => runScript(world, place, script, { given });
  const answer = { OursFile: place.certificates.get('ours'), WithoutBackup: true };
  const unasked = await run('10-apply.ps1', answer);
  check(`${title}: an answer that nobody asked for is refused`, () => {
    assert.equal(unasked.exit, 2);
    assert.match(unasked.lines.join('\n'), /stopped at topology\.yaml:7: .*CE-016/);
  });
  const whatIf = await run('02-request.ps1', { WhatIf: true });
  check(`${title}: -WhatIf asks for nothing`, () => {
    assertIdle(whatIf, 0);
    assert.ok(!existsSync(request));
  });
  const asked = await run('02-request.ps1');
  check(`${title}: it is asked for`, () => {
    assertDone(asked);
    assert.ok(existsSync(request));
    assert.deepEqual(
      changes(asked).map(({ command }) => command),
      ['New-ExchangeCertificate'],
    );
  });
  const again = await run('02-request.ps1');
  check(`${title}: it is asked for once`, () => assertIdle(again, 0));
  const early = await run('10-apply.ps1', { WithoutBackup: true });
  check(`${title}: a request is no certificate`, () => {
    assert.equal(early.exit, 2);
    assert.match(early.lines.join('\n'), /certificate ours is not installed: give -OursFile/);
  });
  const applied = await run('10-apply.ps1', answer);
  check(`${title}: the answer is imported`, () => assertDone(applied));
  const verified = await run('40-verify.ps1');
  check(`${title}: verify is content`, () => assertIdle(verified, 0));
  const done = await run('02-request.ps1');
  check(`${title}: what is installed is not asked for`, () => assertIdle(done, 0));
  await drop(world);
}

function topologyOf(version: ExchangeVersion): string {
  const inside = compareVersions(version, '2013') < 0 ? 'hub' : 'mailbox';
  return `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "${version}" }
servers:
  HUB01: { role: ${inside}, fqdn: mail.contoso.com, addresses: [10.0.0.11], site: Munich }
certificates:
  ours: { issuedBy: public, domains: [mail.contoso.com], installedOn: [HUB01], services: [SMTP] }
`;
}
