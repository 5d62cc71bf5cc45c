import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Program } from './packages.ts';
import { waitUntil } from './wait-until.ts';

/** The name server whose answers are real ones. */
export const nsd: Program = { name: 'nsd', package: 'nsd' };

const address = '203.0.113.53';

/** MX records by domain, where they are not one for the domain's usual server. */
export type MxRecords = Readonly<Record<string, readonly (readonly [preference: number, host: string])[]>>;

const usualMx: MxRecords = {
  'contoso.com': [[10, 'mail.contoso.com']],
  'tailspin.com': [[10, 'mail.contoso.com']],
  'fabrikam.com': [[10, 'mail.fabrikam.com']],
  'fabrikam.net': [[10, 'mail.fabrikam.com']],
};

const hosts = {
  'mail.contoso.com': '192.0.2.25',
  'off.contoso.com': '192.0.2.26',
  'mail.fabrikam.com': '198.51.100.10',
  'off.fabrikam.com': '198.51.100.11',
  'mail2.fabrikam.com': '198.51.100.12',
};

/** The whole name space is one zone: what is not in it does not exist, and nobody has to wait to learn that. */
function zone(mx: MxRecords): string {
  const records = Object.entries({ ...usualMx, ...mx }).flatMap(([domain, all]) =>
    all.map(([preference, host]) => `${domain}. MX ${preference} ${host === '.' ? '.' : `${host}.`}`),
  );
  const addresses = Object.entries(hosts).map(([host, one]) => `${host}. A ${one}`);
  const own = ['. SOA ns.test. postmaster.test. 1 60 60 60 60', '. NS ns.test.', `ns.test. A ${address}`];
  return `$TTL 60\n${[...own, ...records, ...addresses].join('\n')}\n`;
}

function configuration(folder: string): string {
  return `server:
  ip-address: ${address}
  username: ""
  chroot: ""
  zonesdir: "${folder}"
  database: ""
  zonelistfile: "${folder}/zone.list"
  xfrdfile: ""
  xfrdir: "${folder}"
  pidfile: ""
  server-count: 1
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "${folder}/root.zone"
`;
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(53, address);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Starts NSD with these MX records, and waits until it answers. */
export async function startNameServer(
  folder: string,
  packages: string,
  mx: MxRecords = {},
): Promise<{ stop(): Promise<void> }> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'root.zone'), zone(mx));
  writeFileSync(join(folder, 'nsd.conf'), configuration(folder));
  const log = join(folder, 'nsd.log');
  const output = openSync(log, 'a');
  const libraries = `${packages}/usr/lib/x86_64-linux-gnu:${packages}/usr/lib/aarch64-linux-gnu`;
  const child = spawn(join(packages, 'usr', 'sbin', 'nsd'), ['-d', '-c', join(folder, 'nsd.conf')], {
    stdio: ['ignore', output, output],
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitUntil('NSD to answer', async () => {
    if (child.exitCode !== null) throw new Error(`NSD ended:\n${readFileSync(log, 'utf8')}`);
    return (await answers()) || undefined;
  });
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
