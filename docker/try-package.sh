#!/bin/sh
# Unpacks the package into an empty root and starts what is in it with the configuration it comes with: try-package.sh FOLDER
set -eu
folder=$1
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "try-package: $*" >&2
    [ ! -f "$work/log" ] || cat "$work/log" >&2
    exit 1
}

# shellcheck disable=SC2012 # the newest one; names are ours
package=$(ls -t "$folder"/anlaufstelle_*.deb | head -n 1)
# shellcheck disable=SC2012
archive=$(ls -t "$folder"/anlaufstelle-*.tar.gz | head -n 1)
root=$work/root
dpkg-deb -x "$package" "$root"
dpkg-deb -e "$package" "$work/control"
tar -xzf "$archive" -C "$work"

(cd "$root" && md5sum --check --quiet "$work/control/md5sums") || fail "md5sums are not those of the files"
for script in postinst prerm postrm; do
    { sh -n "$work/control/$script" && [ -x "$work/control/$script" ]; } || fail "$script cannot run"
done
while read -r file; do
    [ "$(stat -c %a "$root$file")" = 640 ] || fail "$file can be read by everybody"
done <"$work/control/conffiles"
cmp -s "$root/usr/bin/anlaufstelle" "$work"/anlaufstelle-*/anlaufstelle || fail "archive and package differ"
! ldd "$root/usr/bin/anlaufstelle" | grep "not found" || fail "a library is missing"

# The unit as it is, with paths that exist here.
if command -v systemd-analyze >/dev/null; then
    sed "s,/usr/bin/anlaufstelle,$root/usr/bin/anlaufstelle," "$root/lib/systemd/system/anlaufstelle.service" >"$work/anlaufstelle.service"
    said=$(systemd-analyze verify --man=no "$work/anlaufstelle.service" 2>&1) || fail "the unit: $said"
    [ -z "$said" ] || fail "the unit: $said"
    systemd-analyze security --offline=true --threshold=20 "$work/anlaufstelle.service" | tail -n 1
else
    echo "try-package: systemd-analyze is missing, the unit is not checked" >&2
fi

# Every option behind # that is a default must be known, too: a file made of them must be read.
configuration=$root/etc/anlaufstelle/anlaufstelle.toml
sed -E 's/^#(\[|[a-z_]+ = )/\1/' "$configuration" |
    sed -E '/^(key_file|lexicon|ca_file|client_secret_file|password_file|user|tls|secret_file) = /d; /^\[bus\]/,/^nats/d; s/^(urls = ).*/\1["stun:stun.hilfe.example"]/' \
        >"$work/full.toml"

# try CONFIGURATION: starts the program and asks for what an operator asks for first
try() {
    rm -rf "$work/data"
    mkdir -m 700 "$work/data"
    (
        umask 077
        exec env ANLAUFSTELLE_DATA="$work/data" ANLAUFSTELLE_CONFIG="$1" "$root/usr/bin/anlaufstelle" serve \
            --listen 127.0.0.1:0 --metrics-listen 127.0.0.1:0 --relay-listen 127.0.0.1:0 --engine-listen 127.0.0.1:0
    ) >"$work/log" 2>&1 &
    server=$!
    tries=0
    until address=$(sed -n 's,^listening on ,,p' "$work/log") && [ -n "$address" ] && curl -fs -o "$work/ready" "$address/readyz"; do
        tries=$((tries + 1))
        kill -0 "$server" 2>/dev/null || fail "it does not start with $1"
        [ "$tries" -lt 100 ] || fail "it is not ready after ten seconds"
        sleep 0.1
    done
    curl -fs -o /dev/null "$address/healthz" || fail "/healthz does not answer"
    curl -fs "$address/" | grep -q '<h1' || fail "the start page has no heading"
    [ -z "$(find "$work/data" -perm /077)" ] || fail "others can read files of the data folder"
    grep -q '#' "$work/log" || fail "no link for the first person"
    kill -TERM "$server"
    wait "$server" || fail "it does not stop cleanly"
    server=
    echo "works with $(basename "$1")"
}

try "$configuration"
try "$work/full.toml"
echo "the package works: $(basename "$package")"
