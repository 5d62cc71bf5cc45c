import { isIP } from 'node:net';

import type { Endpoint } from '../config.ts';
import { isLoopback } from '../decide/address.ts';
import { printable, StartFailure } from '../start-failure.ts';

/**
 * Reads where the monitor listens: a port, or a loopback address and a port; IPv6 stands in brackets.
 *
 * Fails: throws StartFailure for anything else, for whoever reaches the monitor needs no password.
 */
export function parseMonitorAddress(text: string): Endpoint {
  const [, bracketed, plain, digits = ''] = /^(?:(?:\[([^\]]*)\]|([^:]*)):)?(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '127.0.0.1';
  const port = digits === '' ? Number.NaN : Number(digits);
  if (!(port <= 65_535) || isIP(address) === 0)
    throw new StartFailure(`--monitor takes [ADDRESS:]PORT, not "${printable(text)}"`);
  if (!isLoopback(address))
    throw new StartFailure(`--monitor listens on a loopback address only, not on ${printable(address)}`);
  return { address, port };
}
