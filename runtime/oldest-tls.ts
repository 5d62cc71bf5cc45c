import { DEFAULT_CIPHERS, type SecureContextOptions, type SecureVersion } from 'node:tls';

import type { Log } from './log.ts';

/** A way that mail goes: to us, or from us to servers outside of the topology. */
export type TlsWay = 'receive' | 'send';

/** The oldest version of TLS that is spoken each way; servers of the topology never speak less than TLS 1.2 to each other. */
export type OldestTls = Readonly<Record<TlsWay, SecureVersion>>;

/** What is spoken where nobody asks for anything else. Source: RFC 8996 §2, §8. */
export const usualOldestTls: OldestTls = { receive: 'TLSv1.2', send: 'TLSv1.2' };

/** Whether a version is one that RFC 8996 takes out of use. */
export function isOutdated(version: SecureVersion): boolean {
  return version === 'TLSv1' || version === 'TLSv1.1';
}

/**
 * Says from which version on a context speaks TLS.
 *
 * From OpenSSL 3 on, the MD5 and SHA-1 signatures of TLS 1.0 and 1.1 are below its security level 1, so that with the usual
 * ciphers alone no such handshake comes about. The level is lowered for these versions only.
 */
export function spokenFrom(version: SecureVersion): Pick<SecureContextOptions, 'minVersion' | 'ciphers'> {
  if (!isOutdated(version)) return { minVersion: version };
  return { minVersion: version, ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` };
}

/** Tells the log which outdated versions are spoken. */
export function warnOfOutdated(oldest: OldestTls, log: Log): void {
  for (const way of ['receive', 'send'] as const)
    if (isOutdated(oldest[way])) log('warning', 'outdated TLS is allowed', { way, from: oldest[way] });
}
