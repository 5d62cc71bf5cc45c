import { parseIpAddress } from '../../mail/ip-address.ts';
import type { Emitter } from '../emitter.ts';
import type { Agreement } from '../partner/agreement.ts';
import { fragmentEmitter, paragraphs, type Heading } from '../partner/fragment.ts';
import { folderOf, holdsOurMail } from './names.ts';
import { afterMailers } from './rulesets.ts';

/**
 * What a partner adds to Sendmail 8.16 or later.
 *
 * Source: SENDMAIL cf/README, chapters STARTTLS and "Adding new mailers or rulesets".
 */
export const emitter: Emitter = fragmentEmitter('sendmail', (agreement, heading) => [
  { name: 'before-mailers.mc', text: beforeMailers(agreement, asM4(heading)) },
  ...(agreement.mustEncrypt || holdsOurMail(agreement)
    ? [{ name: 'after-mailers.mc', text: afterMailers(agreement, asM4(heading)) }]
    : []),
  ...(holdsOurMail(agreement) ? [{ name: 'access.part', text: accessPart(agreement, heading) }] : []),
]);

/** Words of others in an m4 file stand behind `dnl`, where nothing is expanded. */
function asM4(heading: Heading): Heading {
  return heading.map((line) => line.replace(/^#/, 'dnl'));
}

function beforeMailers(agreement: Agreement, heading: Heading): string {
  const { isMutual, mustEncrypt, exits } = agreement;
  const folder = folderOf(agreement);
  return paragraphs(
    [
      ...heading,
      `dnl Copy the files of this folder to ${folder}, and add a line above the MAILER lines of sendmail.mc:`,
      `dnl     include(\`${folder}/before-mailers.mc')dnl`,
      'dnl Where an option stands in sendmail.mc already, one of the two has to go: each is for all hosts.',
    ],
    [...anchors(agreement, folder), `define(\`confCACERT', \`${folder}/roots.pem')dnl`],
    exits.length > 0 || isMutual
      ? [
          'dnl Your certificate and its key, for sessions in which you are the server. Of this file Sendmail sends the first',
          'dnl certificate alone: those of the intermediate authorities belong into roots.pem.',
          `define(\`confSERVER_CERT', \`${folder}/own.pem')dnl`,
          `define(\`confSERVER_KEY', \`${folder}/own.key')dnl`,
        ]
      : [],
    isMutual
      ? [
          'dnl The same for sessions in which you are the client: Sendmail shows one only because of these lines.',
          `define(\`confCLIENT_CERT', \`${folder}/own.pem')dnl`,
          `define(\`confCLIENT_KEY', \`${folder}/own.key')dnl`,
        ]
      : [],
    holdsOurMail(agreement)
      ? [
          'dnl Sendmail asks every client for a certificate and turns none away that has none, unless confTLS_SRV_OPTIONS',
          'dnl holds V, which would end this: take it out.',
          'dnl For access.part; leave the line out where you have it already.',
          "FEATURE(`access_db')dnl",
        ]
      : [],
    isMutual || mustEncrypt
      ? [
          'dnl Has the alternative names of certificates looked at, and not the common name alone.',
          "FEATURE(`check_cert_altnames')dnl",
        ]
      : [],
  );
}

function anchors(
  { ourRoots, trustsPublicRoots, isMutual, exits }: Agreement,
  folder: string,
): readonly string[] {
  const files = [
    ...(ourRoots.length > 0 ? ['all files of ../roots in one'] : []),
    ...(isMutual || exits.length > 0 ? ['the intermediate authorities of your certificate'] : []),
  ];
  return [
    `dnl ${folder}/roots.pem is ${files.join(', and ') || 'an authority that you trust'}. Keep it as short as this: its names are`,
    'dnl sent to every client, and Windows ends the session where they take more than some 12 KB. A folder is not sent.',
    ...(trustsPublicRoots
      ? ['dnl Our certificate is from a public authority.', folderLine('/etc/ssl/certs')]
      : [
          'dnl Sendmail has no TLS without a folder, either; of this one it trusts nobody more.',
          folderLine(folder),
        ]),
  ];
}

function folderLine(folder: string): string {
  return `define(\`confCACERT_PATH', \`${folder}')dnl`;
}

/** By address, for DSNs have no sender whose domain could be held to anything. */
function accessPart({ ourAddresses }: Agreement, heading: Heading): string {
  return paragraphs(
    [
      ...heading,
      '# Add these lines to /etc/mail/access, and run makemap. What comes from our addresses shows our certificate, DSNs too,',
      '# or waits; leave them out where other senders share these addresses with us.',
    ],
    ourAddresses.flatMap((address) => keyOf(address).map((key) => `TLS_Clt:${key}\tTEMP+VERIFY:112`)),
    [
      '# There is no TLS_Rcpt line: a domain would stand for its subdomains as well, which may be none of ours, and one of',
      '# several names cannot be asked for. after-mailers.mc has a rule instead.',
      '# There is no CertIssuer or CertSubject line either: who has one may relay through you, and we need not.',
    ],
  );
}

/** Sendmail looks for IPv6 addresses in eight groups, behind their tag. */
function keyOf(text: string): readonly string[] {
  const address = parseIpAddress(text);
  if (address === undefined) return [];
  if (address.family === 'ipv4') return [text];
  const groups = Array.from({ length: 8 }, (_, at) =>
    BigInt.asUintN(16, address.value >> BigInt(16 * (7 - at))).toString(16),
  );
  return [`IPv6:${groups.join(':')}`];
}
