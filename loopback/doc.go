// Package loopback serves HTTP for this machine: what a worker or the launcher has to offer to a
// proxy, a browser or a collector of metrics beside it.
package loopback
