import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and key, as text and as files. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/** A root certificate that tests issue from. */
export interface TestAuthority extends Issued {
  readonly name: string;
}

/** What a test wants in a certificate; without an authority it is self-signed. */
export interface IssueRequest {
  readonly authority?: TestAuthority;
  /** The first one is the common name, too. */
  readonly domains: readonly string[];
  readonly usage?: 'client' | 'server' | 'both';
  readonly validity?: 'current' | 'expired';
}

let folder: string | undefined;
const issued = new Map<string, Issued>();

function temporaryFolder(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'mailtopo-certificates-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return folder;
}

/** Makes a root certificate with the OpenSSL tool; the same name gives the same root during one run. */
export function makeAuthority(name: string): TestAuthority {
  const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
  return { ...cached(`authority ${name}`, (file) => selfSign(file, name, extensions, 'current')), name };
}

/** Issues a certificate with the OpenSSL tool; the same request gives the same certificate during one run. */
export function issue(request: IssueRequest): Issued {
  const { authority, domains, usage = 'both', validity = 'current' } = request;
  const [commonName = 'nobody'] = domains;
  const purposes = { client: 'clientAuth', server: 'serverAuth', both: 'serverAuth,clientAuth' } as const;
  const extensions = [
    `subjectAltName=${domains.map((domain) => `DNS:${domain}`).join(',')}`,
    `extendedKeyUsage=${purposes[usage]}`,
    'basicConstraints=critical,CA:FALSE',
  ];
  return cached(JSON.stringify([authority?.name, domains, usage, validity]), (file) => {
    if (authority === undefined) selfSign(file, commonName, extensions, validity);
    else signBy(authority, file, commonName, extensions, validity);
  });
}

function cached(key: string, make: (file: string) => void): Issued {
  const known = issued.get(key);
  if (known !== undefined) return known;
  const file = join(temporaryFolder(), String(issued.size));
  make(file);
  const made = {
    certificate: readFileSync(`${file}.pem`, 'utf8'),
    privateKey: readFileSync(`${file}.key`, 'utf8'),
    certificateFile: `${file}.pem`,
    privateKeyFile: `${file}.key`,
  };
  issued.set(key, made);
  return made;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function selfSign(
  file: string,
  name: string,
  extensions: readonly string[],
  validity: 'current' | 'expired',
): void {
  if (validity === 'expired') throw new Error('the OpenSSL tool cannot backdate a self-signed certificate');
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  const out = ['-keyout', `${file}.key`, '-out', `${file}.pem`];
  openssl([
    'req',
    '-x509',
    ...newKey,
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
    ...withoutDefaults,
    ...added,
    ...out,
  ]);
}

/** Keeps the machine's own openssl.cnf out, which would add extensions of its own. */
const withoutDefaults = ['-config', '/dev/null'];

function signBy(
  authority: TestAuthority,
  file: string,
  name: string,
  extensions: readonly string[],
  validity: 'current' | 'expired',
): void {
  const request = ['-keyout', `${file}.key`, '-out', `${file}.csr`];
  openssl(['req', '-new', ...newKey, '-subj', `/CN=${name}`, ...withoutDefaults, ...request]);
  writeFileSync(`${file}.cnf`, extensions.join('\n'));
  const issuer = ['-CA', authority.certificateFile, '-CAkey', authority.privateKeyFile, '-CAcreateserial'];
  // A negative number of days ends the validity before today.
  const days = ['-days', validity === 'expired' ? '-1' : '30'];
  openssl([
    'x509',
    '-req',
    '-in',
    `${file}.csr`,
    ...issuer,
    ...days,
    '-extfile',
    `${file}.cnf`,
    '-out',
    `${file}.pem`,
  ]);
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
