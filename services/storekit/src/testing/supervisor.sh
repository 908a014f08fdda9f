# Runs a PostgreSQL in a temporary folder until standard input closes, then removes every trace of it.
# $1: folder with the binaries. Writes the folder with the socket to standard output once the server answers.
set -u
parent=${TMPDIR:-/tmp}
[ -w "$parent" ] || parent=/tmp
folder=$(mktemp -d "$parent/pg.XXXXXX") || exit 1
server=
clear_up() {
    if [ -n "$server" ]; then
        kill -QUIT "$server" 2>/dev/null
        wait "$server" 2>/dev/null
    fi
    rm -rf "$folder"
}
trap clear_up EXIT
trap 'exit 1' HUP INT TERM

# A German collation as default shows every ORDER BY that forgot COLLATE "C".
"$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=de \
    --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }

"$1/postgres" -D "$folder/data" -c listen_addresses= -c unix_socket_directories="$folder" -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB \
    -c deadlock_timeout=100ms -c log_min_error_statement=panic -c log_error_verbosity=terse >>"$folder/log" 2>&1 </dev/null &
server=$!

tries=0
until "$1/pg_isready" -q -h "$folder" -U postgres; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
        cat "$folder/log" >&2
        exit 1
    fi
    sleep 0.1
done
echo "$folder"
# The reader of the line above may be gone later; nothing more is written.
exec >/dev/null
cat >/dev/null
