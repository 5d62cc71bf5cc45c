import type { Span } from '../../base/span.ts';
import { parseIpAddress, printIpAddress } from '../../mail/ip-address.ts';
import { parseDomainPattern, parseSmtpDomain, printDomainPattern } from '../../mail/smtp-domain.ts';
import type {
  AddressRange,
  Endpoint,
  EnsureReceiveConnector,
  EnsureSendConnector,
  Plan,
  PlannedAddressSpace,
  PlannedCertificate,
  PlannedPartner,
  PlannedServer,
} from '../../plan/step.ts';
import { fileNamesFor, safeFileName } from '../safe-file-name.ts';

/** A Receive connector of ours that the partner sends to. */
export interface Entrance {
  readonly connector: EnsureReceiveConnector;
  /** Where it listens, with the server's own addresses for all addresses. */
  readonly endpoints: readonly Endpoint[];
}

/** A Send connector of ours that the partner receives from. */
export interface Exit {
  readonly connector: EnsureSendConnector;
  /** The names that our servers give in EHLO. */
  readonly names: readonly string[];
}

/** A root of ours that the partner must trust; without a file where the topology names none. */
export interface OurRoot {
  readonly name: string;
  readonly sourceFile?: string;
  /** Relative to the partner's folder. */
  readonly path: string;
  readonly origin: Span;
}

/** What we and a partner have to agree on, seen from the partner's side. */
export interface Agreement {
  readonly partner: PlannedPartner;
  /** Where the partner's files lie in the output folder. */
  readonly folder: string;
  /** What we are called, in words and in file names. */
  readonly organization: string;
  readonly ourName: string;
  readonly ourDomains: readonly string[];
  /** Domains of the partner, as configuration files take them. */
  readonly partnerDomains: readonly string[];
  readonly entrances: readonly Entrance[];
  readonly exits: readonly Exit[];
  /** The address spaces of our Send connectors that stand for a domain and all below it, such as `*.fabrikam.com`. */
  readonly wideSpaces: readonly string[];
  /** The names that our servers announce and that their certificates hold. */
  readonly ourHosts: readonly string[];
  /** The certificate that we show as a client holds one of these names at least. */
  readonly ourClientNames: readonly string[];
  /** The addresses that we may connect from, as far as the Internet can see them. */
  readonly ourAddresses: readonly string[];
  readonly ourRoots: readonly OurRoot[];
  /** Whether a certificate of ours is signed by a public authority. */
  readonly trustsPublicRoots: boolean;
  /** The certificates that our servers may show. */
  readonly ourCertificates: readonly PlannedCertificate[];
  /** Mail to us goes over TLS or not at all. */
  readonly mustEncrypt: boolean;
  /** Both sides show a certificate. */
  readonly isMutual: boolean;
  readonly remoteIPRanges: readonly AddressRange[];
}

/** Finds the agreements with all partners, in the order of the topology. */
export function agreements(plan: Plan): readonly Agreement[] {
  const folders = fileNamesFor(plan.partners.map(({ name }) => name));
  return plan.partners.map((partner) =>
    agreementWith(plan, partner, `partners/${folders.get(partner.name) ?? '_'}`),
  );
}

function agreementWith(plan: Plan, partner: PlannedPartner, folder: string): Agreement {
  const entrances = entrancesFor(plan, partner);
  const exits = exitsFor(plan, partner);
  const ourDomains = plan.acceptedDomains.flatMap(({ domain }) => patternOf(domain));
  const certificates = certificatesShown(plan, entrances, exits);
  const sources = serversNamed(
    plan,
    exits.flatMap(({ connector }) => connector.sourceTransportServers),
  );
  return {
    partner,
    folder,
    organization: plan.organization,
    ourName: wordOf(plan.organization),
    ourDomains,
    partnerDomains: partner.domains.flatMap(domainOf),
    entrances,
    exits,
    wideSpaces: unique(exits.flatMap(({ connector }) => connector.addressSpaces.flatMap(wideSpaceOf))),
    ourHosts: unique(entrances.flatMap(({ connector }) => domainOf(connector.fqdn))),
    ourClientNames: unique([...exits.flatMap(({ names }) => names.flatMap(domainOf)), ...ourDomains]),
    ourAddresses: seenFromOutside(sources.flatMap(({ addresses }) => addresses)),
    ourRoots: rootsOf(plan, certificates),
    trustsPublicRoots: certificates.some(({ issuedBy }) => issuedBy === 'public'),
    ourCertificates: certificates,
    mustEncrypt: entrances.some(({ connector }) => connector.requireTLS || connector.domainSecureEnabled),
    isMutual: [...entrances, ...exits].some(({ connector }) => connector.domainSecureEnabled),
    remoteIPRanges: entrances.flatMap(({ connector }) => connector.remoteIPRanges),
  };
}

