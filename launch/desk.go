package main

import (
	"context"
	"net"
	"sync"
	"time"

	"holdthering/desk/key"
	"holdthering/environ"
	"holdthering/launch/process"
	"holdthering/seal"
)

// openDesk keeps the desk of a namespace open until ctx ends, and says where: on a page of it, where one is
// named. Who calls closed waits until it is. A desk that cannot be opened costs nothing else,
// and has no address.
func (s site) openDesk(ctx context.Context, on target, namespace, address, page string) (at string, closed func()) {
	spec, err := s.desk(on, namespace, address)
	if err != nil {
		say("The desk cannot be opened: %v.", err)
		return "", func() {}
	}
	if l, err := net.Listen("tcp", address); err != nil {
		say("The desk cannot be opened at %s (%v); 'starter desk --listen' opens it elsewhere.", address, err)
		return "", func() {}
	} else {
		_ = l.Close() // only tried
	}
	var crew sync.WaitGroup
	crew.Go(func() {
		err := process.Keep(ctx, spec, func(exit string, pause time.Duration) {
			say("The desk ended (%s); opening it again in %v. Its log is %s.", exit, pause, spec.LogFile)
		})
		if err != nil {
			say("The desk does not open: %v", err)
		}
	})
	tellDesk(address, page)
	return address, crew.Wait
}

// tellDesk says where the desk is, with a key that opens it once. What is not sealed has no key that two
// programs share.
func tellDesk(address, page string) {
	keys, err := seal.FromEnv(environ.Get)
	if err != nil || len(keys) == 0 {
		say("  The desk needs sealed cases to be opened here; 'starter desk --listen 127.0.0.1:0' opens one.")
		return
	}
	what := "The desk, where the secretariat looks and acts: what is owed today, each case, each group, the country."
	if page != "" {
		what = "And the same case as the secretariat sees it, at the desk."
	}
	say("  %s\n  This opens it once, and then for that browser alone ('starter desk --listen %s' gives a new address):\n  %s\n",
		what, address, key.Address(keys, address, page, time.Now()))
}
