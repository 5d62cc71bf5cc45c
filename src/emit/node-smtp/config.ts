import type * as transport from '../../../runtime/config.ts';
import type { Span } from '../../base/span.ts';
import type { EnsureTransportConfig, Plan, PlannedServer } from '../../plan/step.ts';
import { safeRelativePath } from '../safe-file-name.ts';
import { bundleFiles } from './bundle-files.ts';
import { readParameters } from './parameters.ts';
import { queueIntervals } from './queue-intervals.ts';
import { receiveConnector } from './receive-connector.ts';
import { sendConnector } from './send-connector.ts';

/** What the transport is told, and where in the topology file its parts come from. */
export interface WiredConfig {
  readonly config: transport.TransportConfig;
  readonly origins: ReadonlyMap<object, Span>;
}

/** Turns a plan into what the transport reads; every field is settled here, so the transport assumes nothing. */
export function transportConfig(plan: Plan): WiredConfig {
  const origins = new Map<object, Span>();
  const from = <T extends object>(origin: Span, made: T): T => {
    origins.set(made, origin);
    return made;
  };
  const settings = plan.steps.filter((step) => step.kind === 'transport-config');
  const config: transport.TransportConfig = {
    configVersion: 1,
    organization: plan.organization,
    acceptedDomains: plan.acceptedDomains.map(({ domain, type }) => ({ domain, type })),
    servers: plan.servers.map((one) => from(one.origin, server(one))),
    ...trust(plan, from),
    credentials: plan.credentials.map((one) =>
      from(one.origin, { name: one.name, username: one.username, passwordFrom: one.passwordFrom }),
    ),
    receiveConnectors: plan.steps
      .filter((step) => step.kind === 'receive-connector')
      .map((step) => from(step.origin, receiveConnector(step, serverNamed(plan, step.server)))),
    sendConnectors: plan.steps
      .filter((step) => step.kind === 'send-connector')
      .map((step) => from(step.origin, sendConnector(step))),
    tlsSendDomainSecureList: union(settings.map((step) => step.tlsSendDomainSecureList)),
    tlsReceiveDomainSecureList: union(settings.map((step) => step.tlsReceiveDomainSecureList)),
    postmasterAddress: postmasterAddress(plan, settings),
    queues: plan.servers.map((one) => ({ server: one.name, intervals: queueIntervals(one) })),
    dns: plan.dns.map(dnsFact),
    delivery: deliveries(plan),
    rehearsal: rehearsal(plan),
  };
  return { config, origins };
}

function server(one: PlannedServer): transport.Server {
  return {
    name: one.name,
    role: one.role,
    fqdn: one.fqdn,
    exchangeVersion: one.version,
    addresses: one.addresses,
    ...(one.site === undefined ? {} : { site: one.site }),
    ...(one.subscribedTo === undefined ? {} : { subscribedTo: one.subscribedTo }),
  };
}

function serverNamed(plan: Plan, name: string): PlannedServer {
  const found = plan.servers.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`mailtopo bug: the plan has a connector on "${name}" and no such server`);
  return found;
}

type Trust = Pick<transport.TransportConfig, 'certificates' | 'authorities' | 'partners'>;

function trust(plan: Plan, from: <T extends object>(origin: Span, made: T) => T): Trust {
  const files = bundleFiles(plan);
  return {
    certificates: plan.certificates.map((one) =>
      from(one.origin, {
        name: one.name,
        ...(one.file === undefined
          ? {}
          : { file: files.certificates.get(one.name) ?? '', keyFile: files.keys.get(one.name) ?? '' }),
        domains: one.domains,
        installedOn: one.installedOn,
        smtp: one.services.includes('SMTP'),
        issuedBy: one.issuedBy,
      }),
    ),
    authorities: plan.authorities.map((one) =>
      from(one.origin, {
        name: one.name,
        ...(one.file === undefined ? {} : { file: files.roots.get(one.name) ?? '' }),
        trustedOn: one.trustedOn,
      }),
    ),
    partners: plan.partners.map((one) =>
      from(one.origin, {
        name: one.name,
        domains: one.domains,
        ...(one.issuedBy === undefined ? {} : { issuedBy: one.issuedBy }),
      }),
    ),
  };
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

/**
 * Names the sender of DSNs: as written, else postmaster at the default accepted domain, else at the first server.
 * Source: EXCH Set-TransportConfig -ExternalPostmasterAddress.
 */
function postmasterAddress(plan: Plan, settings: readonly EnsureTransportConfig[]): string {
  for (const { parameters } of settings) {
    const written = readParameters(parameters).text('ExternalPostmasterAddress');
    if (written !== undefined) return written;
  }
  const named = plan.acceptedDomains.filter(({ domain }) => !domain.startsWith('*'));
  const domain = named.find(({ type }) => type === 'authoritative') ?? named[0];
  return `postmaster@${domain?.domain ?? plan.servers[0]?.fqdn ?? 'localhost'}`;
}

function dnsFact(fact: Plan['dns'][number]): transport.DnsFact {
  return {
    name: fact.name,
    ...(fact.mx === undefined ? {} : { mx: fact.mx }),
    ...(fact.a === undefined ? {} : { a: fact.a }),
    ...(fact.aaaa === undefined ? {} : { aaaa: fact.aaaa }),
  };
}

/** Mail for an authoritative domain that says nothing else stays in a Maildir named after the domain. */
function deliveries(plan: Plan): readonly transport.Delivery[] {
  const written = plan.delivery.map((one): transport.Delivery =>
    one.kind === 'smtp'
      ? { domain: one.domain, kind: 'smtp', host: one.host, port: one.port }
      : { domain: one.domain, kind: 'maildir', folder: safeRelativePath(one.folder) },
  );
  const settled = new Set(written.map(({ domain }) => domain.toLowerCase()));
  const missing = plan.acceptedDomains.filter(
    ({ domain, type }) => type === 'authoritative' && !settled.has(domain.toLowerCase()),
  );
  return [
    ...written,
    ...missing.map(({ domain }): transport.Delivery => ({
      domain,
      kind: 'maildir',
      folder: safeRelativePath(domain),
    })),
  ];
}

function rehearsal({ rehearsal: { listen, connect, clients } }: Plan): transport.Rehearsal {
  const endpoint = ({ address, port }: transport.Endpoint): transport.Endpoint => ({ address, port });
  return {
    listen: listen.map(({ binding, local }) => ({ binding: endpoint(binding), local: endpoint(local) })),
    connect: connect.map(({ remote, local }) => ({ remote: endpoint(remote), local: endpoint(local) })),
    clients: clients.map(({ local, address }) => ({ local, address })),
  };
}
