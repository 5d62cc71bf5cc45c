import type { ExitCode } from '../run.ts';
import { startBundle } from './bundle.ts';

/** `mailtopo user DIR NAME`: asks the bundle's own transport, for only that knows in which form it wants a password. */
export function user(folder: string, name: string, addresses: readonly string[]): Promise<ExitCode> {
  return startBundle(folder, ['user', '--', name, ...addresses]);
}
