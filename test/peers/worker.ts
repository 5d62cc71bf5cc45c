/** The cases of one mail server, in a network that ground.sh has laid: worker.js SERVER FOLDER WORDS. */
import { join } from 'node:path';
import { byName } from './by-name.ts';
import { makeCertificates } from './certificates.ts';
import { compileContoso } from './contoso.ts';
import { inContososPlace } from './in-contosos-place.ts';
import type { Case, Lane } from './lane.ts';
import { servers } from './mail-servers.ts';
import { nsd } from './name-server.ts';
import { unpacked } from './packages.ts';
import { toContoso } from './to-contoso.ts';
import { toFabrikam } from './to-fabrikam.ts';

// The daemons have accounts of their own, and read what is written for them.
process.umask(0o022);
const [name, folder = '', wanted = ''] = process.argv.slice(2);
const server = servers.find((one) => one.name === name);
if (server === undefined) throw new Error(`there is no mail server ${name}`);

const certificates = await makeCertificates();
const lane: Lane = {
  server,
  packages: { server: unpacked(server), nsd: unpacked(nsd) },
  certificates,
  network: join(folder, 'fabrikam-network'),
  output: await compileContoso(folder, certificates, server.name),
};

let run = 0;

async function check(one: Case): Promise<void> {
  const title = `${name}: ${one.title}`;
  if (!title.includes(wanted)) return;
  run += 1;
  try {
    await one.run(lane, join(folder, String(run)));
    console.log(`ok: ${title}`);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    console.log(`not ok: ${title}\n   ${reason.replaceAll('\n', '\n   ')}`);
  }
}

for (const one of [...toFabrikam, ...toContoso, ...inContososPlace, ...byName]) await check(one);
console.log(`done: ${name}`);
