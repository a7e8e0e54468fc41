package team

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdthering/backup"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func team(t *testing.T) {
	t.Helper()
	if os.Getenv("HTR_TEAM") == "" {
		t.Skip("the tests on PostgreSQL run with HTR_TEAM=1, as make test-team does")
	}
}

// A team's server from nothing: the database and its user, the tables and the namespace by deploy/'s
// own scripts, which may run again; two workers; a case to its first mails. Then all that may break
// breaks, and a backup of it goes on elsewhere.
func TestATeamsServerLosesAndDoublesNoMailWhateverIsKilledAndGoesOnFromABackup(t *testing.T) {
	team(t)
	relay, address := serveRelay(t)
	payloads := newKey(t)
	h := newHost(t, payloads, address)
	step(t, "set up", h.setUp)
	h.mustScript("schema.sh")
	h.mustScript("namespace.sh")
	h.startWorkers(2)
	var ref string
	step(t, "a case, to its first mails", func() {
		ref = h.trigger("RCX")
		h.eventually("the first mails", time.Minute, func() bool { return h.allSent(ref) })
		if mails, doubled := relay.counts(); mails < 14 || doubled != 0 {
			t.Fatalf("%d mails, %d of them twice", mails, doubled)
		}
	})
	refs := []string{ref}
	step(t, "PostgreSQL is killed while mails go", func() {
		refs = append(refs, h.underKills(relay, []string{"RD1", "RD3", "RGN", "RQ8"}, func() { h.database.kill() }, func() { h.database.start() })...)
	})
	step(t, "the server is killed while mails go", func() {
		refs = append(refs, h.underKills(relay, []string{"RA2", "RN7"}, func() { h.server.Kill() }, func() { h.startTemporal() })...)
	})
	for _, ref := range refs {
		h.eachOnce(relay, ref)
	}
	h.withinTheDatabase()
	step(t, "a backup goes on elsewhere", func() { goesOn(t, h, relay, payloads, address, refs) })
}

// withinTheDatabase counts the server's connections: two such hosts must leave some of what the database takes.
func (h *host) withinTheDatabase() {
	h.Helper()
	ask := exec.Command(pgProgram(h.T, "psql"), "--username", "postgres", "--dbname", "postgres", "--tuples-only", "--no-align", "--command",
		"SELECT count(*) FROM pg_stat_activity WHERE usename = 'temporal'; SHOW max_connections")
	ask.Env = h.database.env()
	var connections, most int
	if _, err := fmt.Sscan(run(h.T, ask), &connections, &most); err != nil {
		h.Fatal(err)
	}
	h.Logf("%d connections of %d", connections, most)
	if connections == 0 || 2*connections+20 > most {
		h.Errorf("one host takes %d connections of %d", connections, most)
	}
}

func step(t *testing.T, what string, do func()) {
	t.Helper()
	began := time.Now()
	do()
	t.Logf("%s: %s", what, time.Since(began).Round(100*time.Millisecond))
}

// underKills opens cases while something is killed three times, and waits for their mails.
func (h *host) underKills(r *relay, providers []string, kill, start func()) []string {
	h.Helper()
	r.slow(250 * time.Millisecond) // what was announced to the server goes on for two seconds without it
	defer r.slow(0)
	refs := make([]string, len(providers))
	var opening sync.WaitGroup
	for i, provider := range providers {
		opening.Go(func() { refs[i] = h.trigger(provider) })
	}
	before, _ := r.counts()
	for range 3 {
		h.eventually("some mails", time.Minute, func() bool { mails, _ := r.counts(); return mails > before+5 })
		before, _ = r.counts()
		kill()
		time.Sleep(1500 * time.Millisecond)
		start()
	}
	opening.Wait()
	for _, ref := range refs {
		h.eventually("the mails of "+ref, 3*time.Minute, func() bool { return h.allSent(ref) })
	}
	return refs
}

