# Two commands matter: `make run` starts everything with a fictional directory, `make test` runs every check.
.SUFFIXES:
.PHONY: run test bench chaos fuzz relevance frontend fmt lint docs unit browser openapi protocol generated package package-test proxy-test clean

CARGO = cargo
DATA = data
PORT = 8080
LISTEN = 127.0.0.1:$(PORT)
METRICS = 127.0.0.1:9464
DEBUG = target/debug/anlaufstelle
RELEASE = target/release/anlaufstelle

run: frontend
	@tests/need.sh cc:build-essential
	$(CARGO) build --release --locked --package anlaufstelle
	$(RELEASE) --data $(DATA) demo
	@printf '\n  Suche und Startseite:  http://localhost:$(PORT)/        (English: http://localhost:$(PORT)/en)\n'
	@printf '  Arbeitsplatz:          http://localhost:$(PORT)/arbeitsplatz\n'
	@printf '  Anmelden:              Ratsuchende brauchen kein Konto. Fuer den Arbeitsplatz: beim ersten Start erscheint\n'
	@printf '                         gleich ein Link, der die erste Person einrichtet.\n'
	@printf '  Schnittstelle:         http://localhost:$(PORT)/api/openapi.json\n'
	@printf '  Beenden:               Strg+C\n\n'
	$(RELEASE) --data $(DATA) serve --listen $(LISTEN) --metrics-listen $(METRICS)

test: fmt lint docs generated unit relevance browser
	@echo "all checks passed"

frontend: frontend/dist/manifest.json

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

frontend/dist/manifest.json: frontend/node_modules/.package-lock.json frontend/build.mjs $(shell find frontend/components frontend/islands frontend/styles frontend/build frontend/assets -type f)
	cd frontend && npm run --silent build
	@touch $@

fmt:
	$(CARGO) fmt --all --check

lint: frontend
	@tests/need.sh cc:build-essential
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	cd frontend && npm run --silent lint && npm run --silent check

docs: frontend
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

# Files that are made from code must be what the code makes now.
generated: frontend
	$(CARGO) test --workspace --locked --no-run
	$(DEBUG) openapi | diff -u docs/openapi.json - || { echo "docs/openapi.json is out of date: run make openapi"; exit 1; }
	target/debug/examples/protocol | diff -u frontend/islands/talk/protocol.ts - || { echo "frontend/islands/talk/protocol.ts is out of date: run make protocol"; exit 1; }

openapi: frontend
	$(CARGO) build --package anlaufstelle
	$(DEBUG) openapi > docs/openapi.json

# The TypeScript of what is said on the socket of a conversation.
protocol: frontend
	$(CARGO) build --workspace --example protocol
	target/debug/examples/protocol > frontend/islands/talk/protocol.ts

unit: frontend tests/oidc/node_modules/.package-lock.json tests/calendar/node_modules/.package-lock.json tests/calendar/.venv/installed tests/media/.venv/installed
	@tests/need.sh cc:build-essential postgres:postgresql faketime:faketime turnutils_uclient:coturn nats-server:nats-server
	$(CARGO) test --workspace --locked
	cd frontend && npm run --silent test

browser: frontend tests/e2e/node_modules/.package-lock.json
	@tests/need.sh chromium:chromium faketime:faketime turnserver:coturn firefox-esr:firefox-esr ip:iproute2
	$(CARGO) test --workspace --locked --no-run
	cd tests/e2e && ANLAUFSTELLE_BIN=../../$(DEBUG) npm run --silent test
	cd tests/e2e && ANLAUFSTELLE_BIN=../../$(DEBUG) ./firefox.sh

tests/e2e/node_modules/.package-lock.json: tests/e2e/package-lock.json
	cd tests/e2e && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# A real identity provider, for the tests of single sign-on.
tests/oidc/node_modules/.package-lock.json: tests/oidc/package-lock.json
	cd tests/oidc && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# Two readers of calendar files that others wrote, for the tests of what booking writes.
tests/calendar/node_modules/.package-lock.json: tests/calendar/package-lock.json
	cd tests/calendar && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

tests/calendar/.venv/installed: tests/calendar/requirements.txt
	@tests/need.sh python3:python3
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "missing: python3-venv — install with: apt-get install python3-venv" >&2; exit 1; }
	python3 -m venv --clear tests/calendar/.venv
	tests/calendar/.venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement tests/calendar/requirements.txt
	@touch $@

