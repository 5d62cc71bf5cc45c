import type { Endpoint } from '../../runtime/config.ts';

/** Writes an address and port, an IPv6 address in brackets. */
export function endpointText({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
