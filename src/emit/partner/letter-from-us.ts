import { tlsReply } from '../../../runtime/decide/outbound-tls.ts';
import { onOneLine } from '../readable-text.ts';
import type { Agreement } from './agreement.ts';
import { shownCertificates, type LetterFacts } from './letter-certificates.ts';
import { item, paragraph, title, verbatim } from './letter-layout.ts';

/** Tells how our mail reaches the partner: where from, what our servers ask for and show, and what our queue says otherwise. */
export function fromUs(agreement: Agreement, { certificateOf }: LetterFacts): readonly string[] {
  const { exits, ourAddresses, partnerDomains, wideSpaces } = agreement;
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
    ...(wideSpaces.length > 0
      ? [
          paragraph(
            `Mail for ${wideSpaces.join(', ')} goes the same way. With us, "*." stands for the domain itself and all below it.`,
          ),
        ]
      : []),
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
