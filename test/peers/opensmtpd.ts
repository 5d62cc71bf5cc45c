import { editing, type Change, type MailServer, type Surroundings } from './mail-server.ts';

/**
 * It waits between connections to a host, and keeps a session open for ten seconds after its last message without reading from
 * it: who says goodbye to it meanwhile waits for its end. A case has one message, and all that would be waited for in vain.
 */
const hurried = 'mta limit session-keepalive 0 conn-delay-route 0 conn-delay-relay 0 reconn-delay-route 0';

/** A plain server's smtpd.conf, with what Fabrikam got for Contoso, and the listener that it is to make from it. */
function smtpdConf({ doors, parts }: Surroundings): string {
  const part = (parts.get('smtpd.conf.part') ?? '').replace(
    /^# (listen on) 192\.0\.2\.1 /m,
    `$1 ${doors.mx} `,
  );
  return `table our_domains { "fabrikam.com", "fabrikam.net" }
table our_people { "@" = "mailbox" }
table our_clients { "198.51.101.9" }
listen on ${doors.inside}
${hurried}
action "mailbox" maildir "/var/mail/all" virtual <our_people>
match from any for domain <our_domains> action "mailbox"

${part}
match from src <our_clients> for domain <contoso_domains> action "to_contoso"
action "outside" relay
match from src <our_clients> for any action "outside"
`;
}

/** It has no setting of its own for this. */
const tls12 = `openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = tls
[tls]
MaxProtocol = TLSv1.2
`;

/** Changes the one listener of the partner's file. */
function listening(how: string): Change {
  return editing('smtpd.conf', (text) => text.replace(/^(listen on \S+) tls.*$/m, `$1 ${how}`));
}

function relaying(how: string): Change {
  return editing('smtpd.conf', (text) => text.replace(/^(action "to_contoso" relay) .*$/m, `$1 ${how}`));
}

/**
 * OpenSMTPD as Debian 11 has it: the same 6.8 is linked with OpenSSL 3 by Debian 12, and there each handshake fails
 * (OpenSMTPD issue 1171).
 */
export const opensmtpd: MailServer = {
  name: 'opensmtpd',
  package: 'opensmtpd',
  release: 'bullseye',
  accounts: { opensmtpd: 2001, opensmtpq: 2002, mailbox: 2003 },
  configure: (surroundings) =>
    new Map([
      ['smtpd.conf', smtpdConf(surroundings)],
      ['mail/contoso/roots.pem', surroundings.roots],
      ['mail/contoso/own-chain.pem', surroundings.certificate.certificate],
      ['mail/contoso/own.key', surroundings.certificate.privateKey],
      // Where a system keeps the roots that all programs trust.
      ['ssl/certs/ca-certificates.crt', surroundings.roots],
    ]),
  habits: {
    'has no certificate as a server': listening(''),
    'offers no STARTTLS': listening(''),
    'shows no certificate as a client': relaying('tls'),
    'uses no TLS as a client': relaying('host "smtp+notls://mail.contoso.com"'),
    'speaks TLS 1.2 at most': (files) => new Map([...files, ['ssl/openssl.cnf', tls12]]),
    'takes tailspin.com for ours': editing('smtpd.conf', (text) =>
      text.replace(
        'table contoso_domains { "contoso.com" }',
        'table contoso_domains { "contoso.com", "tailspin.com" }',
      ),
    ),
  },
  outcomeOf: (log, forwardPath) =>
    log
      .split('\n')
      .filter((line) => / mta delivery /.test(line) && line.includes(` to=<${forwardPath}>`))
      .map((line) => /result=.*$/.exec(line)?.[0])
      .find((outcome) => outcome !== undefined),
};
