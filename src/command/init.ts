import { lstatSync, writeFileSync } from 'node:fs';
import { Failure } from '../base/failure.ts';
import { printable } from '../base/printable.ts';
import { reasonOf } from '../base/reason-of.ts';
import { hasErrors } from '../base/diagnostic.ts';
import { exchangeVersions, holdsIn, type ExchangeVersion } from '../exchange/version.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { lintText } from './lint.ts';

export interface InitArguments {
  readonly organization: string;
  readonly exchangeVersion: string;
  readonly domain: string;
  readonly server?: string;
  readonly fqdn?: string;
  readonly address: string;
  readonly partner: string;
  readonly partnerDomain: string;
  readonly partnerAddress: string;
  readonly force?: boolean;
}

/** A JSON string is a YAML double-quoted scalar; what needs no quotes goes without. Source: YAML 1.2.2 §7.3.1. */
function scalar(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** The servers of a starter: one that takes mail in, and the one that sends it, the same where the version has it so. */
interface StarterServers {
  readonly receives: string;
  readonly sends: string;
  readonly entries: string;
}

function entryOf(name: string, role: string, fqdn: string, address: string): string {
  return `  ${scalar(name)}:
    role: ${role}
    fqdn: ${scalar(fqdn)}
    addresses: [${JSON.stringify(address)}]
    site: Main
`;
}

/** Source: EXCH receive connectors (the Client Access role of 2013 takes mail in, the Mailbox role sends it). */
function serversOf(options: InitArguments, version: ExchangeVersion, fqdn: string): StarterServers {
  const { address, domain } = options;
  if (version === '2013') {
    const receives = options.server ?? 'CAS01';
    const behind = entryOf('MBX01', 'mailbox', `mbx01.${domain}`, '10.0.0.11');
    return { receives, sends: 'MBX01', entries: entryOf(receives, 'clientAccess', fqdn, address) + behind };
  }
  const role = version === '2007' || version === '2010' ? 'hub' : 'mailbox';
  const name = options.server ?? (role === 'hub' ? 'HUB01' : 'MBX01');
  return { receives: name, sends: name, entries: entryOf(name, role, fqdn, address) };
}

function starter(options: InitArguments, version: ExchangeVersion): string {
  const fqdn = options.fqdn ?? `mail.${options.domain}`;
  const { receives, sends, entries } = serversOf(options, version, fqdn);
  const installed = [...new Set([receives, sends])].map(scalar).join(', ');
  const frontend = holdsIn(version, { since: '2013' })
    ? '\n    transportRole: FrontendTransport # a connector on port 25 belongs to it since 2013'
    : '';
  const [domain, partner, theirs] = [options.domain, options.partner, options.partnerDomain].map(scalar);
  return `# yaml-language-server: $schema=./node_modules/mailtopo/dist/src/schema/topology.schema.json
# A mail topology: "mailtopo lint" finds its faults, "mailtopo compile" makes scripts and a transport of it.
mailtopo: 1
organization:
  name: ${scalar(options.organization)}
  exchangeVersion: ${JSON.stringify(version)} # ${exchangeVersions.join(', ')}
  acceptedDomains:
    ${domain}: authoritative # authoritative | internalRelay | externalRelay

servers:
${entries}
certificates:
  our-mail:
    issuedBy: public # public | selfSigned | the name of an entry under authorities
    domains: [${scalar(fqdn)}, ${domain}] # the announced name, and the domain itself for Domain Security
    installedOn: [${installed}]
    services: [SMTP]

partners:
  ${partner}:
    domains: [${theirs}]
    addresses: [${JSON.stringify(options.partnerAddress)}] # where their servers connect from
    mta: other # postfix | exim | opensmtpd | sendmail | other
    certificate: { issuedBy: public, domains: [${theirs}] } # what their servers present

sendConnectors:
  To the partner:
    partner: ${partner} # addressSpaces: the partner's domains; routed by MX records
    sourceTransportServers: [${scalar(sends)}]
    fqdn: ${scalar(fqdn)}
    domainSecureEnabled: true # mutual TLS, or the mail waits

receiveConnectors:
  From the partner:
    server: ${scalar(receives)}
    partner: ${partner} # remoteIPRanges: the partner's addresses${frontend}
    bindings: [${JSON.stringify(`${options.address.includes(':') ? `[${options.address}]` : options.address}:25`)}]
    fqdn: ${scalar(fqdn)}
    authMechanism: [Tls]
    requireTLS: true
    domainSecureEnabled: true
    permissionGroups: [AnonymousUsers, Partners]
`;
}

function write(file: string, text: string, force: boolean): void {
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST' && !lstatSync(file).isDirectory()) {
      throw new Failure('refused', `${file} is there already; --force overwrites it`, cause);
    }
    const reason = (cause as NodeJS.ErrnoException).code === 'EEXIST' ? 'it is a folder' : reasonOf(cause);
    throw new Failure('unwritable-output', `cannot write ${file}: ${reason}`, cause);
  }
}

/** `mailtopo init`: a commented starter topology that lints clean, or the findings about the flags. */
export async function init(file: string, options: InitArguments, streams: Streams): Promise<ExitCode> {
  const version = exchangeVersions.find((one) => one.toLowerCase() === options.exchangeVersion.toLowerCase());
  if (version === undefined) {
    const known = exchangeVersions.join(', ');
    throw new Failure(
      'usage',
      `there is no Exchange ${JSON.stringify(options.exchangeVersion)}; the versions are ${known}`,
    );
  }
  const text = starter(options, version);
  const diagnostics = lintText(file, text);
  if (hasErrors(diagnostics)) {
    const [first] = diagnostics;
    throw new Failure(
      'usage',
      `these flags make no topology: ${first?.message ?? ''} ${first?.help ?? ''}`.trim(),
    );
  }
  if (file === '-') {
    streams.out(text);
    return exitCode.clean;
  }
  write(file, text, options.force === true);
  streams.err(`mailtopo: wrote ${printable(file)}; next: mailtopo lint ${printable(file)}\n`);
  return exitCode.clean;
}
