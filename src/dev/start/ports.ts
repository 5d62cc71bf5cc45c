import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The loopback ports of the story. */
export interface Ports {
  readonly edge: number;
  readonly printers: number;
  readonly partner: number;
}

/** Finds ports that nobody listens on; all are held until the last is found, so that they differ. */
export async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer(), createServer()];
  const found: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    found.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  const [edge = 0, printers = 0, partner = 0] = found;
  return { edge, printers, partner };
}
