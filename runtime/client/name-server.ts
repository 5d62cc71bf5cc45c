import { Resolver } from 'node:dns/promises';
import type { NameServer } from './name-facts.ts';

/** The DNS of the system, or of the servers given. Unit: milliseconds, for each of `tries`. */
export function systemNameServer(
  servers?: readonly string[],
  wait: { readonly timeout: number; readonly tries: number } = { timeout: 5000, tries: 2 },
): NameServer {
  const resolver = new Resolver(wait);
  if (servers !== undefined) resolver.setServers(servers);
  return {
    mx: async (name) =>
      (await noneIfMissing(resolver.resolveMx(name))).map(({ priority, exchange }) => ({
        preference: priority,
        host: exchange,
      })),
    async addresses(name) {
      const [four, six] = await Promise.allSettled([
        noneIfMissing(resolver.resolve4(name)),
        noneIfMissing(resolver.resolve6(name)),
      ]);
      const found = [four, six].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      // A resolver that stumbles over AAAA must not keep mail from an IPv4 host.
      const failure = [four, six].find((one) => one.status === 'rejected');
      if (found.length === 0 && failure?.status === 'rejected') throw failure.reason;
      return found;
    },
  };
}

async function noneIfMissing<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw thrown;
  }
}
