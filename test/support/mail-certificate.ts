import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TransportConfig } from '../../runtime/config.ts';
import type { Issued } from './certificates.ts';
import { temporaryFolder } from './spool.ts';

/** The certificate of MBX1 in a topology whose bundle `bundleWith` makes. */
export const mailCertificate: TransportConfig['certificates'][number] = {
  name: 'ours',
  file: 'mail.pem',
  keyFile: 'mail.key',
  domains: ['mbx1.contoso.com'],
  installedOn: ['MBX1'],
  smtp: true,
  issuedBy: 'contoso-root',
};

/** Makes the folder of a bundle that has a certificate and its key. */
export function bundleWith({ certificate, privateKey }: Issued): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'keys'));
  writeFileSync(join(folder, 'mail.pem'), certificate);
  writeFileSync(join(folder, 'keys', 'mail.key'), privateKey);
  return folder;
}
