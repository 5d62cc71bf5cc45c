import { editing, type Change, type MailServer, type Surroundings } from './mail-server.ts';

/** Where Debian's package would have its parts, moved to where they are seen in the namespace. */
export const places = `
compatibility_level = 3.6
daemon_directory = /mnt/usr/lib/postfix/sbin
command_directory = /mnt/usr/sbin
shlib_directory = /mnt/usr/lib/postfix
meta_directory = /mnt/etc/postfix
data_directory = /var/spool/state
maillog_file = /var/log/mail.log
alias_maps =
alias_database =
virtual_mailbox_base = /var/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:2003
virtual_gid_maps = static:2003
`;

/** Fabrikam's main.cf before anybody spoke of Contoso, and then what it got for Contoso. */
function mainCf({ doors, parts }: Surroundings): string {
  return `${places}
myhostname = mail.fabrikam.com
inet_interfaces = ${doors.mx} ${doors.inside}
inet_protocols = ipv4
mydestination =
virtual_mailbox_domains = fabrikam.com fabrikam.net
mynetworks = 198.51.101.9
smtpd_relay_restrictions = permit_mynetworks reject_unauth_destination
smtpd_tls_received_header = yes
smtpd_tls_loglevel = 1
smtp_tls_security_level = may
smtp_tls_loglevel = 1

${parts.get('main.cf.part') ?? ''}`;
}

/** Those services of Debian's master.cf that mail passes through. */
export const masterCf = `smtp inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/** The private key first, as main.cf.part says. */
function ownChain({ certificate }: Surroundings): string {
  return certificate.privateKey + certificate.certificate;
}

/** A later line of main.cf overrules an earlier one. */
function adding(...lines: readonly string[]): Change {
  return editing('postfix/main.cf', (text) => `${text}\n${lines.join('\n')}\n`);
}

/** Debian's Postfix. */
export const postfix: MailServer = {
  name: 'postfix',
  package: 'postfix',
  accounts: { postfix: 2001, postdrop: 2002, mailbox: 2003 },
  configure: (surroundings) =>
    new Map([
      ['postfix/main.cf', mainCf(surroundings)],
      ['postfix/master.cf', masterCf],
      ...[...surroundings.parts].map(([name, text]) => [`postfix/contoso/${name}`, text] as const),
      ['postfix/contoso/roots.pem', surroundings.roots],
      ['postfix/contoso/own-chain.pem', ownChain(surroundings)],
    ]),
  habits: {
    'has no certificate as a server': adding('smtpd_tls_chain_files ='),
    'offers no STARTTLS': adding('smtpd_tls_security_level = none'),
    'shows no certificate as a client': adding('smtp_tls_chain_files ='),
    'uses no TLS as a client': adding('smtp_tls_policy_maps =', 'smtp_tls_security_level = none'),
    'speaks TLS 1.2 at most': adding(
      'smtpd_tls_protocols = TLSv1.2',
      'smtp_tls_mandatory_protocols = TLSv1.2',
    ),
    'takes tailspin.com for ours': editing(
      'postfix/contoso/tls_policy',
      (text) => `${text}${text.replace(/^contoso\.com/m, 'tailspin.com')}`,
    ),
  },
  outcomeOf: (log, forwardPath) =>
    log
      .split('\n')
      .filter((line) => line.includes(`: to=<${forwardPath}>, `))
      .map((line) => /status=.*$/.exec(line)?.[0])
      .find((outcome) => outcome !== undefined),
};
