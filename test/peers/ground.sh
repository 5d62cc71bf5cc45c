#!/bin/bash
# ground.sh FOLDER COMMAND…: runs a command in a network of its own, which "unshare" has made before, with pids and mounts.
#
# Contoso and the command stand on one side of a cable, Fabrikam on the other, in the network that FOLDER/fabrikam-network
# holds. Both have the addresses of the topology and the ports of the standards, and nothing leads outside.
# This shell is the first process of its pid namespace: when it ends, so does everything inside.
set -eu
folder=$1
shift
fabrikam() { nsenter --net="$folder/fabrikam-network" "$@"; }

touch "$folder/fabrikam-network"
unshare --net="$folder/fabrikam-network" true
ip link set lo up
fabrikam ip link set lo up
# The first process is on Contoso's side.
fabrikam ip link add to-contoso type veth peer name to-fabrikam netns 1

# The servers of Contoso, its printer, the name server, and a place from where Fabrikam's people send.
for address in 192.0.2.25 10.0.9.25 10.0.0.11 10.0.7.6 203.0.113.53 198.51.101.9; do
  ip address add $address/32 dev to-fabrikam
done
for address in 198.51.100.10 198.51.100.11 198.51.100.12 198.51.100.20 198.51.100.22; do
  fabrikam ip address add $address/32 dev to-contoso
done
ip link set to-fabrikam up
fabrikam ip link set to-contoso up
ip route add 198.51.100.0/24 dev to-fabrikam src 192.0.2.25
fabrikam ip route add default dev to-contoso src 198.51.100.10
# A host of Contoso that is not there, and nobody has to wait to learn that.
fabrikam ip route add unreachable 192.0.2.26
# The servers of Contoso are one machine here; each still speaks from its own address to the other.
ip route replace local 10.0.9.25 dev to-fabrikam table local src 10.0.0.11
ip route replace local 10.0.0.11 dev to-fabrikam table local src 10.0.9.25

echo 'nameserver 203.0.113.53' >"$folder/resolv.conf"
mount --bind "$folder/resolv.conf" /etc/resolv.conf
exec 3<&0
cat <&3 >/dev/null &
"$@" </dev/null &
wait -n
