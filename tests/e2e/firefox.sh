#!/bin/sh
# Runs the tests with Firefox in a network of their own: Firefox takes no media from the loopback interface.
set -eu
cd "$(dirname "$0")"
exec unshare --net --map-root-user sh -eu -c '
    ip link set lo up
    ip link add media0 type veth peer name media1
    ip addr add 10.9.9.1/24 dev media0
    ip link set media0 up
    ip link set media1 up
    ip route add default dev media0
    E2E_MEDIA=10.9.9.1 node run.mjs firefox-call.test.mjs
'
