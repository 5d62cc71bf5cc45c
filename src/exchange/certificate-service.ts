import type { VersionFact } from './version.ts';

/** The services of certificates that not all versions have. Source: EXCH Enable-ExchangeCertificate -Services. */
export const serviceVersions: ReadonlyMap<string, VersionFact> = new Map([
  ['Federation', { since: '2010' }],
  ['UMCallRouter', { since: '2013' }],
]);
