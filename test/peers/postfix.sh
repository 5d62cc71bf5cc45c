#!/bin/bash
# postfix.sh FOLDER PACKAGES: Postfix in mount and pid namespaces of its own, which "unshare" has made before.
#
# Inside, FOLDER stands for /etc, /var/log, /var/mail and /var/spool, and PACKAGES for /mnt, so that the files of a partner
# lie where they say they do, whatever rights the folders above have outside. The network is the machine's.
# This shell is the first process of the pid namespace: when its standard input ends, so does everything inside.
set -eu
folder=$1 packages=$2
for place in etc var/log var/mail var/spool; do mount --bind "$folder/$place" "/$place"; done
mount --bind "$packages" /mnt

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

export LD_LIBRARY_PATH MAIL_CONFIG=/etc/postfix
LD_LIBRARY_PATH=$(echo /mnt/usr/lib/postfix /mnt/usr/lib/*-linux-gnu /mnt/lib/*-linux-gnu | tr ' ' :)
exec 3<&0
cat <&3 >/dev/null &
input=$!
/mnt/usr/lib/postfix/sbin/master -s &
wait -n || true
# What keeps the daemons from starting goes to syslog, which is not here; this one says at least what it cannot read.
! kill -0 $input 2>/dev/null || /mnt/usr/sbin/postconf >/dev/null
