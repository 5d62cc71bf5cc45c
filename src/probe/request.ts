import { systemClock, type Clock } from '../../runtime/clock.ts';
import type { Endpoint, Server } from '../../runtime/config.ts';
import { Failure } from '../base/failure.ts';
import { nearest } from '../base/nearest.ts';
import { parseIpAddress } from '../mail/ip-address.ts';
import type { PlannedPartner } from '../plan/step.ts';
import { serverNamed, type World } from '../trace/world.ts';
import { namesFrom, namesOf, type Names } from './names.ts';

/** Finds a partner by its name, without regard to case. Fails: throws Failure. */
export function partnerNamed({ partners }: World, name: string): PlannedPartner {
  const partner = partners.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (partner !== undefined) return partner;
  const names = partners.map((one) => one.name);
  const meant = nearest(name, names);
  const hint =
    meant === undefined ? `the partners are ${names.join(', ') || 'none'}` : `did you mean "${meant}"?`;
  throw new Failure('usage', `there is no partner ${JSON.stringify(name)}; ${hint}`);
}

/** Finds the server whose queue holds the mail: mail begins inside, where there is an inside. Fails: throws Failure. */
export function serverOf(world: World, name: string | undefined): Server {
  const { servers } = world.config;
  const server =
    name === undefined
      ? (servers.find(({ role }) => role === 'hub' || role === 'mailbox') ?? servers[0])
      : serverNamed(world, name);
  if (server === undefined) throw new Failure('usage', `there is no server ${JSON.stringify(name ?? '')}`);
  return server;
}

/** Finds who is asked for names. Unit: milliseconds. Fails: throws Failure. */
export function namesFor({ config }: World, resolver: string | undefined, timeout: number): Names {
  if (resolver === undefined) return namesOf('system', timeout);
  if (resolver === 'dns') return namesFrom(config.dns);
  const isBare = parseIpAddress(resolver) !== undefined;
  const endpoint = isBare ? { address: resolver, port: 53 } : endpointOf('--resolver', resolver);
  if (parseIpAddress(endpoint.address) === undefined)
    throw new Failure('usage', '--resolver is an IP address, with or without a port, or dns');
  return namesOf(endpoint, timeout);
}

/** Reads a host and port. Fails: throws Failure. */
export function endpointOf(flag: string, text: string): Endpoint {
  const [, six, host = six, port] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const number = Number(port);
  if (host === undefined || !(number >= 1 && number <= 65_535))
    throw new Failure('usage', `${flag}: ${JSON.stringify(text)} is no host and port such as 127.0.0.1:2525`);
  return { address: host, port: number };
}

/** Waits for nothing longer than it is told to; certificates are judged as of `now`. Unit: milliseconds. */
export function impatient(timeout: number, now: number): Clock {
  return {
    now: () => now,
    elapsed: systemClock.elapsed,
    after: (delay, run) => systemClock.after(Math.min(delay, timeout), run),
  };
}
