# Starts Postfix for mail-server.sh.
serve() {
  # What "postfix check" lays out, without its seconds.
  mkdir -p /var/spool/postfix /var/spool/state
  cd /var/spool/postfix
  mkdir -p active bounce corrupt defer deferred flush hold incoming private maildrop public pid saved trace
  chown postfix active bounce corrupt defer deferred flush hold incoming private maildrop public saved trace ../state
  chgrp postdrop maildrop public
  chmod 700 active bounce corrupt defer deferred flush hold incoming private saved trace
  chmod 730 maildrop
  chmod 710 public
  chown mailbox: /var/mail
  MAIL_CONFIG=/etc/postfix exec /mnt/usr/lib/postfix/sbin/master -s
}

complain() {
  MAIL_CONFIG=/etc/postfix /mnt/usr/sbin/postconf >/dev/null
}
