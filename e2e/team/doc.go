// Package team tests a team's server without docker: what docker-compose.yml and the scripts of deploy/
// set up, Temporal's own server on a real PostgreSQL, two workers and a relay, while the database and
// the server are killed, of two hosts one, and a backup is restored. The tests run when HTR_TEAM is set, as
// make test-team does.
package team
