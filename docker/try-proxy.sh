#!/bin/bash
# Puts nginx and Caddy, configured as docker/proxy says, in front of the program and looks at what comes through: try-proxy.sh PROGRAM
# Only names, ports and certificates are changed.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "$1")
work=$(mktemp -d)
started=()
finish() {
    for one in "${started[@]}"; do kill "$one" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "try-proxy: $*" >&2
    exit 1
}
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
until_it_answers() {
    for _ in $(seq 100); do
        curl -kfs -o /dev/null "$1" && return
        sleep 0.1
    done
    fail "$1 does not answer"
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=hilfe.example \
    -addext subjectAltName=DNS:hilfe.example -keyout "$work/key.pem" -out "$work/chain.pem" 2>/dev/null
at=$(free)
start_program() {
    ANLAUFSTELLE_LOG=debug "$program" --data "$work/data" serve --listen "127.0.0.1:$at" --metrics-listen 127.0.0.1:0 \
        --relay-listen 127.0.0.1:0 --engine-listen 127.0.0.1:0 >>"$work/program.log" 2>&1 &
    behind=$!
    started+=("$behind")
    until_it_answers "http://127.0.0.1:$at/readyz"
}
"$program" --data "$work/data" demo >/dev/null
start_program

# A place where requests can be seen as they arrive behind the proxy.
echo_at=$(free)
python3 - "$echo_at" <<'PYTHON' &
import http.server, sys
class Echo(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
PYTHON
started+=($!)
until_it_answers "http://127.0.0.1:$echo_at/"

# ask NAME PORT PATH [curl options]: as a browser that believes hilfe.example is here
ask() {
    local port=$1 path=$2
    shift 2
    curl -ks --resolve "hilfe.example:$port:127.0.0.1" "$@" "https://hilfe.example:$port$path"
}

# look NAME PORT ECHOPORT PLAINPORT
look() {
    local name=$1 port=$2 echo_port=$3 plain=$4 headers seen code
    headers=$(ask "$port" / -D - -o "$work/page")
    grep -q '<h1' "$work/page" || fail "$name: the start page has no heading"
    grep -qi '^cache-control: no-store' <<<"$headers" || fail "$name: the page may be kept"
    [ "$(grep -ci '^strict-transport-security:' <<<"$headers")" = 1 ] || fail "$name: HSTS is not there once: $headers"
    [ "$(ask "$port" '/suche?words=Geheimwort&place=79100' -o /dev/null -w '%{http_code}')" = 200 ] || fail "$name: no search"
    headers=$(curl -s -D - -o /dev/null -H 'Host: hilfe.example' "http://127.0.0.1:$plain/suche?words=Geheimwort")
    grep -q ' 308' <<<"$headers" || fail "$name: no way from http to https"

    seen=$(ask "$echo_port" / -H 'X-Forwarded-For: 203.0.113.66' -H 'Forwarded: for=203.0.113.66')
    grep -qi '^x-forwarded-for: 127.0.0.1' <<<"$seen" || fail "$name: X-Forwarded-For: $seen"
    ! grep -q '203.0.113.66' <<<"$seen" || fail "$name: believes what a visitor says of herself: $seen"
    grep -qi "^host: hilfe.example" <<<"$seen" || fail "$name: Host is not what was asked for: $seen"

    for path in /api/v1/talk/socket /api/v1/talk/socket/chat-1; do
        for origin in "https://hilfe.example:$port 101" "https://evil.example 403"; do
            # curl goes on waiting on an open socket, which is no failure here
            code=$(ask "$port" "$path" --http1.1 -m 1 -o /dev/null -w '%{http_code}' -H "Origin: ${origin% *}" \
                -H 'Upgrade: websocket' -H 'Connection: Upgrade' -H 'Sec-WebSocket-Version: 13' \
                -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' || true)
            [ "$code" = "${origin##* }" ] || fail "$name: a socket at $path from ${origin% *} got $code"
        done
    done

    head -c 300000 /dev/zero >"$work/large"
    code=$(ask "$port" /suche -o /dev/null -w '%{http_code}' --data-binary "@$work/large" || true)
    # Caddy says 502 where the program has refused before it was done sending.
    [[ $code =~ ^(413|502)$ ]] || fail "$name: a body of 300 kB got $code"
    head -c 120000000 /dev/zero >"$work/large"
    code=$(ask "$echo_port" /arbeitsplatz/import/neu -o /dev/null -w '%{http_code}' --data-binary "@$work/large" || true)
    [ "$code" = 200 ] || fail "$name: a list of 120 MB got $code"
    rm "$work/large"

    # Not even when the program is away.
    kill "$behind" && wait "$behind" || true
    code=$(ask "$port" '/suche?words=Geheimwort&place=79100' -o /dev/null -w '%{http_code}')
    [ "$code" = 502 ] || [ "$code" = 503 ] || fail "$name: $code while the program is away"
    start_program
    until_it_answers "http://127.0.0.1:$at/readyz"
    if grep -rl Geheimwort "$work" --include='*.log' --include='*.out' --exclude-dir=data; then fail "$name: a search is written down"; fi
    if find "$work" -name '*temp*' -type f | grep .; then fail "$name: something is left on the disk"; fi
    echo "$name: works"
}

if command -v nginx >/dev/null; then
    port=$(free) echo_port=$(free) plain=$(free)
    mkdir -p "$work/nginx"
    variant() {
        sed -e "s/127.0.0.1:8080/127.0.0.1:$2/; s/listen 443/listen 127.0.0.1:$3/; s/listen 80;/listen 127.0.0.1:$4;/; /listen \[::\]/d" \
            -e "s,/etc/letsencrypt/live/hilfe.example/fullchain.pem,$work/chain.pem,; s,/etc/letsencrypt/live/hilfe.example/privkey.pem,$work/key.pem," \
            -e "s/upstream anlaufstelle {/upstream $1 {/; s,http://anlaufstelle;,http://$1;," docker/proxy/nginx.conf
    }
    # The same with the lines for nodes of their own: both at the one program, the sockets' way by its name.
    split() {
        variant "$@" | sed -E -e '/location \/api\/v1\/talk\/socket \{/,/^    }/d' \
            -e '/^#upstream/,/^#}/s/^#//; /^#map/,/^#}/s/^#//; s/^    #(location| {4}|\})/    \1/' -e 's/10\.0\.0\.[78]:8080/127.0.0.1:'"$2"'/'
    }
    {
        echo "pid $work/nginx.pid; daemon off; worker_processes 1; error_log $work/nginx.log info;"
        echo "events { worker_connections 512; }"
        echo "http { access_log $work/access.log;"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/nginx/$kind-temp;"; done
        variant anlaufstelle "$at" "$port" "$plain"
        variant echo "$echo_at" "$echo_port" "$(free)"
        echo "}"
    } >"$work/nginx.conf"
    nginx -c "$work/nginx.conf" -e "$work/nginx.log" >"$work/nginx.out" 2>&1 &
    started+=($!)
    front=$!
    sleep 0.5
    kill -0 "$front" 2>/dev/null || { cat "$work/nginx.out" >&2; fail "nginx does not start"; }
    look nginx "$port" "$echo_port" "$plain"
    kill "$front" && wait "$front" || true

    sed -i '/^http {/,$d' "$work/nginx.conf"
    {
        echo "http { access_log $work/access.log;"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/nginx/$kind-temp;"; done
        split anlaufstelle "$at" "$port" "$plain"
        variant echo "$echo_at" "$echo_port" "$(free)"
        echo "}"
    } >>"$work/nginx.conf"
    grep -q '^map' "$work/nginx.conf" || fail "the lines for nodes are not found"
    nginx -c "$work/nginx.conf" -e "$work/nginx.log" >"$work/nginx.out" 2>&1 &
    started+=($!)
    sleep 0.5
    kill -0 $! 2>/dev/null || { cat "$work/nginx.out" >&2; fail "nginx does not start with nodes"; }
    look "nginx with nodes" "$port" "$echo_port" "$plain"
else
    echo "try-proxy: SKIPPED nginx, it is missing: apt-get install nginx-light"
fi

if command -v caddy >/dev/null; then
    port=$(free) echo_port=$(free) plain=$(free)
    body() { sed -n '/^hilfe.example {/,$p' docker/proxy/Caddyfile; }
    {
        sed -n '1,/^hilfe.example {/p' docker/proxy/Caddyfile | sed '$d' | sed "0,/^{/s,^{,{\n\thttp_port $plain\n\tadmin off\n\tskip_install_trust\n\tstorage file_system $work/caddy,"
        body | sed "s/^hilfe.example {/hilfe.example:$port {\n\tbind 127.0.0.1\n\ttls internal/; s/127.0.0.1:8080/127.0.0.1:$at/"
        body | sed "s/^hilfe.example {/hilfe.example:$echo_port {\n\tbind 127.0.0.1\n\ttls internal/; s/127.0.0.1:8080/127.0.0.1:$echo_at/"
        printf 'http://hilfe.example:%s {\n\tredir https://hilfe.example{uri} 308\n}\n' "$plain"
    } >"$work/Caddyfile"
    HOME=$work XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work caddy run --adapter caddyfile --config "$work/Caddyfile" >"$work/caddy.log" 2>&1 &
    started+=($!)
    for _ in $(seq 50); do ask "$port" / -o /dev/null && break || sleep 0.2; done
    kill -0 $! 2>/dev/null || { cat "$work/caddy.log" >&2; fail "Caddy does not start"; }
    look Caddy "$port" "$echo_port" "$plain"
else
    echo "try-proxy: SKIPPED Caddy, it is missing: apt-get install caddy"
fi
