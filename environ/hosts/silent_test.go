package hosts_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"holdthering/environ/hosts"
)

// closed is an address at which nobody listens.
func closed(t *testing.T) string {
	t.Helper()
	l := listen(t)
	l.Close()
	return l.Addr().String()
}

func TestOfSeveralHostsTheSilentOnesAreNamed(t *testing.T) {
	dead, other, alive := closed(t), closed(t), serve(t).address
	if got := hosts.Silent(t.Context(), dead+","+alive); !slices.Equal(got, []string{dead}) {
		t.Errorf("%v, want %s", got, dead)
	}
	if got, want := hosts.SaySilent(t.Context(), alive+", "+dead), ", and "+dead+" is not reached"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, list := range []string{dead, alive, dead + "," + other, alive + "," + alive} {
		if got := hosts.SaySilent(t.Context(), list); got != "" {
			t.Errorf("of %s it is said %q", list, got)
		}
	}
}

func TestAHostThatDiesAndComesBackIsToldOfOnceEach(t *testing.T) {
	a, b := serve(t), serve(t)
	ctx, stop := context.WithCancel(t.Context())
	type news struct {
		address string
		silent  bool
	}
	told := make(chan news, 10)
	done := make(chan struct{})
	go func() {
		hosts.Watch(ctx, a.address+","+b.address, 10*time.Millisecond, func(address string, silent bool) { told <- news{address, silent} })
		close(done)
	}()
	b.server.Stop()
	if got := <-told; got != (news{b.address, true}) {
		t.Errorf("%v", got)
	}
	again := listenAt(t, b.address)
	defer again.Close()
	if got := <-told; got != (news{b.address, false}) {
		t.Errorf("%v", got)
	}
	stop()
	<-done
	if len(told) > 0 {
		t.Errorf("told again of %v", <-told)
	}
}
