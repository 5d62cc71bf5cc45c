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
