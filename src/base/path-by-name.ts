/**
 * Names the way to a node without its places in lists, which move when an entry comes or goes.
 *
 * Source: RFC 6901.
 */
export function pathByName(path: string): string {
  return path
    .split('/')
    .filter((step) => !/^\d+$/.test(step))
    .join('/');
}
