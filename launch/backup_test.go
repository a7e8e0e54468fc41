package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/activities"
	"holdthering/activities/mail/outbox"
	"holdthering/backup"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// mails are those in the site's outbox, by recipient and subject, with how often they lie there.
func (h hosted) mails() map[string]int {
	h.Helper()
	entries, err := outbox.List(h.outbox(cases))
	if err != nil && !os.IsNotExist(err) {
		h.Fatal(err)
	}
	out := map[string]int{}
	for _, e := range entries {
		out[e.To.Email+" "+e.Subject]++
	}
	return out
}

func (h hosted) eventually(what string, holds func() bool) {
	h.Helper()
	for range 900 {
		if holds() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(h.data("log", "worker-"+cases+".log"))
	h.Fatalf("never came true: %s\n%v\n%s", what, h.mails(), log)
}

func (h hosted) do(ref, key string, by regime.Party, act failure.Act) {
	h.Helper()
	r := request(ref + "/" + key)
	r.By.For = by
	if _, err := h.cases.Act(h.Context(), ref, r, act); err != nil {
		h.Fatal(err)
	}
}

// elsewhere restores an archive into a new place.
func (h hosted) elsewhere(archive string) site {
	h.Helper()
	root := h.TempDir()
	if err := os.CopyFS(filepath.Join(root, "data"), os.DirFS(filepath.Join("..", "data"))); err != nil {
		h.Fatal(err)
	}
	if err := os.Rename(filepath.Join(h.root, "bin"), filepath.Join(root, "bin")); err != nil {
		h.Fatal(err)
	}
	s := site{root: root}
	if err := restore(s, archive, time.Now()); err != nil {
		h.Fatal(err)
	}
	return s
}

const restoredCase = "REST-0RED"

func TestAnOpenCaseGoesOnFromABackupAndNoMailGoesTwice(t *testing.T) {
	h := host(t)
	h.build(t, "backed-up")
	_, stop := h.work()
	h.open(restoredCase)
	trigger := &failure.TriggerRiskSummit{Concern: "unsafe staffing", Source: "inspection"}
	h.do(restoredCase, "trigger", "NHSCB/Q56", trigger)
	h.eventually("the alert has gone", func() bool { return len(h.mails()) > 10 })
	time.Sleep(2 * time.Second) // the last of them is noted in the case
	before := h.mails()
	archive := filepath.Join(t.TempDir(), "backup.tar.gz")
	if err := backUp(t.Context(), h.site, archive); err != nil { // while all runs
		t.Fatal(err)
	}
	h.do(restoredCase, "lost", "CQC", &failure.AddNote{Text: "known to nobody after the restore"})
	stop()
	h.stop()

	r := hostIn(t, h.elsewhere(archive).root)
	if got := r.mails(); len(got) != len(before) {
		t.Errorf("%d mails in the outbox, %d before", len(got), len(before))
	}
	_, stop = r.work()
	defer stop()
	r.do(restoredCase, "convene", "NHSCB/Q56", &failure.ConveneSummit{At: time.Now().Add(48 * time.Hour)})
	r.eventually("the invitations have gone", func() bool { return len(r.mails()) >= len(before)+7 })
	time.Sleep(3 * time.Second)
	for mail, n := range r.mails() {
		if n != 1 {
			t.Errorf("%d times: %s", n, mail)
		}
	}
	s, err := r.cases.Snapshot(t.Context(), restoredCase)
	if err != nil || s.Case.Stage != regime.Convening {
		t.Fatalf("%v, %v", s.Case.Stage, err)
	}
	for _, e := range s.Case.Entries {
		if strings.Contains(e.Verb, "note") && e.N > 2 {
			t.Errorf("it is not as it was when the backup was taken: %+v", e)
		}
	}
	if err := restore(r.site, archive, time.Now()); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("restored over what is there: %v", err)
	}
}

func TestMailsThatWaitedWhenTheBackupWasTakenAreHeldAfterTheRestore(t *testing.T) {
	h := host(t)
	h.build(t, "backed-up")
	if err := os.MkdirAll(h.data(), 0o700); err != nil {
		t.Fatal(err)
	}
	_, stop := h.work()
	h.open(restoredCase)
	if err := os.RemoveAll(h.outbox(cases)); err != nil { // nothing can go
		t.Fatal(err)
	}
	h.do(restoredCase, "trigger", "NHSCB/Q56", &failure.TriggerRiskSummit{Concern: "x", Source: "media"})
	waiting := func(h hosted, note string) (n int) {
		s, err := h.cases.Snapshot(t.Context(), restoredCase)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range s.Case.Notices {
			for _, r := range x.To {
				if r.State == ledger.StateWaiting && strings.Contains(r.Note, note) {
					n++
				}
			}
		}
		return n
	}
	h.eventually("mails wait", func() bool { return waiting(h, "the outbox takes no file") > 10 })
	archive := filepath.Join(t.TempDir(), "backup.tar.gz")
	if err := backUp(t.Context(), h.site, archive); err != nil {
		t.Fatal(err)
	}
	stop()
	h.stop()

	r := hostIn(t, h.elsewhere(archive).root)
	_, stop = r.work()
	r.eventually("they are held", func() bool { return waiting(r, activities.NoteRestored) > 10 })
	if got := r.mails(); len(got) > 0 {
		t.Errorf("they went: %v", got)
	}
	stop()
}

func TestABackupWithoutItsEndOrOfNothingIsRefused(t *testing.T) {
	s := site{root: t.TempDir()}
	if err := backUp(t.Context(), s, ""); err == nil || !strings.Contains(err.Error(), "nothing to back up") {
		t.Errorf("of nothing: %v", err)
	}
	archive := filepath.Join(t.TempDir(), "backup.tar.gz")
	if err := os.WriteFile(archive, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := restore(s, archive, time.Now()); err == nil || !strings.Contains(err.Error(), "nothing was restored") {
		t.Errorf("%v", err)
	}
	entries, err := os.ReadDir(s.root)
	if err != nil || len(entries) > 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

func TestARestoreIntoAPlaceWithOnlyLogsKeepsThem(t *testing.T) {
	s := site{root: t.TempDir()}
	archive := filepath.Join(t.TempDir(), "backup.tar.gz")
	file, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	taken := time.Now().Add(-time.Hour)
	own := filepath.Join(t.TempDir(), "own.csv")
	if err := os.WriteFile(own, []byte("the site's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err = backup.Pack(file, taken, "sqlite", "", backup.Part{Name: backup.Directory, Path: own})
	if err != nil || file.Close() != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(s.data("log"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := restore(s, archive, taken.Add(-time.Hour)); err == nil {
		t.Error("lost before it was backed up")
	}
	if err := restore(s, archive, taken.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if !there(s.data("log")) || s.directory() != s.data("directory.csv") {
		t.Errorf("the log %v, the directory %s", there(s.data("log")), s.directory())
	}
	m, err := backup.ReadMark(s.records(cases))
	if err != nil || m == nil || !m.Lost.Equal(taken.Add(time.Minute)) || !m.Taken.Equal(taken) {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestTheArgumentsOfBackupAndRestore(t *testing.T) {
	for _, args := range [][]string{{"restore"}, {"restore", "a", "b"}, {"backup", "a", "b"}, {"backup", "--x"},
		{"restore", "a", "--lost-at"}, {"restore", "a", "--lost-at", "soon"}, {"restore", "a", "--lost-at", "2999-01-01 10:00"}} {
		if code := exitCode(run(t.Context(), args)); code != 2 {
			t.Errorf("launch %q exits with %d", args, code)
		}
	}
}
