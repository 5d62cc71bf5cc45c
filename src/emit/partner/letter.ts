import { repliesOf, type Reply } from '../../../runtime/server/reply.ts';
import { tlsReply } from '../../../runtime/decide/outbound-tls.ts';
import type { PlannedServer } from '../../plan/step.ts';
import type { CertificateOf } from '../emitter.ts';
import { onOneLine } from '../readable-text.ts';
import type { Agreement } from './agreement.ts';
import { item, joined, paragraph, title, verbatim } from './letter-layout.ts';
import { shownCertificates, shownRoots } from './letter-certificates.ts';

/** What a letter is written from beside the agreement. */
export interface LetterFacts {
  readonly servers: readonly PlannedServer[];
  /** Reads a file that the topology names. */
  readonly certificateOf: CertificateOf;
}

/** Writes the letter to a partner, in plain words and plain text: what each side shows and requires, and how it is tested. */
export function letterFor(agreement: Agreement, facts: LetterFacts): string {
  const { entrances, exits, isMutual, mustEncrypt } = agreement;
  const us = onOneLine(agreement.organization);
  const you = onOneLine(agreement.partner.name);
  return joined([
    title(`Mail between ${you} and ${us}`),
    paragraph(`To the people who look after mail at ${you}:`),
    paragraph(purpose(agreement, us)),
    paragraph('README.md beside this letter is the same as a checklist.', settingsWords(agreement)),
    ...(entrances.length > 0 ? toUs(agreement, facts) : []),
    ...(exits.length > 0 ? fromUs(agreement, facts) : []),
    ...(isMutual || mustEncrypt ? roots(agreement, facts) : []),
    ...(entrances.length + exits.length > 0 ? test(agreement) : []),
    title('What to tell each other'),
    paragraph(
      'Tell us before an address, a name, a domain or a certificate of yours changes, above all before a certificate runs out;',
      'we do the same. Mail that is held back for too long goes back to its sender: with us, as a rule, after two days.',
    ),
  ]);
}

function purpose({ isMutual, mustEncrypt, entrances, exits }: Agreement, us: string): string {
  if (entrances.length + exits.length === 0)
    return `${us} has made no settings of its own for mail with you: it goes as it does with anybody.`;
  if (isMutual)
    return `${us} wants mail between us to travel over TLS alone, and each side to show a certificate that proves who it is. This letter says what you see of us, what we ask of you, and how both of us find out that it works.`;
  if (mustEncrypt)
    return `${us} takes your mail over TLS alone. This letter says what you see of us, what we ask of you, and how both of us find out that it works.`;
  return `${us} has made settings of its own for mail with you. This letter says what you see of us, and how both of us find out that it works.`;
}

function settingsWords({ partner, entrances, exits }: Agreement): string {
  const { mta } = partner;
  if (mta === undefined || mta === 'other' || entrances.length + exits.length === 0) return '';
  return `The folder ${mta} holds the settings for your mail system.`;
}

function toUs(agreement: Agreement, { servers, certificateOf }: LetterFacts): readonly string[] {
  const { entrances, ourDomains, remoteIPRanges, isMutual, mustEncrypt, partnerDomains } = agreement;
  const demands = [
    ...(mustEncrypt ? ['STARTTLS before MAIL FROM.'] : ['Nothing; STARTTLS is offered.']),
    ...(entrances.some(({ connector }) => connector.domainSecureEnabled)
      ? [
          'A certificate in the same handshake, from you as the client: many systems send none unless a setting of its own says so.',
          `In its subject alternative names, the domain of the envelope sender (MAIL FROM): ${partnerDomains.join(', ')}. The name of a mail server is not enough, and a certificate for *.domain does not hold the domain itself.`,
        ]
      : []),
  ];
  return [
    title('Mail from you to us'),
    paragraph(`Mail for ${ourDomains.join(', ')} goes to`),
    entrances
      .flatMap(({ connector, endpoints }) =>
        endpoints.map(({ address, port }) =>
          item(`${address}, port ${port}, which calls itself ${onOneLine(connector.fqdn)}`),
        ),
      )
      .join('\n'),
    paragraph(
      `We know you by the addresses that you connect from: ${[...new Set(remoteIPRanges.map(({ text }) => text))].join(', ')}.`,
    ),
    paragraph('What our server asks for:'),
    demands.map((one) => item(one)).join('\n'),
    ...shownCertificates(
      agreement,
      entrances.map(({ connector }) => connector.server),
      certificateOf,
    ),
    ...(mustEncrypt
      ? [paragraph('If it does not get that, it says a line such as'), refusals(agreement, servers)]
      : []),
    ...(isMutual || mustEncrypt
      ? [
          paragraph(
            'and your server keeps the message in its queue and tries again: nothing is lost while you mend it. Its log shows the line.',
          ),
        ]
      : []),
  ];
}

