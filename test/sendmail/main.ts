/** The lane of Sendmail: its own m4 files take what is emitted, its rulesets decide, and a daemon does so in sessions. Prints `N passed, N failed`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issue, makeAuthority, type Issued, type TestAuthority } from '../support/certificates.ts';
import { cases, plan } from './cases.ts';
import { make, type Made } from './made.ts';
import { Lacking, unpackedSendmail } from './packages.ts';
import { freePort, mailFrom, serve, type Shown } from './serving.ts';

function packages(): string {
  try {
    return unpackedSendmail();
  } catch (thrown) {
    if (!(thrown instanceof Lacking)) throw thrown;
    console.error(`needs ${thrown.message}`);
    process.exit(2);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'mailtopo-sendmail-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

let passed = 0;
let failed = 0;

function tell(title: string, isAsExpected: boolean, said: string): void {
  if (isAsExpected) passed += 1;
  else failed += 1;
  console.log(isAsExpected ? `ok: ${title}` : `not ok: ${title}\n   ${said}`);
}

const root = await makeAuthority('contoso root', { keyType: 'rsa' });
const stranger = await makeAuthority('somebody else', { keyType: 'rsa' });
const shown = async (authority: TestAuthority, ...domains: string[]): Promise<Issued> =>
  issue({ authority, domains, commonName: 'nobody', keyType: 'rsa' });
const made: Made = await make(packages(), folder, plan, {
  roots: root.certificate,
  ...(await issue({ domains: ['mail.fabrikam.com', 'fabrikam.com'], keyType: 'rsa' })),
  port: await freePort(),
});
for (const { title, given, question, answer } of cases) {
  const said = made.ask(given, question);
  tell(title, answer.test(said), said);
}

const sessions: readonly [
  title: string,
  sender: string,
  shown: Shown | 'no certificate' | 'no TLS',
  answer: RegExp,
][] = [
  [
    'with our domain in its certificate',
    'a@contoso.com',
    await shown(root, 'mail.contoso.com', 'contoso.com'),
    /^250 /,
  ],
  [
    'with the name of our host alone',
    'a@contoso.com',
    await shown(root, 'mail.contoso.com'),
    /^450 4\.7\.0 /,
  ],
  [
    'with the certificate of another',
    'a@contoso.com',
    await shown(root, 'elsewhere.example'),
    /^450 4\.7\.0 /,
  ],
  [
    'with one of an unknown authority',
    'a@contoso.com',
    await shown(stranger, 'contoso.com'),
    /^450 4\.7\.0 /,
  ],
  ['without a certificate', 'a@contoso.com', 'no certificate', /^450 4\.7\.0 /],
  ['without TLS', 'a@contoso.com', 'no TLS', /^450 4\.7\.0 /],
  ['of another sender, without TLS', 'x@elsewhere.example', 'no TLS', /^250 /],
];
const serving = await serve(made.port, made.daemon);
try {
  for (const [title, sender, shows, answer] of sessions) {
    const said = await mailFrom(serving.port, sender, shows);
    tell(`a session ${title}`, answer.test(said), said);
  }
} finally {
  await serving.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
