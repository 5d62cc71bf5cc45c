import type { Diagnostic } from '../base/diagnostic.ts';
import type { PemFile } from '../certificate/pem-file.ts';
import type { Span } from '../base/span.ts';
import type { Plan } from '../plan/step.ts';

/** How the bytes of a text artefact are written: scripts for Windows carry a byte-order mark and CR LF. */
export type TextEncoding = 'utf-8' | 'utf-8-bom-crlf';

/** One line of an artefact that came from a place of the topology file; lines count from 1. */
export interface SourceLine {
  readonly line: number;
  readonly origin: Span;
  /** What stands there, such as `New-SendConnector`. */
  readonly what: string;
}

/**
 * A file to be written, its path relative to the output folder with `/` between folders.
 * `runtime` stands for all files of the transport itself, copied into a folder. A `source-file` is a file that the
 * topology names, copied: of a certificate only its certificates, of a `secret` the whole, and that only on request.
 */
export type Artefact =
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly text: string;
      readonly encoding: TextEncoding;
      readonly lines?: readonly SourceLine[];
      /** One line about what is brought about with it, for the end of compiling. */
      readonly summary?: string;
    }
  | { readonly kind: 'runtime'; readonly path: string }
  | {
      readonly kind: 'source-file';
      readonly path: string;
      readonly sourceFile: string;
      readonly origin: Span;
      readonly secret: boolean;
    }
  | { readonly kind: 'folder'; readonly path: string };

/** Tells the line of the topology file on which a span begins; lines count from 1. */
export type LineOf = (span: Span) => number;

/** Reads a file of certificates that the topology names, relative to it. */
export type CertificateOf = (relativePath: string) => PemFile;

/** A target of compilation; pure: same plan and same certificates, same bytes. */
export interface Emitter {
  /** What this target cannot express, at its origin. */
  unsupported(plan: Plan): readonly Diagnostic[];
  /** May load heavy libraries, hence the promise. Without `certificateOf`, files of certificates are not there. */
  emit(plan: Plan, lineOf: LineOf, certificateOf?: CertificateOf): Promise<readonly Artefact[]>;
}