/** The transport's own replies, so that a rehearsal says the same; Exchange's may be worded otherwise. */
function refusals({ entrances }: Agreement, servers: readonly PlannedServer[]): string {
  const { version = 'SE' } = servers.find(({ name }) => name === entrances[0]?.connector.server) ?? {};
  const replies = repliesOf(version);
  const isSecure = entrances.some(({ connector }) => connector.domainSecureEnabled);
  return [
    verbatim(lineOf(replies.tlsRequired), 'TLS was not started.'),
    ...(isSecure
      ? [
          verbatim(
            lineOf(replies.domainSecureCertificate),
            'There was no certificate, or one that we do not trust, that has run out, or that lacks the domain.',
          ),
        ]
      : []),
  ].join('\n');
}

function lineOf({ code, enhanced, lines }: Reply): string {
  return [code, ...(enhanced === undefined ? [] : [enhanced]), ...lines].join(' ');
}

function fromUs(agreement: Agreement, { certificateOf }: LetterFacts): readonly string[] {
  const { exits, ourAddresses, partnerDomains } = agreement;
  const names = [...new Set(exits.flatMap((exit) => exit.names))].map(onOneLine);
  const smartHosts = [
    ...new Set(exits.flatMap(({ connector }) => connector.smartHosts.map(({ host }) => host))),
  ];
  const byDns = exits.some(({ connector }) => connector.dnsRoutingEnabled);
  return [
    title('Mail from us to you'),
    paragraph(
      `Our servers call themselves ${names.join(', ')} and connect from ${ourAddresses.join(', ')}, or from what stands before them.`,
    ),
    paragraph(
      byDns ? `They go where the MX records of ${partnerDomains.join(', ')} lead.` : '',
      smartHosts.length > 0 ? `They go to ${smartHosts.map(onOneLine).join(', ')}.` : '',
    ),
    paragraph('What they ask for:'),
    [...new Set(exits.map((exit) => item(demandOf(exit.connector))))].join('\n'),
    ...shownCertificates(
      agreement,
      exits.flatMap(({ connector }) => connector.sourceTransportServers),
      certificateOf,
    ),
    ...(exits.some(({ connector }) => connector.requireTLS || connector.domainSecureEnabled)
      ? [
          paragraph('If they do not get that, our queue shows a line such as'),
          [verbatim(tlsReply.notOffered), verbatim(tlsReply.certificate('UntrustedRoot'))].join('\n'),
          paragraph('and keeps the message. You see a session that ends before MAIL FROM.'),
        ]
      : []),
  ];
}

function demandOf({
  domainSecureEnabled,
  requireTLS,
  tlsAuthLevel,
  tlsDomain,
  ignoreSTARTTLS,
}: Agreement['exits'][number]['connector']): string {
  if (domainSecureEnabled)
    return 'STARTTLS, and a certificate that we trust and that holds the domain of the recipient itself, not only the name of a mail server.';
  if (requireTLS) {
    switch (tlsAuthLevel) {
      case 'DomainValidation':
        return `STARTTLS, and a certificate that we trust for ${onOneLine(tlsDomain ?? 'the domain of the recipient')}.`;
      case 'CertificateValidation':
        return 'STARTTLS, and a certificate that we trust, for whatever name.';
      default:
        return 'STARTTLS, with any certificate.';
    }
  }
  return ignoreSTARTTLS
    ? 'Nothing; they do not use STARTTLS.'
    : 'Nothing; they use STARTTLS where you offer it, with any certificate.';
}

function roots(agreement: Agreement, { certificateOf }: LetterFacts): readonly string[] {
  return [title('Whom each side trusts'), ...shownRoots(agreement, certificateOf)];
}

function test({
  entrances,
  exits,
  isMutual,
  ourRoots,
  trustsPublicRoots,
  partnerDomains,
}: Agreement): readonly string[] {
  const [first] = entrances.flatMap(({ connector: { fqdn }, endpoints }) =>
    endpoints.flatMap(({ address, port }) =>
      isPlain(fqdn) && isPlain(address) ? [{ fqdn, place: endpointText(address, port) }] : [],
    ),
  );
  const anchor = trustsPublicRoots || ourRoots[0] === undefined ? '' : ` -CAfile ${ourRoots[0].path}`;
  const own = isMutual ? ' -cert your-chain.pem -key your.key' : '';
  return [
    title('How to test'),
    ...(first === undefined
      ? []
      : [
          paragraph('From one of your mail servers, in this folder:'),
          verbatim(
            `openssl s_client -starttls smtp -connect ${first.place} -servername ${first.fqdn} -verify_hostname ${first.fqdn}${anchor}${own}`,
          ),
          paragraph(
            '"Verify return code: 0 (ok)" means that you trust our certificate. "No client certificate CA names sent" is not a fault. Type QUIT to leave.',
          ),
          paragraph(
            `Then send a message from an address in ${partnerDomains.join(' or ')} and look for the reply in your log.`,
          ),
        ]),
    ...(exits.length === 0
      ? []
      : [
          paragraph(
            'We test the other way: our "mailtopo probe" connects to your servers, starts TLS, looks at your certificate and leaves; it sends no mail.',
          ),
        ]),
  ];
}

/** The line is copied into a shell. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(text);
}

function endpointText(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
