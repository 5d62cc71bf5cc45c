import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import type { Plan } from '../../src/plan/step.ts';
import { issue, makeAuthority } from '../support/certificates.ts';
import { bytesOf, emitScripts, everything, planOf } from '../support/exchange-scripts.ts';

/** Scripts on the disk. */
export interface Written {
  readonly version: ExchangeVersion;
  readonly plan: Plan;
  readonly folder: string;
  /** Paths of the scripts in it. */
  readonly scripts: readonly string[];
  /** What stands for the file with the private key. */
  readonly key: string;
}

/** Writes the scripts of the sample for a version into a folder of their own, which is gone afterwards. */
export async function withScripts<T>(version: ExchangeVersion, use: (written: Written) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-powershell-'));
  try {
    const authority = await makeAuthority('Contoso Root');
    const { certificate } = await issue({ authority, domains: ['mail.contoso.com', 'contoso.com'] });
    writeFileSync(join(folder, 'contoso-mail.pem'), certificate);
    writeFileSync(join(folder, 'contoso-root.pem'), authority.certificate);
    const text = everything(version, version < '2013' ? 'hub' : 'mailbox');
    const scripts: string[] = [];
    for (const artefact of await emitScripts(text)) {
      const path = join(folder, artefact.path);
      mkdirSync(dirname(path), { recursive: true });
      if (artefact.kind === 'source-file') copyFileSync(join(folder, artefact.sourceFile), path);
      if (artefact.kind !== 'text') continue;
      writeFileSync(path, bytesOf(artefact));
      if (path.endsWith('.ps1')) scripts.push(path);
    }
    return use({ version, plan: planOf(text), folder, scripts, key: join(folder, 'contoso-mail.pem') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
