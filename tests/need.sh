#!/bin/sh
# Makes sure that commands exist: need.sh COMMAND:DEBIAN-PACKAGE[,PACKAGE] ...
# Installs what is missing as root or with sudo; where neither is possible, one line says what to install.
set -eu

present() {
    command -v "$1" >/dev/null 2>&1 && return 0
    # Debian keeps PostgreSQL's server programs out of the PATH.
    [ "$1" = postgres ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

missing=
for need in "$@"; do
    present "${need%%:*}" || missing="$missing $(echo "${need#*:}" | tr , ' ')"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root=sudo
else
    echo "missing:$missing — install with: apt-get install$missing" >&2
    exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing:$missing — install these (Debian's names) with your system's package manager" >&2
    exit 1
fi
echo "installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # the list is meant to be split
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
