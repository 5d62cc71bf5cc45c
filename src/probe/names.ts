import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { noNameServer, withFacts, type NameServer } from '../../runtime/client/name-facts.ts';
import { systemNameServer } from '../../runtime/client/name-server.ts';
import type { DnsFact, Endpoint } from '../../runtime/config.ts';
import { fetchPolicy } from './fetch-policy.ts';
import { stsIdIn, type StsAnswer } from './mta-sts.ts';
import { askTlsa, type TlsaAnswer } from './tlsa.ts';

/** Whom a probe asks for names. */
export interface Names {
  /** In words, such as `the resolver 192.0.2.53`. */
  readonly who: string;
  readonly nameServer: NameServer;
  /** The host has been through `asciiDomain`. */
  tlsa(host: string, port: number): Promise<TlsaAnswer>;
  sts(domain: string): Promise<StsAnswer>;
}

/** Asks the resolver of the system, or another one. Unit: milliseconds. */
export function namesOf(resolver: 'system' | Endpoint, timeout: number): Names {
  const servers = resolver === 'system' ? undefined : [endpointWords(resolver)];
  const nameServer = systemNameServer(servers, { timeout, tries: 1 });
  return {
    who: resolver === 'system' ? 'the resolver of this machine' : `the resolver ${endpointWords(resolver)}`,
    nameServer,
    async tlsa(host, port) {
      const server = resolver === 'system' ? systemServer() : resolver;
      if (server === undefined) return { kind: 'not looked up', reason: 'this machine names no resolver' };
      return askTlsa(server, host, port, timeout);
    },
    async sts(domain) {
      const asking = new Resolver({ timeout, tries: 1 });
      if (servers !== undefined) asking.setServers(servers);
      const texts = await textsOf(asking, `_mta-sts.${domain}`);
      if (typeof texts === 'string') return { kind: 'not looked up', reason: texts };
      if (!texts.some((text) => text.startsWith('v=STSv1'))) return { kind: 'none' };
      const id = stsIdIn(texts);
      if (id === undefined)
        return { kind: 'faulty', reason: 'its TXT record is malformed, or not the only one' };
      const policy = await fetchPolicy(domain, { addresses: (name) => nameServer.addresses(name), timeout });
      return typeof policy === 'string' ? { kind: 'faulty', reason: policy } : { kind: 'policy', id, policy };
    },
  };
}

/** Asks nobody: what `dns` of the topology says is all there is. */
export function namesFrom(facts: readonly DnsFact[]): Names {
  const notThere = { kind: 'not looked up', reason: 'dns of the topology has no such records' } as const;
  return {
    who: 'dns of the topology',
    nameServer: withFacts(facts, noNameServer),
    tlsa: () => Promise.resolve(notThere),
    sts: () => Promise.resolve(notThere),
  };
}

/** Node and the probe ask the same one. */
function systemServer(): Endpoint | undefined {
  const [first] = new Resolver().getServers();
  if (first === undefined) return undefined;
  if (isIP(first) !== 0) return { address: first, port: 53 };
  const [, address = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(first) ?? [];
  return address === '' ? undefined : { address, port: Number(port) };
}

/** Fails: resolves to a reason. */
async function textsOf(resolver: Resolver, name: string): Promise<readonly string[] | string> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no answer';
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : `the name server says ${code}`;
  }
}

function endpointWords({ address, port }: Endpoint): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return port === 53 && !address.includes(':') ? address : `${host}:${port}`;
}
