// Package deploy holds what docker-compose.yml mounts and builds, and the tests that keep both in
// order. See README.md for how a team sets it up.
package deploy
