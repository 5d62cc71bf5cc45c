import { X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { openSession, SessionRefused, type Session } from '../../runtime/client/open-session.ts';
import type { Attempt } from '../../runtime/client/smtp-carrier.ts';
import type { OutboundTls } from '../../runtime/client/sending-context.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Endpoint } from '../../runtime/config.ts';
import { asciiDomain } from '../../runtime/decide/domain-match.ts';
import type { Transcript } from '../../runtime/witness.ts';
import type { CertificateFacts } from '../certificate/pem-file.ts';
import { readPem } from '../certificate/read-pem.ts';
import type { Names } from './names.ts';
import type { TlsaAnswer } from './tlsa.ts';

/** One line of a session, as the protocol log has it. */
export interface SaidLine {
  readonly by: 'us' | 'them';
  readonly text: string;
}

/** What came of a session with one address: ready for MAIL, or what the queue would show. */
export type HostOutcome =
  | { readonly kind: 'ready'; readonly tls?: Session['tls'] }
  | { readonly kind: 'refused'; readonly by: SessionRefused['by']; readonly reply: string }
  /** This machine speaks no IPv6, which says nothing about the server that is stood for. */
  | { readonly kind: 'no way from here'; readonly reply: string };

/** What was seen of one address that takes mail. */
export interface SeenHost {
  /** Absent for an address literal. */
  readonly name?: string;
  readonly endpoint: Endpoint;
  /** Where the probe really connected to. */
  readonly connectedTo: Endpoint;
  readonly said: readonly SaidLine[];
  /** What the server showed, its own certificate first; empty without TLS. */
  readonly chain: readonly CertificateFacts[];
  readonly outcome: HostOutcome;
  readonly tlsa: TlsaAnswer;
}

/** What the sessions of a probe have in common. */
export interface HostProbing {
  readonly tls: OutboundTls;
  readonly names: Names;
  readonly clock: Clock;
  /** Connects there instead of to the address that was found. */
  readonly connect?: Endpoint;
}

/** Unit: certificates; a chain that is longer is none that a server would follow. */
const longestChain = 10;

/** Opens a session as the transport would, and takes leave before MAIL; no password is sent. */
export async function probeHost(
  { endpoint, request }: Attempt,
  { tls, names, clock, connect }: HostProbing,
): Promise<SeenHost> {
  const { localAddress: _, credential: __, ...rest } = request;
  const said: SaidLine[] = [];
  const seen: { chain: readonly CertificateFacts[] } = { chain: [] };
  const connectedTo = connect ?? endpoint;
  const name = request.serverName;
  const outcome = await openSession({
    ...rest,
    endpoint: connectedTo,
    authorities: tls.authorities,
    clock,
    transcript: listener(said),
    onSecured: (socket) => (seen.chain = chainOf(socket)),
    stop: new AbortController().signal,
  }).then(leave, (thrown: unknown) => refused(thrown, connectedTo));
  const host = asciiDomain(name ?? '');
  return {
    ...(name !== undefined && { name }),
    endpoint,
    connectedTo,
    said,
    ...seen,
    outcome,
    tlsa:
      host === undefined
        ? { kind: 'not looked up', reason: 'an address has no name to ask for' }
        : await names.tlsa(host, endpoint.port),
  };
}

function listener(said: SaidLine[]): Transcript {
  return {
    note(mark, data = '') {
      if (mark === '>' || mark === '<') said.push({ by: mark === '>' ? 'us' : 'them', text: data });
    },
    between: () => undefined,
  };
}

async function leave({ dialogue, tls }: Session): Promise<HostOutcome> {
  dialogue.quit();
  await new Promise<void>((resolve) => dialogue.onLost(resolve));
  return { kind: 'ready', ...(tls && { tls }) };
}

/** Says what a session that did not come about means, by the address that was connected to. Fails: throws what is no refusal. */
export function refused(thrown: unknown, { address }: Endpoint): HostOutcome {
  if (!(thrown instanceof SessionRefused)) throw thrown;
  if (isIPv6(address) && /(ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(thrown.reply))
    return { kind: 'no way from here', reply: thrown.reply };
  return { kind: 'refused', by: thrown.by, reply: thrown.reply };
}

/** Node puts the root that it found behind what was presented; a root names itself as its issuer. */
function chainOf(socket: TLSSocket): readonly CertificateFacts[] {
  const pems: string[] = [];
  const seen = new Set<string>();
  let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (one !== undefined && Buffer.isBuffer(one.raw) && pems.length < longestChain) {
    if (seen.has(one.fingerprint256)) break;
    seen.add(one.fingerprint256);
    pems.push(new X509Certificate(one.raw).toString());
    one = one.issuerCertificate;
  }
  return readPem(pems.join('\n')).certificates;
}
