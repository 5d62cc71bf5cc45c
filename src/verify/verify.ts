import type { Diagnostic } from '../base/diagnostic.ts';
import type { Policy } from '../model/topology.ts';
import type { World } from '../trace/world.ts';
import { clientClasses, domainClasses, type ClientClass } from './classes.ts';
import { proveInboundTls, type InboundClaim } from './inbound.ts';
import { proveNoLoop, proveOutboundTls, proveReachable, proveSpacesReachable, Routes } from './outbound.ts';
import type { Proof } from './proof.ts';
import { findRelayers, proveNoOpenRelay, proveRelayOnlyFrom, type Relayers } from './relay.ts';
import { Sessions } from './sessions.ts';

/** What all properties of a topology are asked through, so that no question is asked twice. */
interface Questions {
  readonly world: World;
  readonly classes: readonly ClientClass[];
  readonly sessions: Sessions;
  readonly routes: Routes;
  readonly relayers: Relayers;
}

/** Proves what every topology should have, and then the policies that it states. */
export async function verify(world: World, policies: readonly Policy[]): Promise<readonly Proof[]> {
  const classes = clientClasses(world);
  const sessions = new Sessions(world);
  const relayers = await findRelayers(world, classes, sessions);
  const questions = { world, classes, sessions, routes: new Routes(world), relayers };
  const proofs = [...(await proveAlways(questions)), ...(await provePartners(questions))];
  for (const policy of policies) proofs.push(...(await provePolicy(questions, policy)));
  return proofs;
}

async function proveAlways({ world, routes, relayers }: Questions): Promise<readonly Proof[]> {
  const accepted = world.config.acceptedDomains
    .map(({ domain }) => domain)
    .filter((domain) => domain !== '*');
  return [
    await proveNoOpenRelay(world, relayers),
    await proveReachable(world, routes, { title: 'every accepted domain is reached', domains: accepted }),
    await proveNoLoop(world, routes, domainClasses(world)),
    await proveSpacesReachable(world, routes),
  ];
}

async function provePartners({ world, classes, sessions, routes }: Questions): Promise<readonly Proof[]> {
  const { tlsReceiveDomainSecureList, tlsSendDomainSecureList } = world.config;
  const proofs: Proof[] = [];
  for (const { name, domains } of world.partners) {
    const title = (direction: string): string => `mail ${direction} ${name} over mutual TLS or not at all`;
    const received = {
      title: title('from'),
      domains: listed(domains, tlsReceiveDomainSecureList),
      tls: 'mutual',
    } as const;
    if (received.domains.length > 0) proofs.push(await proveInboundTls(world, classes, sessions, received));
    const sent = {
      title: title('to'),
      domains: listed(domains, tlsSendDomainSecureList),
      tls: 'mutual',
    } as const;
    if (sent.domains.length > 0) proofs.push(await proveOutboundTls(world, routes, sent));
  }
  return proofs;
}

async function provePolicy(questions: Questions, policy: Policy): Promise<readonly Proof[]> {
  const { world, classes, sessions, routes, relayers } = questions;
  const { tls, at, relayOnlyFrom } = policy;
  const title = `policy "${policy.name.value}"`;
  const claim = (part: string, domains: Policy['to']): InboundClaim => ({
    title: `${title}, ${part}`,
    at,
    domains: domains.map(({ value }) => value),
    tls,
  });
  const proofs: Proof[] = [];
  if (relayOnlyFrom !== undefined) {
    const allowed = relayOnlyFrom.flatMap(({ parsed }) => parsed ?? []);
    proofs.push(await proveRelayOnlyFrom(world, relayers, { title, at, allowed }));
  }
  if (policy.from.length > 0)
    proofs.push(await proveInboundTls(world, classes, sessions, claim('from', policy.from)));
  if (policy.to.length > 0) proofs.push(await proveOutboundTls(world, routes, claim('to', policy.to)));
  if (policy.reaches.length > 0)
    proofs.push(await proveReachable(world, routes, claim('reaches', policy.reaches)));
  return proofs;
}

function listed(domains: readonly string[], list: readonly string[]): readonly string[] {
  const small = list.map((one) => one.toLowerCase());
  return domains.filter((domain) => small.includes(domain.toLowerCase()));
}

/** Finds policies that cannot be asked for: a range that is none, or nothing that they are about. */
export function malformedPolicies(policies: readonly Policy[]): readonly Diagnostic[] {
  return policies.flatMap(faultsOf);
}

/** Tells why a policy cannot be asked for; nothing where it can. */
export function faultsOf({ name, relayOnlyFrom, from, to, reaches }: Policy): readonly Diagnostic[] {
  const fault = (message: string, at = name.at): Diagnostic => ({
    rule: 'malformed-policy',
    severity: 'error',
    message,
    at,
    related: [],
  });
  const ranges = (relayOnlyFrom ?? [])
    .filter(({ parsed }) => parsed === undefined)
    .map(({ value, at }) => fault(`"${value}" in policy "${name.value}" is no range of addresses.`, at));
  const isEmpty = relayOnlyFrom === undefined && from.length + to.length + reaches.length === 0;
  return isEmpty ? [...ranges, fault(`Policy "${name.value}" is about nothing.`)] : ranges;
}
