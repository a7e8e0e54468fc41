package main

import (
	"os"
	"slices"
	"strings"

	"holdthering/environ"
	"holdthering/launch/server"
)

// target is the Temporal server that the worker and the starter are to use.
type target struct {
	address string
	// given means that the user's own Temporal environment names it.
	given bool
}

// local is the embedded server, this process's or another's.
func local(address string) target { return target{address: address} }

func usual() target { return local(server.Local(defaultPort)) }

// given is the target of TEMPORAL_ADDRESS, if that is set.
func given() (target, bool) {
	address := environ.Get("TEMPORAL_ADDRESS")
	return target{address: address, given: true}, address != ""
}

// env is the environment of a program that uses the target. A local server has neither TLS nor API
// keys, so those of another connection must not reach the program, be it from the environment or
// from Temporal's configuration file.
func (t target) env(namespace string) []string {
	if t.given {
		return append(os.Environ(), "TEMPORAL_NAMESPACE="+namespace)
	}
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return strings.HasPrefix(entry, "TEMPORAL_")
	})
	return append(env, "TEMPORAL_CONFIG_FILE="+os.DevNull,
		"TEMPORAL_ADDRESS="+t.address, "TEMPORAL_NAMESPACE="+namespace)
}
