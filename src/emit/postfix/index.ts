import type { Emitter } from '../emitter.ts';
import type { Agreement } from '../partner/agreement.ts';
import { fragmentEmitter, paragraphs, type Heading } from '../partner/fragment.ts';

/**
 * What a partner adds to Postfix 3.4 or later.
 *
 * Source: POSTFIX TLS_README, postconf(5).
 */
export const emitter: Emitter = fragmentEmitter('postfix', (agreement, heading) => [
  { name: 'main.cf.part', text: mainCf(agreement, heading) },
  ...(agreement.mustEncrypt ? [{ name: 'tls_policy', text: tlsPolicy(agreement, heading) }] : []),
  ...(agreement.isMutual ? [{ name: 'sender_access', text: senderAccess(agreement, heading) }] : []),
]);

function mainCf(agreement: Agreement, heading: Heading): string {
  const { isMutual, mustEncrypt, exits } = agreement;
  const folder = folderOf(agreement);
  return paragraphs(
    [
      ...heading,
      '# Add these lines to main.cf, and copy the other files of this folder, with the roots, to',
      `# ${folder}.`,
    ],
    isMutual
      ? [
          '# One file: the private key first, then your certificate, then the intermediate ones. Postfix shows it as a',
          '# client only because of the first line.',
          `smtp_tls_chain_files = ${folder}/own-chain.pem`,
          `smtpd_tls_chain_files = ${folder}/own-chain.pem`,
        ]
      : [],
    mustEncrypt
      ? [
          '# Mail to us: over TLS to a certificate with our name, or not at all. If you have a policy map, add our lines to',
          '# it instead.',
          `smtp_tls_policy_maps = texthash:${folder}/tls_policy`,
          ...(agreement.trustsPublicRoots ? ['smtp_tls_CApath = /etc/ssl/certs'] : []),
        ]
      : [],
    exits.length > 0
      ? [
          '# "encrypt" here would turn away every sender without TLS, which a server on the Internet may not do.',
          'smtpd_tls_security_level = may',
        ]
      : [],
    exits.length > 0 && isMutual ? askForOurs(agreement, folder) : [],
    exits.length > 0 && isMutual ? restrictions(agreement, folder) : [],
  );
}

/**
 * Says whether mail that claims to come from us can be held to our certificate: Postfix tells whether a root that it trusts
 * has signed, not whose certificate it is, and a public root signs for everybody.
 */
function holdsToOurs({ exits, trustsPublicRoots, ourRoots }: Agreement): boolean {
  return (
    exits.some(({ connector }) => connector.domainSecureEnabled) && !trustsPublicRoots && ourRoots.length > 0
  );
}

function restrictionClass({ ourName }: Agreement): string {
  return `${ourName}_certificate`;
}

function restrictions(agreement: Agreement, folder: string): readonly string[] {
  const name = restrictionClass(agreement);
  const refusal = '450 4.7.0 Mail of this domain needs a verified client certificate';
  return [
    ...(holdsToOurs(agreement)
      ? [
          '# What claims to come from us shows a certificate that our roots have signed, or waits. Postfix does not look',
          '# whose it is: all whom our roots have signed for may say that they are us.',
          `smtpd_restriction_classes = ${name}`,
          `${name} = reject_plaintext_session, permit_tls_all_clientcerts,`,
          `    check_sender_access static:{${refusal}}`,
        ]
      : []),
    '# Put this before the restrictions that you have.',
    `smtpd_sender_restrictions = check_sender_access texthash:${folder}/sender_access`,
  ];
}

function askForOurs(agreement: Agreement, folder: string): readonly string[] {
  return [
    '# Ask for our certificate. Keep the file of authorities as short as this: its names are sent to every client, and',
    '# Windows ends the session where they take more than some 12 KB. A CApath is not sent.',
    'smtpd_tls_ask_ccert = yes',
    ...(agreement.ourRoots.length > 0 ? [`smtpd_tls_CAfile = ${folder}/roots.pem`] : []),
    ...(agreement.trustsPublicRoots ? ['smtpd_tls_CApath = /etc/ssl/certs'] : []),
    '# smtpd_tls_req_ccert stays off: it would turn away everybody else, and does nothing while TLS is optional.',
  ];
}

/** `.contoso.com` in this table is the subdomains alone, as `*.contoso.com` is among accepted domains. */
function tlsPolicy(agreement: Agreement, heading: Heading): string {
  const { ourDomains, ourHosts, ourRoots, trustsPublicRoots } = agreement;
  // With an anchor of its own, a destination is not trusted by other roots.
  const anchors =
    trustsPublicRoots || ourRoots.length === 0 ? '' : ` tafile=${folderOf(agreement)}/roots.pem`;
  return paragraphs(
    [
      ...heading,
      anchors === ''
        ? '# The names are looked for in our certificate.'
        : '# The names are looked for in our certificate; roots.pem is all files of ../roots in one.',
    ],
    ourDomains.map((domain) => `${domain.replace(/^\*/, '')} secure match=${ourHosts.join(':')}${anchors}`),
  );
}

/** A domain in this table stands for its subdomains as well, so a pattern is written as the domain that it is below. */
function senderAccess(agreement: Agreement, heading: Heading): string {
  const domains = [...new Set(agreement.ourDomains.map((domain) => domain.replace(/^\*\./, '')))];
  const [what, restriction] = holdsToOurs(agreement)
    ? ['with our certificate', restrictionClass(agreement)]
    : ['over TLS', 'reject_plaintext_session'];
  return paragraphs(
    [...heading, `# What claims to come from us comes ${what}. A domain stands for its subdomains, too.`],
    domains.map((domain) => `${domain} ${restriction}`),
  );
}

function folderOf({ ourName }: Agreement): string {
  return `/etc/postfix/${ourName}`;
}
