#!/bin/sh
# Runs once, on an empty volume: a role of Temporal's own, which is no superuser, and its databases.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
	--set password="$(cat "${HTR_SECRETS:-/run/secrets}/postgres-temporal")" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
