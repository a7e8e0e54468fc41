package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"holdthering/regime/failure"
)

// The server's database, outbox and records on one disk that fills and is emptied again.
func TestADiskThatFillsUnderARunningSiteCostsNoActAndNoMail(t *testing.T) {
	h := host(t)
	h.stop()
	if err := os.RemoveAll(h.data()); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(h.data(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", h.data(), "tmpfs", 0, "size=200m"); err != nil {
		t.Skip("no disk can be made here:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(h.data(), syscall.MNT_DETACH) })
	r := hostIn(t, h.root)
	r.build(t, "full")
	_, stop := r.work()
	defer stop()
	r.open(restoredCase)
	ballast := filepath.Join(r.data(), "ballast")
	fill := func() {
		_ = os.WriteFile(ballast, make([]byte, 200<<20), 0o600) // as much as there is room for
	}
	fill()
	answered := make(chan error, 1)
	go func() {
		_, err := r.cases.Act(t.Context(), restoredCase, request(restoredCase+"/trigger"),
			&failure.TriggerRiskSummit{Concern: "x", Source: "media"})
		answered <- err
	}()
	time.Sleep(8 * time.Second)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := <-answered; err != nil {
		t.Logf("while the disk was full: %v", err)
		r.do(restoredCase, "trigger", "CQC", &failure.TriggerRiskSummit{Concern: "x", Source: "media"}) // the same key
	}
	r.eventually("the alert has gone", func() bool { return len(r.mails()) > 10 })
	r.do(restoredCase, "note", "CQC", &failure.AddNote{Text: "it goes on"})
	for mail, n := range r.mails() {
		if n != 1 {
			t.Errorf("%d times: %s", n, mail)
		}
	}
}
