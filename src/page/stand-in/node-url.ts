/** Thrown for a domain of which this browser may think otherwise than the transport does. */
export class UnjudgedDomain extends Error {
  constructor(domain: string) {
    super(
      `a browser may judge the letters of "${domain}" otherwise than the transport; ask "mailtopo trace" on the command line`,
    );
    this.name = 'UnjudgedDomain';
  }
}

/**
 * Letters that were there before browsers and versions of Node began to differ: Latin, Greek, Cyrillic, Armenian, Hebrew,
 * Arabic, Thai, Japanese, Chinese and Korean. Blocks in which Unicode still adds letters are left out.
 */
const known =
  /^[\u0000-\u024f\u0300-\u036f\u0370-\u04bf\u04c1-\u052f\u0531-\u05f4\u0600-\u06ff\u0e01-\u0e5b\u1e00-\u1e9d\u1e9f-\u1fff\u3001-\u3002\u3041-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff5e\uff61]*$/;

/** A label that is written in ASCII already, beside others that are not: how far it is checked differs. */
const written = /xn--/i;

/** Browsers refuse names that mix directions of writing, and Node does not. */
const fromRightToLeft = /[\u0590-\u06ff]/;

/**
 * Writes a domain in ASCII as `domainToASCII` of Node does: by the rules for the host of a URL; '' where it is none.
 *
 * Fails: throws UnjudgedDomain where that cannot be promised; what else it does is that the answer may hold a sign that no
 * host name has, where Node has '' or another such sign.
 * Source: https://url.spec.whatwg.org/#host-parsing
 */
export function domainToASCII(domain: string): string {
  if (!known.test(domain) || written.test(domain)) throw new UnjudgedDomain(domain);
  const ascii = hostOf(domain);
  if (ascii === '' && fromRightToLeft.test(domain)) throw new UnjudgedDomain(domain);
  return ascii;
}

function hostOf(domain: string): string {
  const url = new URL('ws://x');
  url.hostname = domain;
  if (url.hostname !== 'x') return url.hostname;
  // A setter that refuses leaves what was there, which must not be taken for an answer.
  const other = new URL('ws://y');
  other.hostname = domain;
  return other.hostname === 'x' ? 'x' : '';
}
