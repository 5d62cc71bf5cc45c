import { asciiDomain } from '../../runtime/decide/domain-match.ts';

/** A policy that a domain publishes. Source: RFC 8461 §3.2. */
export interface StsPolicy {
  readonly mode: 'enforce' | 'testing' | 'none';
  /** Unit: seconds. */
  readonly maxAge: number;
  /** Names of hosts, or `*.` and a domain. */
  readonly mx: readonly string[];
}

/** What was found out about MTA-STS for a domain. */
export type StsAnswer =
  | { readonly kind: 'policy'; readonly id: string; readonly policy: StsPolicy }
  | { readonly kind: 'none' }
  | { readonly kind: 'faulty' | 'not looked up'; readonly reason: string };

/** Takes the id out of TXT records. Fails: returns undefined unless exactly one is of MTA-STS. Source: RFC 8461 §3.1. */
export function stsIdIn(records: readonly string[]): string | undefined {
  const [record, ...others] = records.filter((text) => /^v=STSv1\s*(;|$)/.test(text));
  if (record === undefined || others.length > 0) return undefined;
  return /;\s*id=([A-Za-z0-9]{1,32})\s*(;|$)/.exec(record)?.[1];
}

/** Reads a policy file. Fails: returns undefined for what is none. Source: RFC 8461 §3.2. */
export function readStsPolicy(text: string): StsPolicy | undefined {
  const pairs = text.split(/\r?\n/).flatMap((line) => {
    const [, key, value] = /^([A-Za-z0-9_.-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
  const one = (wanted: string): string | undefined => pairs.find(([key]) => key === wanted)?.[1];
  const mode = one('mode');
  const maxAge = one('max_age') ?? '';
  if (one('version') !== 'STSv1' || !/^\d{1,10}$/.test(maxAge)) return undefined;
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return undefined;
  return { mode, maxAge: Number(maxAge), mx: pairs.flatMap(([key, value]) => (key === 'mx' ? [value] : [])) };
}

/** Says whether a policy names a host; a wildcard stands for one label. Source: RFC 8461 §4.1. */
export function policyNames({ mx }: StsPolicy, host: string): boolean {
  const wanted = asciiDomain(host);
  return (
    wanted !== undefined &&
    mx.some((pattern) =>
      pattern.startsWith('*.')
        ? wanted.slice(wanted.indexOf('.') + 1) === asciiDomain(pattern.slice(2)) && wanted.includes('.')
        : wanted === asciiDomain(pattern),
    )
  );
}
