import type { CertificateFacts } from '../certificate/pem-file.ts';
import type { SeenHost } from './host.ts';
import type { InboundHint } from './inbound.ts';
import type { PartnerProbe } from './partner-probe.ts';
import type { DomainProbe, SeenWay } from './probe.ts';
import { matchesTlsa } from './tlsa.ts';

/** Writes a probe for programs; the shape is a contract, and grows without changing what is there. */
export function jsonProbe({ partner, names, domains, inbound }: PartnerProbe): string {
  const value = {
    version: 1,
    partner: partner.name,
    names,
    domains: domains.map(domainValue),
    inbound: inbound.map(hintValue),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function domainValue({ domain, reach, way, reply, sts, stale }: DomainProbe): object {
  return {
    domain,
    reach,
    ...(reply !== undefined && { reply }),
    ...(way && wayValue(way)),
    mtaSts: sts,
    ...(stale && { staleDns: stale }),
  };
}

function wayValue({ connector, server, identity, demands, hosts, reply }: SeenWay): object {
  return {
    sendConnector: connector.name,
    server: server.name,
    identity,
    ...(reply !== undefined && { reply }),
    hosts: hosts.map((host, at) => hostValue(host, demands[at])),
  };
}

function hostValue(host: SeenHost, demand: SeenWay['demands'][number] | undefined): object {
  const { name, endpoint, connectedTo, said, chain, outcome, tlsa } = host;
  return {
    ...(name !== undefined && { name }),
    endpoint,
    connectedTo,
    level: demand?.level,
    expectedNames: demand?.expectedNames,
    outcome,
    chain: chain.map(certificateValue),
    said,
    dane:
      tlsa.kind === 'records'
        ? { ...tlsa, records: tlsa.records.map((one) => ({ ...one, fits: matchesTlsa(one, chain) })) }
        : tlsa,
  };
}

function certificateValue(facts: CertificateFacts): object {
  const { subject, issuer, names, notBefore, notAfter, fingerprint } = facts;
  const moment = (time: number): string | undefined =>
    Number.isFinite(time) ? new Date(time).toISOString() : undefined;
  return { subject, issuer, names, notBefore: moment(notBefore), notAfter: moment(notAfter), fingerprint };
}

function hintValue({ connector, domain, client, verdict }: InboundHint): object {
  const { name, server, requireTLS, domainSecureEnabled } = connector;
  return { receiveConnector: name, server, domain, requireTLS, domainSecureEnabled, client, verdict };
}
