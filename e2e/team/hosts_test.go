package team

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// Two hosts of the server on one database, both named to workers and starter; one is killed, and acts are done in
// cases of both.
func TestOfTwoHostsOneDiesAndTheOtherTakesTheNextActs(t *testing.T) {
	team(t)
	const goal = 15 * time.Second
	relay, address := serveRelay(t)
	h := newHost(t, newKey(t), address)
	step(t, "set up", h.setUp)
	step(t, "a second host", func() { h.startSecond() })
	h.startWorkers(2)
	var refs []string
	step(t, "four cases, to their first mails", func() {
		for _, provider := range []string{"RCX", "RD1", "RD3", "RGN"} {
			refs = append(refs, h.trigger(provider))
		}
		for _, ref := range refs {
			h.eventually("the first mails", time.Minute, func() bool { return h.allSent(ref) })
			h.notes(ref, 0, 1)
		}
	})
	h.server.Kill()
	var acts sync.WaitGroup
	for i, ref := range refs {
		acts.Go(func() {
			began := time.Now()
			_, said, err := h.tried("note", "add", "--case", ref, "--by", "CQC", "--text", fmt.Sprintf("after the death, %d", i))
			took := time.Since(began)
			t.Logf("the first act in %s: %s; %q", ref, took.Round(100*time.Millisecond), said)
			if err != nil || took > goal {
				t.Errorf("%v, %v\n%s", err, took, said)
			}
			if took > 4*time.Second && !strings.Contains(said, "Waiting") {
				t.Errorf("nothing is said while %v pass: %q", took, said)
			}
		})
	}
	acts.Wait()
	for _, ref := range refs {
		h.eachOnce(relay, ref)
	}
}
