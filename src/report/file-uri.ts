import { wellFormed } from './printable.ts';

/** Percent-encodes one name of a path. */
function encodeName(name: string): string {
  return encodeURIComponent(wellFormed(name)).replaceAll(/[!'()*]/g, (found) => {
    return `%${found.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/**
 * Writes a path, with `/` between folders, as a URI: relative where the path is, else `file:`.
 *
 * Every name is encoded, `:` as well, so that no part is taken for a scheme. Source: RFC 3986 §4.2, RFC 8089 §2.
 */
export function fileUri(path: string): string {
  const uri = path.split('/').map(encodeName).join('/');
  if (path.startsWith('/')) return `file://${uri.replace(/^\/+/, '/')}`;
  // A drive of Windows.
  return /^[A-Za-z]:\//.test(path) ? `file:///${uri.replace('%3A', ':')}` : uri;
}
