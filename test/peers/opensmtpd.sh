# Starts OpenSMTPD for mail-server.sh.
serve() {
  # Its folders are compiled in.
  mount --bind /mnt/usr/libexec /usr/libexec
  mount -t tmpfs tmpfs /var/lib
  mkdir -p /var/lib/opensmtpd/empty /var/spool/smtpd
  chmod 711 /var/spool/smtpd
  chown -R mailbox: /var/mail
  # Debian 11 looks for it in a folder that not all machines have.
  export OPENSSL_CONF=/etc/ssl/openssl.cnf
  exec /mnt/usr/sbin/smtpd -d -f /etc/smtpd.conf >/var/log/mail.log 2>&1
}

complain() {
  /mnt/usr/sbin/smtpd -n -f /etc/smtpd.conf
}
