/**
 * Writes a domain in ASCII as `domainToASCII` of Node does: by the rules for the host of a URL; '' where it is none.
 *
 * Source: https://url.spec.whatwg.org/#host-parsing
 */
export function domainToASCII(domain: string): string {
  const url = new URL('ws://x');
  url.hostname = domain;
  if (url.hostname !== 'x') return url.hostname;
  // A setter that refuses leaves what was there, which must not be taken for an answer.
  const other = new URL('ws://y');
  other.hostname = domain;
  return other.hostname === 'x' ? 'x' : '';
}
