import { isIP } from 'node:net';
import type { SmartHost } from '../config.ts';
import { parseAddress } from '../decide/address.ts';
import { asciiDomain } from '../decide/domain-match.ts';
import { NameNotAsked, type NameServer } from './name-facts.ts';

/** A host that takes mail for a destination, with its addresses in the order in which they are tried. */
export interface MailHost {
  /** Absent for an address literal. */
  readonly name?: string;
  readonly addresses: readonly string[];
  /** The smart host that it stands for, as the connector names it. */
  readonly smartHost?: string;
}

/** Where mail for a destination can be brought; the reply is what the queue or the DSN shows. */
export type Resolution =
  | { readonly kind: 'hosts'; readonly hosts: readonly MailHost[] }
  | { readonly kind: 'put off' | 'refused'; readonly reply: string };

/** What names are resolved with. */
export interface ResolverOptions {
  readonly nameServer: NameServer;
  /** Addresses at which this server takes mail itself. */
  readonly ownAddresses: readonly string[];
  /** A number from 0 up to 1; decides the order among equals. */
  readonly random: () => number;
}

/** A domain with more hosts than this is not searched to its end. */
const mostHosts = 20;

const temporary = (reason: string): Resolution => ({
  kind: 'put off',
  reply: `451 4.4.0 DNS query failed: ${reason}`,
});

/**
 * Finds the hosts for a recipient domain: by MX, or the domain's own address where it has none, or an address literal.
 *
 * Hosts of equal preference are shuffled. Where this server stands among them, it and all that are less preferred are
 * left out.
 * Source: RFC 5321 §5.1; RFC 7505 (null MX); RFC 5321 §4.1.3 (address literals).
 */
export async function resolveDomain(domain: string, options: ResolverOptions): Promise<Resolution> {
  const literal = /^\[(?:ipv6:)?([^\]]*)\]$/i.exec(domain)?.[1];
  if (literal !== undefined) {
    if (parseAddress(literal) === undefined) return noSuchDomain;
    return { kind: 'hosts', hosts: [{ addresses: [literal] }] };
  }
  const name = asciiDomain(domain);
  if (name === undefined) return noSuchDomain;
  try {
    return await byMx(name, options);
  } catch (thrown) {
    return failed(thrown);
  }
}

/**
 * Finds the hosts behind a connector's smart hosts: each by its address, or its name's MX, or its name's address.
 *
 * That a name's MX goes before its address is observed, not documented. Smart hosts are equals, so they are shuffled;
 * one that cannot be resolved is passed over while another can.
 * Source: EXCH New-SendConnector -SmartHosts.
 */
export async function resolveSmartHosts(
  smartHosts: readonly SmartHost[],
  options: ResolverOptions,
): Promise<Resolution> {
  const found: MailHost[] = [];
  let failure: Resolution = temporary('the connector has no smart host');
  for (const { host } of shuffled(smartHosts, options.random)) {
    if (isIP(host) !== 0) {
      found.push({ addresses: [host], smartHost: host });
      continue;
    }
    const resolution = await byMx(asciiDomain(host) ?? host, options).catch(failed);
    if (resolution.kind === 'hosts')
      found.push(...resolution.hosts.map((one) => ({ ...one, smartHost: host })));
    // The smart host's name is the administrator's; recipients are not told that it does not exist.
    else failure = { kind: 'put off', reply: resolution.reply.replace(/^5\d\d 5/, '451 4') };
  }
  return found.length > 0 ? { kind: 'hosts', hosts: found } : failure;
}

/** Puts a list into random order, the same one for the same random numbers. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

const noSuchDomain: Resolution = {
  kind: 'refused',
  reply: '554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
};

async function byMx(name: string, options: ResolverOptions): Promise<Resolution> {
  const records = await options.nameServer.mx(name);
  if (records.length === 1 && (records[0]?.host === '' || records[0]?.host === '.')) {
    return { kind: 'refused', reply: '556 5.1.10 The recipient domain takes no mail (null MX)' };
  }
  const ordered = records.length > 0 ? inOrder(records, options.random) : [{ preference: 0, host: name }];
  const candidates = ordered.slice(0, mostHosts);
  const hosts: (MailHost & { readonly preference: number })[] = [];
  let failure: unknown;
  let own: number | undefined;
  for (const { preference, host } of candidates) {
    if (own !== undefined && preference >= own) break;
    const hostName = asciiDomain(host) ?? host;
    try {
      const addresses = await options.nameServer.addresses(hostName);
      if (addresses.some((address) => options.ownAddresses.includes(address))) own = preference;
      else if (addresses.length > 0) hosts.push({ name: hostName, addresses, preference });
    } catch (thrown) {
      failure = thrown;
    }
  }
  const usable = hosts.filter(({ preference }) => own === undefined || preference < own);
  if (usable.length > 0) return { kind: 'hosts', hosts: usable.map(({ preference: _, ...host }) => host) };
  if (own !== undefined)
    return { kind: 'refused', reply: '554 5.3.5 System incorrectly configured: mail loops back' };
  return failure === undefined ? noSuchDomain : failed(failure);
}

function inOrder<T extends { readonly preference: number }>(
  records: readonly T[],
  random: () => number,
): T[] {
  return shuffled(records, random).sort((a, b) => a.preference - b.preference);
}

function failed(thrown: unknown): Resolution {
  if (thrown instanceof NameNotAsked) return temporary(thrown.message);
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no answer';
  return temporary(code);
}
