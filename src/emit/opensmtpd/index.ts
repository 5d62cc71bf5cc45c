import type { Emitter } from '../emitter.ts';
import type { Agreement } from '../partner/agreement.ts';
import { fragmentEmitter, paragraphs, type Heading } from '../partner/fragment.ts';

/**
 * What a partner adds to OpenSMTPD 6.6 or later.
 *
 * Source: OPENSMTPD smtpd.conf(5).
 */
export const emitter: Emitter = fragmentEmitter('opensmtpd', (agreement, heading) => [
  { name: 'smtpd.conf.part', text: smtpdConf(agreement, heading) },
]);

function smtpdConf(agreement: Agreement, heading: Heading): string {
  const { ourName, ourDomains, isMutual, mustEncrypt, exits, ourRoots } = agreement;
  const folder = `/etc/mail/${ourName}`;
  const own = isMutual ? ` pki ${ourName}_own` : '';
  return paragraphs(
    [
      ...heading,
      '# Add these lines to smtpd.conf; the rule belongs before the one that relays for everybody else.',
    ],
    isMutual
      ? [
          '# Your certificate with the intermediate ones behind it, and its key.',
          `pki ${ourName}_own cert "${folder}/own-chain.pem"`,
          `pki ${ourName}_own key "${folder}/own.key"`,
        ]
      : [],
    isMutual && exits.length > 0
      ? [
          '# A listener either asks no client for a certificate or turns away all that have none. Give us one of its own,',
          '# on an address that the MX records of our agreement name, and put that address for 192.0.2.1. OpenSMTPD looks who',
          '# signed the certificate, not whose it is, and compares it with no sender: all whom our root has signed for get in,',
          '# and what comes in by your other listeners may say that it is from us. Where that is not enough, let a firewall',
          '# admit our addresses alone to this one.',
          ...(ourRoots.length > 0 ? [`ca ${ourName}_roots cert "${folder}/roots.pem"`] : []),
          `# listen on 192.0.2.1 tls-require verify${own}${ourRoots.length > 0 ? ` ca ${ourName}_roots` : ''}`,
        ]
      : [],
    mustEncrypt
      ? [
          ...(ourRoots.length > 0
            ? [
                '# OpenSMTPD looks for our root among those of the system alone: install the files in ../roots there.',
              ]
            : []),
          '# "from local" is mail that this machine hands in. People and servers that may send through it from elsewhere need',
          '# the same rule with the "from src" or "from auth" of the rule that relays for everybody else.',
          `table ${ourName}_domains { ${ourDomains.map((domain) => `"${domain}"`).join(', ')} }`,
          `action "to_${ourName}" relay tls${own}`,
          `match from local for domain <${ourName}_domains> action "to_${ourName}"`,
        ]
      : [],
  );
}
