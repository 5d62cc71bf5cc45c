# Starts Exim for mail-server.sh.
serve() {
  mkdir -p /var/spool/exim
  chown -R Debian-exim: /var/spool/exim /var/log /var/mail
  # It looks keys up as the user that it becomes.
  chown -R root:Debian-exim /etc/exim4
  exec /mnt/usr/sbin/exim4 -bdf -q1m
}

complain() {
  /mnt/usr/sbin/exim4 -bV
}
