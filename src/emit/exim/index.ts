import type { Emitter } from '../emitter.ts';
import type { Agreement } from '../partner/agreement.ts';
import { fragmentEmitter, paragraphs, type Heading } from '../partner/fragment.ts';

/**
 * What a partner adds to Exim 4.92 or later.
 *
 * Source: EXIM spec, chapters 30 (smtp transport), 42 (TLS), 43 (access control lists).
 */
export const emitter: Emitter = fragmentEmitter('exim', (agreement, heading) => [
  { name: 'main.part', text: mainPart(agreement, heading) },
  ...(agreement.isMutual && agreement.exits.length > 0
    ? [{ name: 'acl_mail.part', text: aclPart(agreement, heading) }]
    : []),
  ...(agreement.mustEncrypt
    ? [
        { name: 'routers.part', text: routersPart(agreement, heading) },
        { name: 'transports.part', text: transportsPart(agreement, heading) },
      ]
    : []),
]);

function mainPart(agreement: Agreement, heading: Heading): string {
  const { ourName, ourDomains, ourAddresses, isMutual, exits } = agreement;
  return paragraphs(
    [...heading, '# Add these lines to the main section.'],
    [`domainlist ${ourName}_domains = ${ourDomains.join(' : ')}`],
    exits.length > 0 ? ['tls_advertise_hosts = *'] : [],
    isMutual
      ? [
          '# Your certificate with the intermediate ones behind it, and its key, for sessions in which you are the server.',
          ...ownCertificate(agreement),
        ]
      : [],
    isMutual && exits.length > 0
      ? [
          '# Ask our servers for their certificate. Keep the file as short as this: the names in it are sent to them, and',
          '# Windows ends the session where they take more than some 12 KB. A folder is not sent.',
          ...anchorsWords(agreement),
          `tls_verify_certificates = ${anchorsOf(agreement)}`,
          `tls_try_verify_hosts = <; ${ourAddresses.join(' ; ')}`,
        ]
      : [],
  );
}

function aclPart({ ourName, ourClientNames }: Agreement, heading: Heading): string {
  return paragraphs(
    [...heading, '# Add these lines to the beginning of the list that acl_smtp_mail names.'],
    [
      '# Not for good: once a certificate is renewed, the mail that waits on our side comes in.',
      '  defer',
      '    message = 4.7.0 This sender needs TLS and a certificate',
      `    senders = *@+${ourName}_domains`,
      '    ! verify = certificate',
    ],
    [
      '# Exim has looked who signed the certificate; whose it is, these lines ask.',
      '  defer',
      '    message = 4.7.0 This sender needs a certificate with its own name',
      `    senders = *@+${ourName}_domains`,
      '    ! condition = ${if forany{${certextract{subj_altname,dns,>:}{$tls_in_peercert}}}\\',
      `        {inlisti{$item}{${ourClientNames.join(' : ')}}}}`,
    ],
  );
}

function routersPart({ ourName }: Agreement, heading: Heading): string {
  return paragraphs(
    [...heading, '# Add this router before the one that looks hosts up for everybody else.'],
    [
      `to_${ourName}:`,
      '  driver = dnslookup',
      `  domains = +${ourName}_domains`,
      `  transport = ${ourName}_smtp`,
      '  no_more',
    ],
  );
}

function transportsPart(agreement: Agreement, heading: Heading): string {
  return paragraphs(
    [...heading, '# Add this transport: over TLS to a certificate with the name of our host, or not at all.'],
    [
      `${agreement.ourName}_smtp:`,
      '  driver = smtp',
      '  hosts_require_tls = *',
      `  tls_verify_certificates = ${anchorsOf(agreement)}`,
      '  tls_verify_hosts = *',
      '  tls_verify_cert_hostnames = *',
      ...(agreement.isMutual
        ? ['  # Exim shows a certificate as a client only where the transport names one.']
        : []),
      ...(agreement.isMutual ? ownCertificate(agreement).map((line) => `  ${line}`) : []),
    ],
  );
}

function ownCertificate(agreement: Agreement): readonly string[] {
  const folder = folderOf(agreement);
  return [`tls_certificate = ${folder}/own-chain.pem`, `tls_privatekey = ${folder}/own.key`];
}

function anchorsWords(agreement: Agreement): readonly string[] {
  return anchorsOf(agreement).endsWith('.pem') ? ['# It is all files of ../roots in one.'] : [];
}

function anchorsOf(agreement: Agreement): string {
  const { ourRoots, trustsPublicRoots } = agreement;
  return trustsPublicRoots || ourRoots.length === 0 ? '/etc/ssl/certs' : `${folderOf(agreement)}/roots.pem`;
}

function folderOf({ ourName }: Agreement): string {
  return `/etc/exim4/${ourName}`;
}