function entrancesFor(plan: Plan, { name }: PlannedPartner): readonly Entrance[] {
  return plan.steps
    .filter((step) => step.kind === 'receive-connector')
    .filter((step) => step.partner === name && step.enabled)
    .map((connector) => {
      const [server] = serversNamed(plan, [connector.server]);
      const endpoints = connector.bindings.flatMap(({ address, port }) =>
        addressesOf(address, server).map((one) => ({ address: one, port })),
      );
      return { connector, endpoints };
    });
}

/** `0.0.0.0` and `::` stand for all addresses of their family. */
function addressesOf(address: string, server: PlannedServer | undefined): readonly string[] {
  const all = server?.addresses ?? [];
  if (address === '0.0.0.0') return all.filter((one) => !one.includes(':'));
  return address === '::' ? all.filter((one) => one.includes(':')) : [address];
}

function exitsFor(plan: Plan, { name }: PlannedPartner): readonly Exit[] {
  return plan.steps
    .filter((step) => step.kind === 'send-connector')
    .filter((step) => step.partner === name && step.enabled)
    .map((connector) => {
      const servers = serversNamed(plan, connector.sourceTransportServers);
      const names = connector.fqdn === undefined ? servers.map(({ fqdn }) => fqdn) : [connector.fqdn];
      return { connector, names };
    });
}

/** Source: EXCH New-SendConnector -AddressSpaces. */
function wideSpaceOf({ type, space }: PlannedAddressSpace): readonly string[] {
  return type.toUpperCase() === 'SMTP' && space.startsWith('*.') ? patternOf(space) : [];
}

function serversNamed(plan: Plan, names: readonly string[]): readonly PlannedServer[] {
  return plan.servers.filter(({ name }) => names.includes(name));
}

/** A certificate may be shown by every server that it is installed on and enabled for SMTP on. */
function certificatesShown(
  plan: Plan,
  entrances: readonly Entrance[],
  exits: readonly Exit[],
): readonly PlannedCertificate[] {
  const servers = new Set([
    ...entrances.map(({ connector }) => connector.server),
    ...exits.flatMap(({ connector }) => connector.sourceTransportServers),
  ]);
  return plan.certificates.filter(
    ({ services, installedOn }) =>
      services.includes('SMTP') && installedOn.some((server) => servers.has(server)),
  );
}

/** The root of a certificate is that of its issuer; one that signs itself is its own root. */
function rootsOf(plan: Plan, certificates: readonly PlannedCertificate[]): readonly OurRoot[] {
  const issuers = new Set(certificates.map(({ issuedBy }) => issuedBy));
  const roots = [
    ...plan.authorities.filter(({ name }) => issuers.has(name)),
    ...certificates.filter(({ issuedBy }) => issuedBy === 'selfSigned'),
  ];
  const fileNames = fileNamesFor(roots.map(({ name }) => name));
  return roots.map(({ name, file, origin }) => ({
    name,
    ...(file === undefined ? {} : { sourceFile: file }),
    path: `roots/${fileNames.get(name) ?? '_'}.pem`,
    origin,
  }));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Leaves private addresses out, unless there is no other. Source: RFC 1918 §3, RFC 4193 §3.1, RFC 4291 §2.5.6. */
function seenFromOutside(addresses: readonly string[]): readonly string[] {
  const all = unique(addresses.flatMap((text) => printed(text)));
  const isPrivate = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd]..:|fe[89ab].:)/;
  const seen = all.filter((address) => !isPrivate.test(address));
  return seen.length > 0 ? seen : all;
}

function printed(text: string): readonly string[] {
  const address = parseIpAddress(text);
  return address === undefined ? [] : [printIpAddress(address)];
}

/** Names become part of configuration files of other programs, so nothing but a domain goes through. */
function domainOf(text: string): readonly string[] {
  const domain = parseSmtpDomain(text);
  return domain === undefined ? [] : [domain.ascii];
}

function patternOf(text: string): readonly string[] {
  const pattern = parseDomainPattern(text);
  return pattern === undefined || pattern.kind === 'all' ? [] : [printDomainPattern(pattern)];
}

/** A name that file systems and the configuration languages of all targets take as one word. */
function wordOf(name: string): string {
  const letters = safeFileName(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
  const word = letters.slice(0, 24).replaceAll(/^_+|_+$/g, '');
  return /^[a-z]/.test(word) ? word : `our_${word}`.replace(/_$/, '');
}
