#!/bin/bash
# Whether the program in this container answers. The program has no command for it, and bash can ask without a tool more in the image.
# healthy [PATH]: /healthz says that it runs, /readyz that it can be used.
port=${ANLAUFSTELLE_LISTEN##*:}
exec 3<>"/dev/tcp/127.0.0.1/${port:-8080}" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${1:-/healthz}" >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
