#!/bin/sh
# Backs up a team's server: both databases, the records and the outbox, the directory. The layout is
# that of package backup. It stops Temporal for the moment that the dump takes, so that the two
# databases are of one moment; workers and users wait for it.
#
#	deploy/backup.sh [FILE]
#
# The keys and passwords of deploy/secrets are not in the backup, and must not be kept with it.
set -eu
umask 077

cd "$(dirname "$0")/.."
project=${COMPOSE_PROJECT_NAME:-hold-the-ring}
image=postgres:17.6-alpine # for its cp: the worker's image has none
taken=$(date -u +%Y-%m-%dT%H:%M:%SZ)
to=${1:-backups/holdthering-$(date -u +%Y%m%dT%H%M%SZ).tar.gz}
if test -e "$to"; then
	echo "$to is there already" >&2
	exit 2
fi
mkdir -p "$(dirname "$to")"
folder=$(cd "$(dirname "$to")" && pwd)
work=$(mktemp -d "$folder/.new-backup-XXXXXX")
restart=
finish() {
	test -z "$restart" || docker compose start temporal
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# The database first: what is sent or filed meanwhile is then known by its file.
mkdir "$work/in" "$work/in/postgresql" "$work/volume"
restart=yes
docker compose stop temporal
for database in temporal temporal_visibility; do
	docker compose exec -T postgresql pg_dump --username postgres --format custom "$database" \
		>"$work/in/postgresql/$database.dump"
done
docker compose start temporal
restart=

docker run --rm -v "${project}_records:/from:ro" -v "$work/volume:/to" "$image" \
	sh -c "cp -R /from/. /to/ && chown -R $(id -u):$(id -g) /to"
for part in records outbox; do
	test ! -d "$work/volume/$part" || mv "$work/volume/$part" "$work/in/$part"
done
cp data/directory.csv "$work/in/directory.csv"

# Whatever lies where: no file of keys, none that is unfinished.
find "$work/in" -type f \( -name '.new-*' -o -name '.directory.lock' \) -exec rm -f {} +
find "$work/in" -type f -size -16k ! -path '*/postgresql/*' | while read -r file; do
	if test -s "$file" && ! grep -qvxE '[0-9a-fA-F]{64}|' "$file"; then
		echo "left out, since it is a key: ${file#"$work"/in/}"
		rm -f "$file"
	fi
done

cd "$work/in"
find . -type f | sed 's|^\./||' | sort >../files
{
	printf '{"format": 1, "taken": "%s", "database": "postgresql", "files": [\n' "$taken"
	comma=
	while read -r name; do
		sum=$(sha256sum "$name") && size=$(wc -c <"$name" | tr -d ' ')
		printf '%s{"name": "%s", "size": %s, "sha256": "%s"}\n' "$comma" "$name" "$size" "${sum%% *}"
		comma=,
	done <../files
	echo ']}'
} >manifest.json
echo manifest.json >>../files
tar -cf ../backup.tar -T ../files
gzip ../backup.tar
sync
mv ../backup.tar.gz "$folder/$(basename "$to")"
sync
echo "Backed up to $to. The keys are not in it: they are in deploy/secrets, without which nobody can"
echo "read the cases. Keep a copy of deploy/secrets/payloads, apart from the backups."
