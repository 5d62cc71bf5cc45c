import type { Dialect, Endpoint } from '../../runtime/config.ts';

/** A message, and the session that brings it, where it is not in a queue already. */
export interface Scenario {
  /** `''` is the null reverse-path; absent where the client goes no further than its greeting. */
  readonly from?: string;
  readonly to: readonly string[];
  /** Unit: bytes. */
  readonly size: number;
  /** Whose replies the servers give; those of the world where absent. */
  readonly dialect?: Dialect;
  /** Why it is the server where it starts; absent where that was said. */
  readonly serverBecause?: string;
  readonly start:
    | { readonly kind: 'session'; readonly session: ClientSession }
    /** The message lies in the queue of this server. */
    | { readonly kind: 'queue'; readonly server: string };
}

/** How much TLS a client does: none, encryption, or encryption with a certificate of its own. */
export type ClientTls = 'none' | 'tls' | 'mutual';

/** A client, and where and how it speaks. */
export interface ClientSession {
  /** The address that it comes from. */
  readonly client: string;
  readonly server: string;
  /** The local address and port that it connects to. */
  readonly binding: Endpoint;
  /** What it says in EHLO; `''` where it says nothing. */
  readonly helo: string;
  readonly greeting: 'EHLO' | 'HELO';
  readonly tls: ClientTls;
  /** What it shows when it is asked; absent without `mutual`. */
  readonly certificate?: ClientCertificate;
  /** The address of the user that it logs on as. */
  readonly auth?: string;
}

/** A certificate that somebody else shows. */
export type ClientCertificate =
  /** As the topology declares it, of a partner or of ours. */
  | {
      readonly kind: 'declared';
      readonly name: string;
      /** `public`, `selfSigned` or the name of an authority. */
      readonly issuedBy: string;
      readonly domains: readonly string[];
      /** The servers of ours that have it; absent where it is somebody else's. */
      readonly installedOn?: readonly string[];
    }
  /** Read from a file. */
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly names: readonly string[];
      readonly extendedKeyUsage?: readonly string[];
      /** Unit: milliseconds since 1970. */
      readonly notBefore: number;
      /** Unit: milliseconds since 1970. */
      readonly notAfter: number;
      /** Where its chain leads, whoever trusts that: authorities of the topology by name, or a public root. */
      readonly leadsTo: readonly string[] | 'public root';
      /** The servers of ours that have the same certificate; absent where none has. */
      readonly installedOn?: readonly string[];
    }
  /** That by which servers of the topology know each other. */
  | { readonly kind: 'server'; readonly name: string };
