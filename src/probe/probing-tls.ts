import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { OutboundTls } from '../../runtime/client/sending-context.ts';
import type { Authority, Certificate, SendConnector, Server } from '../../runtime/config.ts';
import { chooseCertificate } from '../../runtime/decide/certificate.ts';
import { clientCertificateQuestion } from '../../runtime/decide/outbound-session.ts';
import type { Identity } from '../certificate/identity-beside.ts';
import type { World } from '../trace/world.ts';

/** What a probe shows where the other side asks for a certificate. */
export type ProbeIdentity =
  | { readonly kind: 'shown'; readonly name: string }
  /** The server would show it, and the probe cannot, or shall not. */
  | { readonly kind: 'not shown'; readonly name: string; readonly reason: string }
  /** The server would show none. */
  | { readonly kind: 'none' }
  /** `tlsCertificateName` finds none, so mail waits as soon as TLS begins. */
  | { readonly kind: 'missing' };

/** What a probe finds beside the topology. */
export interface ProbeFiles {
  /** The root in PEM; undefined where it cannot be read. */
  readonly rootOf: (authority: Authority) => string | undefined;
  /** A certificate with its key, or why it cannot be shown. */
  readonly identityOf: (certificate: Certificate) => Identity | string;
}

/** TLS of one server on one connector, as far as this machine can stand for it. */
export interface ProbingTls {
  readonly tls: OutboundTls;
  readonly identity: ProbeIdentity;
}

/** Makes the TLS with which a probe stands for a server: its roots, and its certificate where the key is here. */
export function probingTls(
  world: World,
  server: Server,
  connector: SendConnector,
  files: ProbeFiles,
): ProbingTls {
  const roots = world.config.authorities.flatMap((authority) => {
    const pem = authority.trustedOn.includes(server.name) ? files.rootOf(authority) : undefined;
    return pem === undefined ? [] : [{ name: authority.name, pem }];
  });
  const ca = [...rootCertificates, ...roots.map(({ pem }) => pem)];
  const { identity, context } = shownBy(world, server, connector, { ca, files });
  return {
    identity,
    tls: {
      authorities: new Map(roots.map(({ name, pem }) => [new X509Certificate(pem).fingerprint256, name])),
      isServer: () => false,
      forServers: () => context,
      forConnector: () => (identity.kind === 'missing' ? undefined : context),
    },
  };
}

interface Making {
  readonly ca: string[];
  readonly files: ProbeFiles;
}

function shownBy(
  world: World,
  server: Server,
  connector: SendConnector,
  { ca, files }: Making,
): { readonly identity: ProbeIdentity; readonly context: SecureContext } {
  const bare = { ca, minVersion: 'TLSv1.2' } as const;
  const question = clientCertificateQuestion(server, connector, world.now);
  const { chosen } = chooseCertificate(world.certificatesFor(server), question);
  if (chosen === undefined) {
    const kind = question.tlsCertificateName === undefined ? 'none' : 'missing';
    return { identity: { kind }, context: createSecureContext(bare) };
  }
  const { name } = chosen.certificate;
  const found = files.identityOf(chosen.certificate);
  const without = (reason: string): ReturnType<typeof shownBy> => ({
    identity: { kind: 'not shown', name, reason },
    context: createSecureContext(bare),
  });
  if (typeof found === 'string') return without(found);
  try {
    const context = createSecureContext({ ...bare, cert: found.certificate, key: found.privateKey });
    return { identity: { kind: 'shown', name }, context };
  } catch {
    // OpenSSL's reason could quote the key.
    return without('its key does not fit it, or has a password');
  }
}
