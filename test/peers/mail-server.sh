#!/bin/bash
# mail-server.sh FOLDER PACKAGES PROGRAM: a mail server in mount and pid namespaces of its own, which "unshare" has made before.
#
# Inside, FOLDER stands for /etc, /var/log, /var/mail and /var/spool, and PACKAGES for /mnt, so that the files of a partner
# lie where they say they do, whatever rights the folders above have outside. PROGRAM.sh beside this file starts the server.
# This shell is the first process of the pid namespace: when its standard input ends, so does everything inside.
set -eu
folder=$1 packages=$2 program=$3
start=$(realpath "$(dirname "$0")/$program.sh")
for place in etc var/log var/mail var/spool; do mount --bind "$folder/$place" "/$place"; done
mount --bind "$packages" /mnt
mount -t tmpfs tmpfs /run
# Libraries that the machine lacks are found beside the program, also where it cleans its environment.
ls -d /mnt/lib/*-linux-gnu /mnt/usr/lib/*-linux-gnu /mnt/usr/lib/postfix >/etc/ld.so.conf 2>/dev/null || true
ldconfig -X

exec 3<&0
cat <&3 >/dev/null &
input=$!
. "$start"
serve &
wait -n || true
# What keeps some daemons from starting goes to syslog, which is not here.
! kill -0 $input 2>/dev/null || complain
