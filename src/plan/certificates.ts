import type { Authority, Certificate, Issuer, Server, Topology } from '../model/topology.ts';
import { placeOn } from './places.ts';
import type { EnsureCertificate, TrustAuthority } from './step.ts';

/** Settles the roots and certificates of one server, the roots first: a chain has to end somewhere. */
export function planCertificatesOn(
  topology: Topology,
  server: Server,
): readonly (TrustAuthority | EnsureCertificate)[] {
  const roots = topology.authorities
    .filter(({ trustedOn }) => trustedOn.some(({ target }) => target === server))
    .map((authority) => trustOn(server, authority));
  const certificates = topology.certificates
    .filter(({ installedOn }) => installedOn.some(({ target }) => target === server))
    .map((certificate) => certificateOn(server, certificate));
  return [...roots, ...certificates];
}

function trustOn(server: Server, { name, file }: Authority): TrustAuthority {
  return {
    kind: 'authority',
    place: placeOn(server.name.value),
    name: name.value,
    ...(file && { file: file.value }),
    origin: name.at,
  };
}

function certificateOn(server: Server, certificate: Certificate): EnsureCertificate {
  const { name, domains, services, issuedBy, file, privateKey } = certificate;
  return {
    kind: 'certificate',
    place: placeOn(server.name.value),
    name: name.value,
    domains: domains.map(({ value }) => value),
    services: services.map(({ value }) => value),
    issuedBy: issuerName(issuedBy),
    ...(file && { file: file.value }),
    ...(privateKey && { privateKey: privateKey.value }),
    origin: name.at,
  };
}

/** The issuer in one word: `public`, `selfSigned`, or the name of an authority. */
export function issuerName(issuer: Issuer): string {
  if (issuer.kind !== 'authority') return issuer.kind;
  return issuer.authority.target?.name.value ?? issuer.authority.value;
}
