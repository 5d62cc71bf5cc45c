import { editing, type Change, type MailServer, type Surroundings } from './mail-server.ts';

/** A plain server's configuration file, with what Fabrikam got for Contoso in the places that it names. */
function eximConf({ doors, parts }: Surroundings): string {
  const part = (name: string): string => parts.get(name) ?? '';
  return `primary_hostname = mail.fabrikam.com
exim_path = /mnt/usr/sbin/exim4
keep_environment =
spool_directory = /var/spool/exim
log_file_path = /var/log/%slog
pid_file_path = /var/spool/exim/pid
log_selector = +tls_certificate_verified +tls_peerdn
local_interfaces = ${doors.mx} : ${doors.inside}
domainlist local_domains = fabrikam.com : fabrikam.net
hostlist relay_from_hosts = 198.51.101.9
acl_smtp_mail = acl_check_mail
acl_smtp_rcpt = acl_check_rcpt
# This machine may have no IPv6.
disable_ipv6 = true

${part('main.part')}
begin acl

acl_check_mail:
${part('acl_mail.part')}
  accept

acl_check_rcpt:
  accept domains = +local_domains
  accept hosts = +relay_from_hosts
  deny message = relay not permitted

begin routers

${part('routers.part')}
everybody_else:
  driver = dnslookup
  domains = ! +local_domains
  transport = remote_smtp
  no_more

own_people:
  driver = accept
  transport = mailbox

begin transports

${part('transports.part')}
remote_smtp:
  driver = smtp

mailbox:
  driver = appendfile
  directory = /var/mail/all
  create_directory
  maildir_format
  user = Debian-exim

begin retry

*  *  F,1h,10m
`;
}

function change(edit: (text: string) => string): Change {
  return editing('exim4/exim4.conf', edit);
}

/** Debian's Exim, which speaks TLS by GnuTLS. */
export const exim: MailServer = {
  name: 'exim',
  package: 'exim4-daemon-light',
  accounts: { 'Debian-exim': 2001 },
  configure: (surroundings) =>
    new Map([
      ['exim4/exim4.conf', eximConf(surroundings)],
      ['exim4/contoso/roots.pem', surroundings.roots],
      ['exim4/contoso/own-chain.pem', surroundings.certificate.certificate],
      ['exim4/contoso/own.key', surroundings.certificate.privateKey],
    ]),
  habits: {
    'has no certificate as a server': change((text) =>
      text.replaceAll(/^tls_(certificate|privatekey) = .*\n/gm, ''),
    ),
    'offers no STARTTLS': change((text) => text.replace('tls_advertise_hosts = *', 'tls_advertise_hosts =')),
    'shows no certificate as a client': change((text) =>
      text.replaceAll(/^ +tls_(certificate|privatekey) = .*\n/gm, ''),
    ),
    'uses no TLS as a client': change((text) =>
      text.replace('  hosts_require_tls = *', '  hosts_avoid_tls = *'),
    ),
    'speaks TLS 1.2 at most': change((text) =>
      text
        .replace('tls_advertise_hosts = *', '$&\ntls_require_ciphers = NORMAL:-VERS-TLS1.3')
        .replace('  hosts_require_tls = *', '$&\n  tls_require_ciphers = NORMAL:-VERS-TLS1.3'),
    ),
    'takes tailspin.com for ours': change((text) =>
      text.replace(/^domainlist contoso_domains = .*$/m, '$& : tailspin.com'),
    ),
  },
  outcomeOf: (log, forwardPath) =>
    log
      .split('\n')
      .map((line) => /(=>|==|\*\*) .*$/.exec(line)?.[0])
      .find((outcome) => outcome?.slice(3).startsWith(`${forwardPath} `)),
};
