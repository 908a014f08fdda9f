#!/bin/sh
# Makes the secrets of compose.split.yml that are not there yet. As root: they belong to the users in the containers.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets
word() { od -An -N 24 -tx1 /dev/urandom | tr -d ' \n'; }
[ -s secrets/server_key ] || head -c 32 /dev/urandom >secrets/server_key
[ -s secrets/nats_password ] || word >secrets/nats_password
[ -s secrets/database_password ] || word >secrets/database_password
printf 'postgres://anlaufstelle:%s@database/anlaufstelle' "$(cat secrets/database_password)" >secrets/store
chmod 711 secrets
chmod 400 secrets/*
chown 10001:10001 secrets/server_key secrets/nats_password secrets/store
# Of PostgreSQL's image: its entry reads this as root.
chown 0:0 secrets/database_password
