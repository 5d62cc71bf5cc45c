import type { PemFile } from '../../certificate/pem-file.ts';
import type { PlannedServer } from '../../plan/step.ts';
import type { CertificateOf } from '../emitter.ts';
import { onOneLine } from '../readable-text.ts';
import type { Agreement } from './agreement.ts';
import { item, paragraph } from './letter-layout.ts';

/** What a letter is written from beside the agreement. */
export interface LetterFacts {
  readonly servers: readonly PlannedServer[];
  /** Reads a file that the topology names. */
  readonly certificateOf: CertificateOf;
}

/** Tells which certificates the servers of one direction may show: names, and dates and fingerprint where the file is there. */
export function shownCertificates(
  { ourCertificates }: Agreement,
  servers: readonly string[],
  certificateOf: CertificateOf,
): readonly string[] {
  const shown = ourCertificates.filter(({ installedOn }) => installedOn.some((one) => servers.includes(one)));
  if (shown.length === 0) return [];
  const items = shown.map(({ domains, file, issuedBy }) =>
    item(
      [
        `for ${domains.map(onOneLine).join(', ')}`,
        issuerWords(issuedBy),
        ...factsOf(file, certificateOf),
      ].join('; '),
    ),
  );
  return [
    paragraph(
      shown.length === 1 ? 'This certificate is shown to you:' : 'One of these certificates is shown to you:',
    ),
    items.join('\n'),
  ];
}

/** Tells whom the partner has to trust and whom we trust. */
export function shownRoots(
  { ourRoots, trustsPublicRoots, partner, isMutual }: Agreement,
  certificateOf: CertificateOf,
): readonly string[] {
  const ours = ourRoots.map(({ name, path, sourceFile }) => {
    const where = sourceFile === undefined ? 'which we send you' : `the file ${path}`;
    return item(
      [`our root "${onOneLine(name)}", ${where}`, ...factsOf(sourceFile, certificateOf)].join('; '),
    );
  });
  return [
    paragraph('For our certificates, your servers trust:'),
    [...ours, ...(trustsPublicRoots ? [item('the public authorities')] : [])].join('\n'),
    ...(ours.length > 0
      ? [
          paragraph(
            'Compare the fingerprint with us by telephone, or by another way than mail, before you install it.',
          ),
        ]
      : []),
    ...(isMutual && partner.issuedBy !== undefined
      ? [paragraph(`For yours, ours trust ${trustedWords(partner.issuedBy)}.`)]
      : []),
  ];
}

function trustedWords(issuedBy: string): string {
  if (issuedBy === 'public') return 'the public authorities';
  if (issuedBy === 'selfSigned') return 'the self-signed certificate that you gave us';
  return `the root that we know as "${onOneLine(issuedBy)}"; send us the new one before you change it`;
}

function issuerWords(issuedBy: string): string {
  if (issuedBy === 'public') return 'issued by a public authority';
  return issuedBy === 'selfSigned' ? 'signed by itself' : `issued below our root "${onOneLine(issuedBy)}"`;
}

/** The first certificate of a file is the one that it is for. */
function factsOf(file: string | undefined, certificateOf: CertificateOf): readonly string[] {
  const read: PemFile = file === undefined ? { kind: 'missing' } : certificateOf(file);
  const leaf = read.kind === 'read' ? read.certificates[0] : undefined;
  if (leaf === undefined) return [];
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return [`valid from ${day(leaf.notBefore)} to ${day(leaf.notAfter)}`, `SHA-256 ${leaf.fingerprint}`];
}
