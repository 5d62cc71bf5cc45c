import type { CertificateFacts, PemFile } from '../certificate/pem-file.ts';
import type { Located, Span } from '../base/span.ts';
import type { Topology } from '../model/topology.ts';

/** What the files of a topology are asked by. */
type CertificateOf = (relativePath: string) => PemFile;

/** Something that may name a file, such as a certificate or an authority. */
interface Filed {
  readonly file?: Located<string>;
}

/** Lists the certificates in the file of a certificate or an authority, the own one first; empty where none can be read. */
export function certificatesIn(certificateOf: CertificateOf, { file }: Filed): readonly CertificateFacts[] {
  const contents = file && certificateOf(file.value);
  return contents?.kind === 'read' ? contents.certificates : [];
}

/** A certificate that stands in a file. */
export interface FiledCertificate {
  readonly facts: CertificateFacts;
  /** The place that names the file. */
  readonly at: Span;
  /** What it is called at the beginning of a sentence. */
  readonly called: string;
}

/** Lists the certificates in the files of all certificates and authorities that can be read. */
export function filedCertificates(
  { certificates, authorities }: Topology,
  certificateOf: CertificateOf,
): readonly FiledCertificate[] {
  return [...certificates, ...authorities].flatMap((filed) => {
    const { name, file } = filed;
    if (!file) return [];
    const called = `A certificate in file "${file.value}" of "${name.value}"`;
    return certificatesIn(certificateOf, filed).map((facts) => ({ facts, at: file.at, called }));
  });
}

/** Gives what a certificate's file says of the certificate itself; those behind it are its chain. */
export function factsOf(certificateOf: CertificateOf, filed: Filed): CertificateFacts | undefined {
  return certificatesIn(certificateOf, filed)[0];
}

/** Writes a distinguished name on one line. */
export function printDistinguishedName(name: string): string {
  return name.split('\n').join(', ');
}

/** Writes the day of a moment in UTC. */
export function printDay(time: number): string {
  return Number.isNaN(time) ? 'a day that cannot be read' : new Date(time).toISOString().slice(0, 10);
}
