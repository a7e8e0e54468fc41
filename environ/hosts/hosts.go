// Package hosts connects to a Temporal server that has several hosts, each at an address of its own. All are
// connected to at once, requests go to those that answer, and what one did not answer goes to another: whether
// a host was dead from the start or dies in the middle, it delays nobody by more than it takes to notice.
package hosts

import (
	"context"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"
	"google.golang.org/grpc/resolver"
	"google.golang.org/grpc/resolver/manual"
)

// A host that says nothing at all, since its machine or the way to it is gone, is asked whether it lives after the
// first, which is the least that Temporal's server suffers, and left when it has not answered by the second.
const (
	asked = 10 * time.Second
	left  = 4 * time.Second
)

const scheme = "hosts"

// Split is the addresses of a list with commas, each once.
func Split(list string) []string {
	var all []string
	for _, address := range strings.Split(list, ",") {
		if address = strings.TrimSpace(address); address != "" && !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	return all
}

// Dial is client.DialContext, for one address or several.
func Dial(ctx context.Context, o client.Options) (client.Client, error) {
	return client.DialContext(ctx, spread(o))
}

// spread leaves the options of a single host as they are. The SDK spreads requests over all addresses that a
// resolver knows; names are looked up at each connection.
func spread(o client.Options) client.Options {
	all := Split(o.HostPort)
	if len(all) < 2 {
		o.HostPort = strings.Join(all, "")
		return o
	}
	c := &o.ConnectionOptions
	known := make([]resolver.Endpoint, len(all))
	for i, address := range all {
		a := resolver.Address{Addr: address}
		if !named(c) {
			a.ServerName = address // each host shows the certificate of its own name
		}
		known[i].Addresses = []resolver.Address{a}
	}
	r := manual.NewBuilderWithScheme(scheme)
	r.InitialState(resolver.State{Endpoints: known})
	c.DialOptions = append(slices.Clip(c.DialOptions), grpc.WithResolvers(r))
	if c.KeepAliveTime == 0 && c.KeepAliveTimeout == 0 {
		c.KeepAliveTime, c.KeepAliveTimeout = asked, left
	}
	o.HostPort = scheme + ":///" + all[0]
	return o
}

// named reports whether the settings themselves say which name all hosts have.
func named(c *client.ConnectionOptions) bool {
	if c.TLS != nil {
		return c.TLS.ServerName != ""
	}
	return c.Authority != ""
}
