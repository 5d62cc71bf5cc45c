import type { Diagnostic } from '../base/diagnostic.ts';
import type { Policy } from '../model/topology.ts';
import type { World } from '../trace/world.ts';
import { clientClasses, domainClasses } from './classes.ts';
import { proveInboundTls } from './inbound.ts';
import { proveNoLoop, proveOutboundTls, proveReachable, proveSpacesReachable, Routes } from './outbound.ts';
import type { Proof } from './proof.ts';
import { findRelayers, proveNoOpenRelay, proveRelayOnlyFrom } from './relay.ts';
import { Sessions } from './sessions.ts';

/** Proves what every topology should have, and then the policies that it states. */
export async function verify(world: World, policies: readonly Policy[]): Promise<readonly Proof[]> {
  const classes = clientClasses(world);
  const sessions = new Sessions(world);
  const routes = new Routes(world);
  const relayers = await findRelayers(world, classes, sessions);
  const { config } = world;
  const accepted = config.acceptedDomains.map(({ domain }) => domain).filter((domain) => domain !== '*');
  const proofs: Proof[] = [
    await proveNoOpenRelay(world, relayers),
    await proveReachable(world, routes, { title: 'every accepted domain is reached', domains: accepted }),
    await proveNoLoop(world, routes, domainClasses(world)),
    await proveSpacesReachable(world, routes),
  ];
  for (const { name, domains } of world.partners) {
    const received = listed(domains, config.tlsReceiveDomainSecureList);
    const title = (direction: string): string => `mail ${direction} ${name} over mutual TLS or not at all`;
    if (received.length > 0)
      proofs.push(
        await proveInboundTls(world, classes, sessions, {
          title: title('from'),
          domains: received,
          tls: 'mutual',
        }),
      );
    const sent = listed(domains, config.tlsSendDomainSecureList);
    if (sent.length > 0)
      proofs.push(
        await proveOutboundTls(world, routes, { title: title('to'), domains: sent, tls: 'mutual' }),
      );
  }
  for (const policy of policies) {
    const { tls, at } = policy;
    const title = `policy "${policy.name.value}"`;
    if (policy.relayOnlyFrom !== undefined) {
      const allowed = policy.relayOnlyFrom.flatMap(({ parsed }) => parsed ?? []);
      proofs.push(await proveRelayOnlyFrom(world, relayers, { title, at, allowed }));
    }
    const [from, to, reaches] = [policy.from, policy.to, policy.reaches].map((list) =>
      list.map(({ value }) => value),
    );
    if (from && from.length > 0)
      proofs.push(
        await proveInboundTls(world, classes, sessions, { title: `${title}, from`, at, domains: from, tls }),
      );
    if (to && to.length > 0)
      proofs.push(await proveOutboundTls(world, routes, { title: `${title}, to`, at, domains: to, tls }));
    if (reaches && reaches.length > 0)
      proofs.push(await proveReachable(world, routes, { title: `${title}, reaches`, at, domains: reaches }));
  }
  return proofs;
}

function listed(domains: readonly string[], list: readonly string[]): readonly string[] {
  const small = list.map((one) => one.toLowerCase());
  return domains.filter((domain) => small.includes(domain.toLowerCase()));
}

/** Finds policies that cannot be asked for: a range that is none, or nothing that they are about. */
export function malformedPolicies(policies: readonly Policy[]): readonly Diagnostic[] {
  return policies.flatMap(({ name, relayOnlyFrom, from, to, reaches }): readonly Diagnostic[] => {
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
  });
}
