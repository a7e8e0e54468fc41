#!/bin/sh
# Puts a backup of deploy/backup.sh into a place where no server has run yet; deploy/secrets must be
# there, with the payloads key that the cases were sealed with.
#
#	deploy/restore.sh FILE [LOST]
#
# LOST is when what the backup is of was last running, as 2013-09-10T10:00:00Z; now if not said. Mails
# that fell due by then and that the backup does not know of as sent are held until a person decides:
# docker compose exec worker starter restored
set -eu
umask 077

if test $# -lt 1 || test $# -gt 2; then
	echo 'usage: deploy/restore.sh FILE [LOST]' >&2
	exit 2
fi
lost=${2:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}
if ! echo "$lost" | grep -qxE '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z'; then
	echo "LOST is a time as 2013-09-10T10:00:00Z, not $lost" >&2
	exit 2
fi
from=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/.."
project=${COMPOSE_PROJECT_NAME:-hold-the-ring}
image=postgres:17.6-alpine
for volume in postgresql records; do
	if docker volume inspect "${project}_$volume" >/dev/null 2>&1; then
		echo "The volume ${project}_$volume is there already: a backup is restored into an empty place only." >&2
		exit 2
	fi
done
if ! test -s deploy/secrets/payloads; then
	echo 'deploy/secrets/payloads is missing: the key that the cases were sealed with.' >&2
	exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
tar -xzf "$from" -C "$work"
if ! grep -q '"database": "postgresql"' "$work/manifest.json" 2>/dev/null; then
	echo "$1 is no whole backup of a team's server; one of make backup is for make restore." >&2
	exit 2
fi
sed -n 's/^,*{"name": "\(.*\)", "size": [0-9]*, "sha256": "\([0-9a-f]*\)"}$/\2  \1/p' "$work/manifest.json" >"$work/sums"
(cd "$work" && sha256sum -c sums >/dev/null) || {
	echo "$1 is damaged; nothing was restored." >&2
	exit 2
}
taken=$(sed -n 's/.*"taken": "\([^"]*\)".*/\1/p' "$work/manifest.json")
mkdir -p "$work/files" "$work/records" "$work/outbox"
printf '{"taken": "%s", "lost": "%s"}\n' "$taken" "$lost" >"$work/records/restored.json"
mv "$work/records" "$work/outbox" "$work/files/"

docker compose up --detach --wait postgresql
for database in temporal temporal_visibility; do
	docker compose exec -T postgresql pg_restore --username postgres --dbname "$database" --exit-on-error \
		--single-transaction <"$work/postgresql/$database.dump"
done
docker compose create worker
docker run --rm -v "${project}_records:/to" -v "$work/files:/from:ro" "$image" \
	sh -c 'cp -R /from/. /to/ && chown -R 1000:1000 /to'
if test -e data/directory.csv && ! cmp -s data/directory.csv "$work/directory.csv"; then
	aside=data/directory.csv.before-restore-$(date -u +%Y%m%dT%H%M%SZ)
	mv data/directory.csv "$aside"
	echo "The directory that was here is now $aside."
fi
cp "$work/directory.csv" data/directory.csv.new && chmod 644 data/directory.csv.new
mv data/directory.csv.new data/directory.csv
echo "Restored as of $taken. 'docker compose up --detach' goes on from there. Mails that may have gone by"
echo "$lost are held: 'docker compose exec worker starter restored' lists them and says how to decide."
