package team

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/register"
)

// Two workers with folders of their own share one register in PostgreSQL: each puts there what is over, what stands
// there is whole, and a database that is away for a while costs nothing.
func TestWorkersWithoutACommonFolderShareARegisterInPostgreSQL(t *testing.T) {
	team(t)
	_, address := serveRelay(t)
	h := newHost(t, newKey(t), address)
	step(t, "set up", h.setUp)
	h.sql("postgres", "CREATE ROLE ring LOGIN PASSWORD 'of-the-register'; ", "CREATE DATABASE ring OWNER ring")
	h.write("pgpass", fmt.Sprintf("127.0.0.1:%d:ring:ring:of-the-register\n", h.database.port))
	if err := os.Chmod(h.path("pgpass"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.extra = []string{"HTR_REGISTER=postgres://ring@127.0.0.1:" + strconv.Itoa(h.database.port) + "/ring", "PGPASSFILE=" + h.path("pgpass")}
	h.apart = true
	h.startWorkers(2)
	ref := h.trigger("RCX")
	var first register.Verified
	step(t, "notes, until some have left", func() {
		h.notes(ref, 0, 60)
		h.eventually("the first part", time.Minute, func() bool { first = h.verified(ref); return first.Parts > 0 })
	})
	var now register.Verified
	step(t, "the database of the register is away while more is written", func() {
		h.sql("postgres", "ALTER DATABASE ring WITH ALLOW_CONNECTIONS false",
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ring'")
		h.notes(ref, 60, 120)
		h.sql("postgres", "ALTER DATABASE ring WITH ALLOW_CONNECTIONS true")
		h.eventually("another part", 3*time.Minute, func() bool { now = h.verified(ref); return now.Parts > first.Parts })
	})
	step(t, "one of the two workers is killed", func() {
		h.workers[0].Kill()
		h.notes(ref, 120, 180)
		was := now.Parts
		h.eventually("a part by the other", 3*time.Minute, func() bool { now = h.verified(ref); return now.Parts > was })
	})
	if found, _ := os.ReadDir(h.volume("records")); len(found) != 0 {
		t.Errorf("%d files in a folder that no worker has", len(found))
	}
	kept := 0
	c := h.record(ref)
	for _, e := range c.Entries {
		if kept < 180 && strings.HasPrefix(e.Text, "Note: "+noteText(kept)[:10]) {
			kept++
		}
	}
	if kept != 180 || c.LastEntry != len(c.Entries) {
		t.Errorf("%d of 180 notes, %d of %d entries are in the record", kept, len(c.Entries), c.LastEntry)
	}
	if _, said, err := h.tried("record", "verify", ref, "--digest", first.Digest); err != nil {
		t.Errorf("the digest of before: %v\n%s", err, said)
	}
	h.sql("ring", "UPDATE holdthering_register SET sealed = sealed || '\\x00' WHERE n = 1")
	if out, said, err := h.tried("record", "verify", ref); exitCode(err) != 2 || !strings.Contains(said, "was changed") {
		t.Errorf("a part was changed, and it is taken for whole: %v\n%s%s", err, out, said)
	}
}

func noteText(i int) string {
	text := fmt.Sprintf("n%04d ", i)
	return text + strings.Repeat("x", regime.MaxText-len(text))
}

func (h *host) notes(ref string, from, to int) {
	h.Helper()
	for i := from; i < to; i++ {
		h.starter("note", "add", "--case", ref, "--by", "CQC", "--text", noteText(i))
	}
}

// verified is what the command line says of a register; zero where there is nothing yet, or where it is away.
func (h *host) verified(ref string) (v register.Verified) {
	h.Helper()
	out, _, err := h.tried("record", "verify", ref, "--json")
	if err != nil {
		return register.Verified{}
	}
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		h.Fatalf("%v in %s", err, out)
	}
	return v
}

// sql has the superuser of the database do something, by its socket.
func (h *host) sql(database string, commands ...string) {
	h.Helper()
	args := []string{"--username", "postgres", "--dbname", database, "--quiet", "--set", "ON_ERROR_STOP=1"}
	for _, c := range commands {
		args = append(args, "--command", c)
	}
	ask := exec.Command(pgProgram(h.T, "psql"), args...)
	ask.Env = h.database.env()
	run(h.T, ask)
}
