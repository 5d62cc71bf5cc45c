import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { CertificateOf } from '../emit/emitter.ts';
import { inPackage } from '../package.ts';
import { topologyPage } from '../page/topology-page.ts';
import { fileExistsBeside } from '../read-source.ts';
import { askableSource } from '../trace-source.ts';
import { rules } from '../../rules/index.ts';
import { pageFacts, provenOf } from './page-facts.ts';

/** Where the build leaves what runs in the page. */
const scriptFile = 'dist/src/page/in-page.js';

/**
 * Makes the page of a topology file; absent where too little of the file could be read.
 *
 * Without a moment to judge by the page says the same on every day. Unit: `now` is milliseconds since 1970.
 */
export async function pageOf(
  file: string,
  text: string,
  certificateOf: CertificateOf,
  now?: number,
): Promise<{ readonly page?: string; readonly diagnostics: readonly Diagnostic[] }> {
  const judged = now === undefined ? {} : { now };
  const options = { rules, fileExists: fileExistsBeside(file), certificateOf, ...judged };
  const { askable, diagnostics } = askableSource(file, text, options);
  if (askable === undefined) return { diagnostics };
  const proven = await provenOf(askable, now);
  const facts = pageFacts({ askable, findings: diagnostics, proven, certificateOf, ...judged });
  return {
    page: topologyPage(facts, readFileSync(inPackage(scriptFile), 'utf8')),
    diagnostics,
  };
}
