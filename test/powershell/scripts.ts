import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
  const text = everything(version, version < '2013' ? 'hub' : 'mailbox');
  return inFolder(async (folder) => {
    const authority = await makeAuthority('Contoso Root');
    const { certificate } = await issue({ authority, domains: ['mail.contoso.com', 'contoso.com'] });
    writeFileSync(join(folder, 'contoso-mail.pem'), certificate);
    writeFileSync(join(folder, 'contoso-root.pem'), authority.certificate);
    const scripts = await writeScripts(text, folder);
    return use({ version, plan: planOf(text), folder, scripts, key: join(folder, 'contoso-mail.pem') });
  });
}

/** Writes the scripts of a topology file, without the certificates that lie beside them. */
export async function withScriptsOf<T>(
  path: string,
  use: (written: Pick<Written, 'plan' | 'folder' | 'scripts'>) => T,
): Promise<T> {
  const text = readFileSync(path, 'utf8');
  return inFolder(async (folder) =>
    use({ plan: planOf(text), folder, scripts: await writeScripts(text, folder) }),
  );
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-powershell-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeScripts(text: string, folder: string): Promise<readonly string[]> {
  const scripts: string[] = [];
  for (const artefact of await emitScripts(text)) {
    const path = join(folder, artefact.path);
    mkdirSync(dirname(path), { recursive: true });
    const source = artefact.kind === 'source-file' ? join(folder, artefact.sourceFile) : undefined;
    if (source !== undefined && existsSync(source)) copyFileSync(source, path);
    if (artefact.kind !== 'text') continue;
    writeFileSync(path, bytesOf(artefact));
    if (path.endsWith('.ps1')) scripts.push(path);
  }
  return scripts;
}
