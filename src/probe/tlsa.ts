import { createHash, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '../../runtime/config.ts';
import type { CertificateFacts } from '../certificate/pem-file.ts';
import { dnsQuery, readDnsAnswer, tlsaType, type DnsAnswer } from './dns-message.ts';

/** A TLSA record. Source: RFC 6698 §2.1. */
export interface Tlsa {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  /** Hexadecimal digits. */
  readonly data: string;
}

/** What was found out about DANE for a host. */
export type TlsaAnswer =
  | { readonly kind: 'records'; readonly records: readonly Tlsa[]; readonly isAuthenticated: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'not looked up'; readonly reason: string };

/** Asks a name server for the TLSA records of a host and port; the host has been through `asciiDomain`. Unit: milliseconds. */
export async function askTlsa(
  server: Endpoint,
  host: string,
  port: number,
  timeout: number,
): Promise<TlsaAnswer> {
  const answer = await ask(server, `_${port}._tcp.${host}`, timeout);
  if (typeof answer === 'string') return { kind: 'not looked up', reason: answer };
  if (answer.isTruncated) return { kind: 'not looked up', reason: 'the answer is too long for one datagram' };
  if (answer.code !== 0 && answer.code !== 3)
    return { kind: 'not looked up', reason: `the name server answers with code ${answer.code}` };
  const records = answer.records.flatMap(({ type, data }) =>
    type === tlsaType && data.length > 3 ? [tlsaOf(data)] : [],
  );
  if (records.length === 0) return { kind: 'none' };
  return { kind: 'records', records, isAuthenticated: answer.isAuthenticated };
}

function tlsaOf(data: Buffer): Tlsa {
  const [usage = 0, selector = 0, matching = 0] = data;
  return { usage, selector, matching, data: data.subarray(3).toString('hex') };
}

/** Says whether a chain, its first certificate the server's own, has what a record names. Source: RFC 7672 §3.1. */
export function matchesTlsa(
  { usage, selector, matching, data }: Tlsa,
  chain: readonly CertificateFacts[],
): boolean {
  const looked = usage === 3 ? chain.slice(0, 1) : usage === 2 ? chain : [];
  return looked.some(({ pem }) => {
    const certificate = new X509Certificate(pem);
    const bytes =
      selector === 1 ? certificate.publicKey.export({ type: 'spki', format: 'der' }) : certificate.raw;
    if (matching === 0) return bytes.toString('hex') === data;
    return (
      createHash(matching === 2 ? 'sha512' : 'sha256')
        .update(bytes)
        .digest('hex') === data
    );
  });
}

/** Fails: resolves to a reason. */
function ask(server: Endpoint, name: string, timeout: number): Promise<DnsAnswer | string> {
  const query = dnsQuery(name, tlsaType);
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    const done = (result: DnsAnswer | string): void => {
      clearTimeout(timer);
      socket.close();
      resolve(result);
    };
    const timer = setTimeout(() => done('the name server gives no answer'), timeout);
    socket.once('error', () => done('the name server cannot be reached'));
    socket.on('message', (bytes) => {
      const answer = readDnsAnswer(bytes);
      // What bears another number is no answer to this question; it may still come.
      if (answer?.id === query.id) done(answer);
    });
    // A connected socket takes datagrams of this server alone.
    socket.connect(server.port, server.address, () => socket.send(query.bytes));
  });
}
