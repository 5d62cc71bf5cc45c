import { Resolver } from 'node:dns/promises';
import type { DnsFact } from '../config.ts';
import { asciiDomain } from '../decide/domain-match.ts';

/** Answers of the DNS; an empty list is "no such record". Fails: rejects where the DNS gave no answer. */
export interface NameServer {
  mx(name: string): Promise<readonly { readonly preference: number; readonly host: string }[]>;
  addresses(name: string): Promise<readonly string[]>;
}

/** Thrown where a name may not be asked for; the message says why. */
export class NameNotAsked extends Error {}

/** Answers from the topology's facts; only a name that they do not hold is asked for elsewhere. */
export function withFacts(facts: readonly DnsFact[], beyond: NameServer): NameServer {
  const known = new Map(facts.map((fact) => [asciiDomain(fact.name) ?? fact.name, fact]));
  return {
    async mx(name) {
      const fact = known.get(name);
      if (fact === undefined) return beyond.mx(name);
      return (fact.mx ?? []).map(([preference, host]) => ({ preference, host }));
    },
    async addresses(name) {
      const fact = known.get(name);
      return fact === undefined ? beyond.addresses(name) : [...(fact.a ?? []), ...(fact.aaaa ?? [])];
    },
  };
}

/** A name server that never asks anyone; used in a rehearsal, which does not leave the machine. */
export const noNameServer: NameServer = {
  mx: (name) => Promise.reject(new NameNotAsked(`dns has no entry for ${name}`)),
  addresses: (name) => Promise.reject(new NameNotAsked(`dns has no entry for ${name}`)),
};

/** The DNS of the system, or of the servers given. */
export function systemNameServer(servers?: readonly string[]): NameServer {
  const resolver = new Resolver({ timeout: 5000, tries: 2 });
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
