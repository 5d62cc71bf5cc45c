import { repliesOf, type Reply } from '../../../runtime/server/reply.ts';
import type { PlannedServer } from '../../plan/step.ts';
import { onOneLine } from '../readable-text.ts';
import type { Agreement } from './agreement.ts';
import { shownCertificates, type LetterFacts } from './letter-certificates.ts';
import { item, paragraph, title, verbatim } from './letter-layout.ts';

/** Tells how mail of the partner reaches us: where to, what our server asks for and shows, and what it answers otherwise. */
export function toUs(agreement: Agreement, { servers, certificateOf }: LetterFacts): readonly string[] {
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
  const replies = repliesOf({ exchangeVersion: version });
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
