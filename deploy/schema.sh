#!/bin/sh
# Brings both databases to the schema that this release of Temporal needs. It may run again at any
# time: setup-schema leaves a database alone whose schema_version is past 0.0, and update-schema
# applies what is missing.
set -eu

SQL_PASSWORD=${SQL_PASSWORD:-$(cat "${HTR_SECRETS:-/run/secrets}/postgres-temporal")}
export SQL_PASSWORD

bring() {
	temporal-sql-tool --database "$1" setup-schema --version 0.0
	temporal-sql-tool --database "$1" update-schema --schema-name "$2"
}

bring temporal postgresql/v12/temporal
bring temporal_visibility postgresql/v12/visibility
