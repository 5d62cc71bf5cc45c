import type { SecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Endpoint, SendConnector, Server, TransportConfig } from '../config.ts';
import type { AuthorityNames } from '../presented-certificate.ts';
import type { Witness } from '../witness.ts';
import type { NameServer } from './name-facts.ts';

/** TLS as the sending side of one server needs it. */
export interface OutboundTls {
  /** Fails: returns undefined where TlsCertificateName names no certificate that is there. */
  forConnector(connector: SendConnector): SecureContext | undefined;
  /** With the certificate by which servers of the topology know this one. */
  readonly forServers: () => SecureContext;
  /** The topology's authorities that this server trusts. */
  readonly authorities: AuthorityNames;
  /** Says whether a certificate is that of a server of the topology, by its SHA-256 fingerprint. */
  isServer(fingerprint: string, server: string): boolean;
}

/** Where a remote endpoint is really connected to, or why it is not. */
export type Reach =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'closed'; readonly reason: string };

/** What sending needs beside the message. */
export interface SendingContext {
  readonly config: TransportConfig;
  readonly server: Server;
  readonly tls: OutboundTls;
  readonly nameServer: NameServer;
  /** A number from 0 up to 1; decides the order among equals. */
  readonly random: () => number;
  readonly clock: Clock;
  /** `server` is given where the endpoint is one of the topology's. */
  readonly reach: (endpoint: Endpoint, server?: Server) => Reach;
  /** Keeps nothing where absent. */
  readonly witness?: Witness;
  /** The address to send from, in a rehearsal. */
  readonly sourceAddress?: string;
}
