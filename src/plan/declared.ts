import { printIpAddress } from '../mail/ip-address.ts';
import { printIpRange, type IpRange } from '../mail/ip-range.ts';
import type { TcpBinding } from '../mail/tcp-binding.ts';
import type { Reference, Topology, Written } from '../model/topology.ts';
import { issuerName } from './certificates.ts';
import type {
  AddressRange,
  Endpoint,
  Plan,
  PlannedAuthority,
  PlannedCertificate,
  PlannedDelivery,
  PlannedPartner,
  PlannedServer,
} from './step.ts';

/** The parts of a plan that say who and what there is, beside the steps. */
export type Declared = Omit<Plan, 'steps'>;

/** Settles what the topology declares; a value that means nothing is left out, for lint has reported it. */
export function declaredIn(topology: Topology): Declared {
  const { organization } = topology;
  return {
    file: topology.file.split(/[\\/]/).at(-1) ?? topology.file,
    organization: organization.name.value,
    version: organization.exchangeVersion.value,
    acceptedDomains: organization.acceptedDomains.map(({ domain, type }) => ({
      domain: domain.value,
      type: type.value,
    })),
    servers: plannedServers(topology),
    certificates: plannedCertificates(topology),
    authorities: plannedAuthorities(topology),
    partners: plannedPartners(topology),
    credentials: topology.credentials.map(({ name, username, passwordFrom, at }) => ({
      name: name.value,
      username: username.value,
      passwordFrom: passwordFrom.value,
      origin: at,
    })),
    dns: topology.dns.map(({ name, mx, a, aaaa }) => ({
      name: name.value,
      ...(mx.length > 0 && { mx: mx.map(({ preference, host }) => [preference, host] as const) }),
      ...(a.length > 0 && { a: a.map(({ value }) => value) }),
      ...(aaaa.length > 0 && { aaaa: aaaa.map(({ value }) => value) }),
    })),
    delivery: plannedDelivery(topology),
    rehearsal: plannedRehearsal(topology),
  };
}

/** The name that a reference settles on: the declared spelling where somebody declares it. */
export function nameOf(reference: Reference<{ readonly name: { readonly value: string } }>): string {
  return reference.target?.name.value ?? reference.value;
}

/** Settles a range in the one form that scripts write. */
export function addressRangeOf(range: IpRange): AddressRange {
  const end = (value: bigint): string =>
    printIpAddress({ family: range.family, value, ...(range.zone !== undefined && { zone: range.zone }) });
  return { first: end(range.first), last: end(range.last), text: printIpRange(range) };
}

/** Settles a binding. */
export function endpointOf(binding: TcpBinding): Endpoint {
  return { address: printIpAddress(binding.address), port: binding.port };
}

/** Gives what the written values mean, without those that mean nothing. */
export function parsedOf<T>(values: readonly Written<T>[]): readonly T[] {
  return values.flatMap(({ parsed }) => (parsed === undefined ? [] : [parsed]));
}

function plannedServers(topology: Topology): readonly PlannedServer[] {
  return topology.servers.map((server) => ({
    name: server.name.value,
    role: server.role.value,
    fqdn: server.fqdn.value,
    version: server.version.value,
    addresses: parsedOf(server.addresses).map((range) => addressRangeOf(range).first),
    ...(server.site && { site: server.site.value }),
    ...(server.subscribedTo && { subscribedTo: server.subscribedTo.value }),
    origin: server.name.at,
  }));
}

function plannedCertificates(topology: Topology): readonly PlannedCertificate[] {
  return topology.certificates.map(
    ({ name, domains, services, issuedBy, installedOn, file, privateKey }) => ({
      name: name.value,
      domains: domains.map(({ value }) => value),
      services: services.map(({ value }) => value),
      issuedBy: issuerName(issuedBy),
      installedOn: installedOn.map(nameOf),
      ...(file && { file: file.value }),
      ...(privateKey && { privateKey: privateKey.value }),
      origin: name.at,
    }),
  );
}

function plannedAuthorities(topology: Topology): readonly PlannedAuthority[] {
  return topology.authorities.map(({ name, file, trustedOn }) => ({
    name: name.value,
    ...(file && { file: file.value }),
    trustedOn: trustedOn.map(nameOf),
    origin: name.at,
  }));
}

function plannedPartners(topology: Topology): readonly PlannedPartner[] {
  return topology.partners.map(({ name, domains, addresses, mta, certificate, trusts }) => ({
    name: name.value,
    domains: domains.map(({ value }) => value),
    addresses: parsedOf(addresses).map(addressRangeOf),
    ...(mta && { mta: mta.value }),
    ...(certificate && { issuedBy: issuerName(certificate.issuedBy) }),
    certificateDomains: certificate?.domains.map(({ value }) => value) ?? [],
    trusts: trusts.map(nameOf),
    origin: name.at,
  }));
}

function plannedDelivery(topology: Topology): readonly PlannedDelivery[] {
  return topology.delivery.flatMap((delivery): readonly PlannedDelivery[] => {
    const domain = delivery.domain.value;
    if (delivery.kind === 'maildir') return [{ kind: 'maildir', domain, folder: delivery.folder.value }];
    return parsedOf([delivery.endpoint]).map((endpoint) => ({
      kind: 'smtp',
      domain,
      host: printIpAddress(endpoint.address),
      port: endpoint.port,
    }));
  });
}

function plannedRehearsal({ rehearsal }: Topology): Plan['rehearsal'] {
  return {
    listen: rehearsal.listen.flatMap(({ binding, local }) =>
      binding.parsed && local.parsed
        ? [{ binding: endpointOf(binding.parsed), local: endpointOf(local.parsed) }]
        : [],
    ),
    connect: rehearsal.connect.flatMap(({ remote, local }) =>
      remote.parsed && local.parsed
        ? [{ remote: endpointOf(remote.parsed), local: endpointOf(local.parsed) }]
        : [],
    ),
    clients: rehearsal.clients.flatMap(({ local, address }) =>
      local.parsed && address.parsed
        ? [{ local: addressRangeOf(local.parsed).first, address: addressRangeOf(address.parsed).first }]
        : [],
    ),
  };
}
