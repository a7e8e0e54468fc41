package team

import (
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// firstAct is what the death of one of two hosts may cost.
const firstAct = 15 * time.Second

// Two hosts of the server on one database, both named to workers and starter. The one is killed before acts, and
// when it is back the other while acts are under way.
func TestOfTwoHostsOneDiesAndTheOtherTakesTheNextActs(t *testing.T) {
	team(t)
	relay, address := serveRelay(t)
	h := newHost(t, newKey(t), address)
	step(t, "set up", h.setUp)
	second := h.startSecond()
	h.eventually("that both are members of one cluster", time.Minute, func() bool { return h.members() == 8 })
	h.startWorkers(2)
	var refs []string
	step(t, "four cases, to their first mails", func() {
		for _, provider := range []string{"RCX", "RD1", "RD3", "RGN"} {
			refs = append(refs, h.trigger(provider))
		}
		for _, ref := range refs {
			h.eventually("the first mails", time.Minute, func() bool { return h.allSent(ref) })
		}
	})
	var longest time.Duration
	step(t, "the first is killed", func() { longest = h.actsAround(refs, "before these acts", 0, h.server.Kill) })
	h.startTemporal()
	h.eventually("that both are members again", time.Minute, func() bool { return h.members() == 8 })
	step(t, "the second is killed", func() {
		longest = max(longest, h.actsAround(refs, "while these acts go", 100*time.Millisecond, second.Kill))
	})
	t.Logf("the longest act after a host's death: %.1f s", longest.Seconds())
	for _, ref := range refs {
		h.eachOnce(relay, ref)
		for _, text := range []string{"before these acts", "while these acts go"} {
			if n := strings.Count(h.starter("record", ref), text); n != 1 {
				t.Errorf("%s has %q %d times", ref, text, n)
			}
		}
	}
}

// members is how many services of the server the database knows that have been heard of in the last seconds.
func (h *host) members() (n int) {
	h.Helper()
	ask := exec.Command(pgProgram(h.T, "psql"), "--username", "postgres", "--dbname", "temporal", "--tuples-only", "--no-align",
		"--command", "SELECT count(*) FROM cluster_membership WHERE last_heartbeat > (now() AT TIME ZONE 'UTC') - interval '20 seconds'")
	ask.Env = h.database.env()
	if _, err := fmt.Sscan(run(h.T, ask), &n); err != nil {
		h.Fatal(err)
	}
	return n
}

// actsAround does an act in each case at once, with the kill before them or that long after they begin, and says how
// long the longest took.
func (h *host) actsAround(refs []string, text string, after time.Duration, kill func()) time.Duration {
	h.Helper()
	if after == 0 {
		kill()
	}
	var acts sync.WaitGroup
	var mu sync.Mutex
	var longest time.Duration
	for _, ref := range refs {
		acts.Go(func() {
			began := time.Now()
			_, said, err := h.tried("note", "add", "--case", ref, "--by", "CQC", "--text", text)
			took := time.Since(began)
			mu.Lock()
			longest = max(longest, took)
			mu.Unlock()
			h.Logf("an act in %s: %s; %q", ref, took.Round(100*time.Millisecond), said)
			if err != nil || took > firstAct {
				h.Errorf("%v, %v\n%s", err, took, said)
			}
			if took > 4*time.Second && !strings.Contains(said, "Waiting") {
				h.Errorf("nothing is said while %v pass: %q", took, said)
			}
		})
	}
	if after > 0 {
		time.Sleep(after)
		kill()
	}
	acts.Wait()
	return longest
}
