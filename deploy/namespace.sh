#!/bin/sh
# Creates the namespace of the cases. Closed runs are kept for 1095 days: a case closes one each
# time that it continues as new, and the default of a few days would lose its beginning.
# A server that has only just opened its port may still refuse, so this tries for two minutes.
set -eu

there() {
	temporal operator namespace describe --namespace holdthering >/dev/null 2>&1
}

tries=0
until there || temporal operator namespace create --namespace holdthering --retention 1095d; do
	tries=$((tries + 1))
	test "$tries" -lt 60 || exit 1
	sleep 2
done
