import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import type { Server } from '../../../runtime/config.ts';
import { factsOf } from '../../../runtime/server/certificate-facts.ts';
import { openInternalHop, serverFolder } from '../../../runtime/server/internal-hop.ts';
import type { InternalHopOptions } from '../../../runtime/server/internal-hop.ts';
import { makeSelfSigned } from '../../../runtime/server/self-signed.ts';
import { StartFailure } from '../../../runtime/start-failure.ts';

const now = Date.UTC(2026, 9, 1);
const server = (name: string): Server => ({
  name,
  role: 'hub',
  fqdn: `${name.toLowerCase()}.corp.contoso.com`,
  exchangeVersion: '2016',
  addresses: [],
});
const config = { servers: [server('HUB01'), server('EDGE01')] };

function inFolder(
  run: (folder: string, options: (changes: Partial<InternalHopOptions>) => InternalHopOptions) => void,
) {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-hop-'));
  try {
    run(folder, (changes) => ({
      config,
      serverNames: ['HUB01', 'EDGE01'],
      dataFolder: join(folder, 'data'),
      keysFolder: join(folder, 'keys'),
      now: () => now,
      ...changes,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('self-signed: names, dates and purposes are those asked for', () => {
  const end = Date.UTC(2051, 0, 1);
  const { certificate } = makeSelfSigned({
    names: ['hub01.contoso.com', 'hub01'],
    notBefore: now,
    notAfter: end,
  });
  const parsed = new X509Certificate(certificate);
  const { names, notBefore, notAfter, selfSigned } = factsOf(parsed);
  assert.deepEqual(names, ['hub01.contoso.com', 'hub01']);
  assert.deepEqual([notBefore, notAfter, selfSigned], [now, end, true]);
  assert.deepEqual(parsed.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  assert.equal(parsed.ca, false);
});

test('internal hop: certificates are made once, and the key is for the owner alone', () => {
  inFolder((folder, options) => {
    const first = openInternalHop(options({}));
    const second = openInternalHop(options({}));
    const identity = first.identityOf('HUB01');
    assert.ok(identity);
    assert.deepEqual(second.identityOf('HUB01'), identity);
    const { fingerprint256 } = new X509Certificate(identity.certificate);
    assert.equal(second.serverOf(fingerprint256), 'HUB01');
    assert.equal(second.serverOf('00:11'), undefined);
    const key = join(folder, 'data', 'hub01', 'internal.key');
    assert.equal(statSync(key).mode & 0o777, 0o600);
  });
});

test('internal hop: it is told whose certificate has to be brought, and to where', () => {
  inFolder((folder, options) => {
    const mine = options({ serverNames: ['HUB01'] });
    const file = join(folder, 'keys', 'internal', 'edge01.pem');
    assert.deepEqual(openInternalHop(mine).missing, [{ server: 'EDGE01', file }]);
    openInternalHop(options({ serverNames: ['EDGE01'], dataFolder: join(folder, 'other') }));
    mkdirSync(join(folder, 'keys', 'internal'), { recursive: true });
    copyFileSync(join(folder, 'other', 'edge01', 'internal.pem'), file);
    assert.deepEqual(openInternalHop(mine).missing, []);
  });
});

test('internal hop: an expired certificate is made anew', () => {
  inFolder((_, options) => {
    const old = openInternalHop(options({})).identityOf('HUB01');
    const later = now + 6 * 366 * 86_400_000;
    assert.notDeepEqual(openInternalHop(options({ now: () => later })).identityOf('HUB01'), old);
  });
});

test('internal hop: a server elsewhere is known by the certificate copied into keys', () => {
  inFolder((folder, options) => {
    const elsewhere = openInternalHop(options({ serverNames: ['EDGE01'], dataFolder: join(folder, 'edge') }));
    const identity = elsewhere.identityOf('EDGE01');
    assert.ok(identity);
    const { fingerprint256 } = new X509Certificate(identity.certificate);
    let time = now;
    const here = openInternalHop(options({ serverNames: ['HUB01'], now: () => time }));
    assert.equal(here.identityOf('EDGE01'), undefined);
    assert.equal(here.serverOf(fingerprint256), undefined);
    mkdirSync(join(folder, 'keys', 'internal'), { recursive: true });
    copyFileSync(
      join(folder, 'edge', 'edge01', 'internal.pem'),
      join(folder, 'keys', 'internal', 'EDGE01.pem'),
    );
    time += 6000;
    assert.equal(here.serverOf(fingerprint256), 'EDGE01');
  });
});

test('internal hop: a broken file stops the start with one line', () => {
  inFolder((folder, options) => {
    mkdirSync(join(folder, 'keys', 'internal'), { recursive: true });
    writeFileSync(join(folder, 'keys', 'internal', 'edge01.pem'), 'no certificate');
    assert.throws(() => openInternalHop(options({ serverNames: ['HUB01'] })), StartFailure);
  });
});

test('internal hop: no server name leads out of the data folder', () => {
  for (const name of ['..', '../x', 'a/b', 'a\\b', '.', 'CON:']) {
    assert.match(serverFolder('/data', name), /^\/data\/[A-Za-z0-9%.!~'()_-]+$/);
    assert.notEqual(serverFolder('/data', name), '/data');
  }
});