func goesOn(t *testing.T, h *host, relay *relay, payloads, address string, refs []string) {
	archive := h.path("backup.tar.gz")
	var out string
	var err error
	step(t, "- the backup", func() { h.answering(func() { out, err = h.script("backup.sh", archive) }) })
	if err != nil {
		t.Fatalf("backup.sh: %v\n%s", err, out)
	}
	h.eventually("the server is back", time.Minute, func() bool { return h.sees(refs[0]) })
	var late string
	step(t, "- a case that the backup does not know", func() {
		late = h.trigger("RGR")
		h.eventually("its mails", 2*time.Minute, func() bool { return h.allSent(late) })
	})
	before, _ := relay.counts()
	gone := h.takenOf(late) // the restored site knows nothing of them
	h.stopAll()
	packed := h.records(archive)

	fresh := newHost(t, payloads, address)
	step(t, "- the restore", func() { fresh.answering(func() { out, err = fresh.script("restore.sh", archive) }) })
	if err != nil {
		t.Fatalf("restore.sh: %v\n%s", err, out)
	}
	if again, err := fresh.script("restore.sh", archive); err == nil {
		t.Errorf("restored over what is there:\n%s", again)
	}
	for name, text := range packed {
		if read(t, fresh.path("volumes/hold-the-ring_records/"+name)) != text {
			t.Errorf("%s was not restored as it was", name)
		}
	}
	step(t, "- up again", func() {
		fresh.mustScript("schema.sh")
		fresh.startTemporal()
		fresh.mustScript("namespace.sh")
		fresh.startWorkers(2)
		for _, ref := range refs { // at first the server says that no worker is there; starter waits
			fresh.starter("show", ref)
		}
		if !fresh.sees(refs[0]) {
			t.Errorf("%s answers and is not listed", refs[0])
		}
	})
	for _, ref := range refs {
		fresh.eachOnce(relay, ref)
	}
	if strings.Contains(fresh.starter("list"), late) {
		t.Errorf("%s came after the backup and is listed", late)
	}
	if mails, doubled := relay.counts(); mails != before || doubled != 0 {
		t.Errorf("by the restore alone %d mails went, %d twice", mails-before, doubled)
	}
	fresh.starter("summit", "convene", "--case", refs[0], "--by", "NHSCB/Q56", "--at", time.Now().Add(30*time.Hour).Format("2006-01-02 15:04"), "--yes")
	step(t, "- the mails of an act after it", func() {
		fresh.eventually("an act after the restore mails", 2*time.Minute, func() bool { return fresh.allSent(refs[0]) })
	})
	if mails, doubled := relay.counts(); mails <= before || doubled != 0 {
		t.Errorf("after it %d mails went, %d twice", mails-before, doubled)
	}
	// What the relay has taken in all is what the cases say, mail by mail, and each once.
	want := gone
	for _, ref := range refs {
		fresh.eachOnce(relay, ref)
		maps.Copy(want, fresh.takenOf(ref))
	}
	if got := relay.all(); !maps.Equal(got, want) {
		for id, n := range got {
			if want[id] != n {
				t.Errorf("mail %s: taken %d times, %d by the cases", id, n, want[id])
			}
		}
		t.Errorf("the relay has taken %d mails, the cases know of %d", len(got), len(want))
	}
	t.Logf("%d mails compared, %d of them after the restore", len(want), len(want)-before)
}

// takenOf are the mails of a case that were taken, as it says itself.
func (h *host) takenOf(ref string) map[string]int {
	h.Helper()
	out := map[string]int{}
	for _, n := range h.record(ref).Notices {
		for _, to := range n.To {
			if to.State == ledger.StateAccepted {
				out[cmp.Or(to.Mail, ledger.MailID(ref, n.ID, to))] = 1
			}
		}
	}
	return out
}

// records are the files of the records in a backup.
func (h *host) records(archive string) map[string]string {
	h.Helper()
	dir := h.T.TempDir()
	file, err := os.Open(archive)
	if err != nil {
		h.Fatal(err)
	}
	defer file.Close()
	m, err := backup.Unpack(file, dir)
	if err != nil {
		h.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range m.Files {
		if strings.HasPrefix(f.Name, "records/") {
			out[f.Name] = read(h.T, filepath.Join(dir, filepath.FromSlash(f.Name)))
		}
	}
	return out
}

func (h *host) trigger(provider string) string {
	h.Helper()
	out := h.starter("trigger", "--provider", provider, "--by", "CQC", "--source", "inspection", "--concern", "unsafe staffing", "--json")
	var got struct {
		Case string `json:"case"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Case == "" {
		h.Fatalf("%v in %s", err, out)
	}
	return got.Case
}

func (h *host) record(ref string) (c failure.Case) {
	h.Helper()
	out := h.starter("record", ref, "--format", "json")
	if err := json.Unmarshal([]byte(out), &struct{ Case *failure.Case }{&c}); err != nil {
		h.Fatalf("%v in %s", err, out)
	}
	return c
}

func (h *host) sees(ref string) bool {
	h.Helper()
	return strings.Contains(h.starter("list"), ref)
}

// allSent: every mail of the case that may go now is known to have been taken.
func (h *host) allSent(ref string) bool {
	h.Helper()
	c := h.record(ref)
	for _, n := range c.Notices {
		for _, r := range n.To {
			if r.State == "" && !r.Deferred() || r.State == ledger.StateWaiting || r.State == ledger.StateUnknown {
				return false
			}
		}
	}
	return len(c.Notices) > 0
}

// eachOnce: every mail that the case says was taken was taken, once.
func (h *host) eachOnce(r *relay, ref string) {
	h.Helper()
	c, seen := h.record(ref), 0
	for _, n := range c.Notices {
		for _, to := range n.To {
			if to.State != ledger.StateAccepted {
				continue
			}
			seen++
			if times := r.times(cmp.Or(to.Mail, ledger.MailID(ref, n.ID, to))); times != 1 {
				h.Errorf("%s %s to %s, %s: %d times", ref, n.ID, to.Party, to.Level, times)
			}
		}
	}
	if seen < 10 {
		h.Errorf("%s: %d mails only", ref, seen)
	}
}