# An independent peer of calls, for the tests of the engine.
tests/media/.venv/installed: tests/media/requirements.txt
	@tests/need.sh python3:python3
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "missing: python3-venv — install with: apt-get install python3-venv" >&2; exit 1; }
	python3 -m venv --clear tests/media/.venv
	tests/media/.venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement tests/media/requirements.txt
	@touch $@

# Always the whole workspace: cargo unites features over what is selected, and another selection would build everything anew.
# Figures with their conditions: relevance, engine, other engines on the same centres, the whole program.
bench: frontend tests/e2e/node_modules/.package-lock.json
	@tests/need.sh chromium:chromium cc:build-essential postgres:postgresql python3:python3 xapian-delve:xapian-tools,python3-xapian turnserver:coturn janus:janus
	$(CARGO) bench --locked --workspace --bench relevance
	$(CARGO) bench --locked --workspace --bench latency
	$(CARGO) bench --locked --workspace --bench peers
	$(CARGO) bench --locked --workspace --bench program
	$(CARGO) bench --locked --workspace --bench sign_in
	$(CARGO) bench --locked --workspace --bench duplicates
	$(CARGO) bench --locked --workspace --bench slots
	$(CARGO) bench --locked --workspace --bench bookings
	cd services/chat/benches/peers && npm ci --ignore-scripts --no-audit --no-fund
	$(CARGO) bench --locked --workspace --bench sockets
	$(CARGO) bench --locked --workspace --bench forward
	$(CARGO) bench --locked --workspace --bench relay
	$(CARGO) build --release --locked --package anlaufstelle
	cd tests/e2e && ANLAUFSTELLE_BIN=../../$(RELEASE) node run.mjs first-frame.bench.mjs

# Kills processes while they book, N times, and searches everything that many people leave: longer than the tests do it.
N = 1000
chaos:
	@tests/need.sh cc:build-essential postgres:postgresql faketime:faketime
	CHAOS_KILLS=$(N) $(CARGO) test --locked --workspace --test chaos -- --nocapture
	FORGET_PEOPLE=200 $(CARGO) test --locked --workspace --test forget

# Feeds every parser with bytes that look like what it reads, each for so many SECONDS, with a nightly compiler and cargo-fuzz.
SECONDS = 60
fuzz:
	@tests/need.sh cc:build-essential
	@cargo +nightly fuzz --version >/dev/null || { echo "missing: cargo-fuzz — install with: rustup toolchain install nightly && cargo install cargo-fuzz --locked" >&2; exit 1; }
	@for folder in services/*/fuzz; do \
	  for target in $$(cargo +nightly fuzz list --fuzz-dir $$folder); do \
	    echo "$$folder $$target"; \
	    CARGO_TARGET_DIR=target/fuzz cargo +nightly fuzz run --fuzz-dir $$folder $$target -- -max_total_time=$(SECONDS) -verbosity=0 -print_final_stats=1 || exit 1; \
	  done; \
	done

# Relevance must not fall below its floors; the same suite prints the figures in `make bench`.
relevance: frontend
	$(CARGO) bench --profile dev --locked --workspace --bench relevance

# Archive and Debian package below target/package, and whether what is in them works. PROGRAM= packs one that is built already.
PROGRAM =
package: $(if $(PROGRAM),,frontend)
	@tests/need.sh cc:build-essential dpkg-deb:dpkg strip:binutils git:git
	$(if $(PROGRAM),,$(CARGO) build --release --locked --package anlaufstelle)
	docker/package.sh $(or $(PROGRAM),$(RELEASE)) target/package

package-test: package
	@tests/need.sh curl:curl
	docker/try-package.sh target/package

# nginx and Caddy in front of the program.
proxy-test: $(if $(PROGRAM),,frontend)
	@tests/need.sh cc:build-essential curl:curl openssl:openssl python3:python3
	$(if $(PROGRAM),,$(CARGO) build --release --locked --package anlaufstelle)
	docker/try-proxy.sh $(or $(PROGRAM),$(RELEASE))

clean:
	rm -rf target frontend/dist frontend/node_modules tests/e2e/node_modules tests/oidc/node_modules tests/calendar/node_modules tests/calendar/.venv tests/media/.venv tests/e2e/output services/chat/benches/peers/node_modules
