/** The lane of a real third party: Postfix and the compiled bundle, on loopback. Prints `N passed, N failed`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../src/dev/start/ports.ts';
import { makeCertificates } from './certificates.ts';
import { compileContoso } from './contoso.ts';
import type { Case, Lane } from './lane.ts';
import { Lacking, unpackedPostfix } from './packages.ts';
import { askForNamespaces } from './postfix.ts';
import { toContoso } from './to-contoso.ts';
import { toFabrikam } from './to-fabrikam.ts';

/** Fails: ends the process with 2 where this machine lacks something. */
function packages(): string {
  try {
    askForNamespaces();
    return unpackedPostfix();
  } catch (thrown) {
    if (!(thrown instanceof Lacking)) throw thrown;
    console.error(`needs ${thrown.message}`);
    process.exit(2);
  }
}

// The daemons have accounts of their own, and read what is written for them.
process.umask(0o022);
const folder = mkdtempSync(join(tmpdir(), 'mailtopo-peers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const certificates = await makeCertificates();
const ports = await freePorts();
const lane: Lane = {
  packages: packages(),
  certificates,
  ports,
  output: await compileContoso(folder, certificates, ports),
};

let passed = 0;
let failed = 0;

async function check({ title, run }: Case): Promise<void> {
  try {
    await run(lane, join(folder, String(passed + failed)));
    passed += 1;
    console.log(`ok: ${title}`);
  } catch (fault) {
    failed += 1;
    const reason = fault instanceof Error ? fault.message : String(fault);
    console.log(`not ok: ${title}\n   ${reason.replaceAll('\n', '\n   ')}`);
  }
}

const wanted = process.argv[2] ?? '';
for (const one of [...toFabrikam, ...toContoso]) if (one.title.includes(wanted)) await check(one);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
