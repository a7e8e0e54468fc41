package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAWorkerKilledAcrossADeadlineRemindsOnce(t *testing.T) {
	s := newSite(t, demonstration)
	ref := s.trigger()
	s.eventually("the alert has gone to all members", func() bool { return len(s.mails("triggered")) > 10 })
	s.forward(ref, 23*time.Hour)
	if got := s.mails("is to be held"); len(got) != 1 {
		t.Fatalf("before the first reminder there is the request alone: %v", got)
	}
	s.killWorker()
	forwarded := make(chan struct{})
	go func() { // with no worker to take it, the timer's task waits
		defer close(forwarded)
		s.forward(ref, 2*time.Hour)
	}()
	time.Sleep(3 * time.Second)
	if got := s.mails("is to be held"); len(got) != 1 {
		t.Fatalf("nobody was there to send: %v", got)
	}
	s.startWorker()
	<-forwarded
	s.eventually("the reminder has gone", func() bool { return len(s.mails("is to be held")) == 2 })
	s.forward(ref, time.Hour)
	if got := s.mails("is to be held"); len(got) != 2 {
		t.Fatalf("the reminder of half the time, once: %v", got)
	}
}

// inAWeek is a time that a summit can be convened for.
func inAWeek() string { return time.Now().AddDate(0, 0, 7).Format("2006-01-02") + " 10:00" }

// day is how the starter shows the day of it.
func day(when string) string {
	t, err := time.Parse("2006-01-02 15:04", when)
	if err != nil {
		panic(err)
	}
	return t.Format("2 Jan 2006")
}

func TestAServerAndAWorkerKilledLoseNothing(t *testing.T) {
	s := newSite(t, realNamespace)
	ref, when := s.trigger(), inAWeek()
	s.taken("summit", "convene", "--case", ref, "--by", "NHS England", "--at", when)
	s.killWorker()
	s.server.Kill()
	s.startServer()
	s.startWorker()
	a := s.taken("show", ref)
	if !strings.Contains(a.out, "convening the risk summit") || !strings.Contains(a.out, day(when)) {
		t.Fatalf("after the restart:\n%s", a.out)
	}
	again := s.taken("summit", "convene", "--case", ref, "--by", "NHS England", "--at", when)
	if !strings.Contains(again.out, "Already recorded as entry 2") {
		t.Fatalf("the same command again:\n%s", again.out)
	}
	s.eventually("the invitations have gone", func() bool { return len(s.mails("your answer is asked for")) >= 7 })
	mails := s.mails("your answer is asked for")
	slices.Sort(mails)
	if n := len(slices.Compact(slices.Clone(mails))); n != len(mails) || n != 7 {
		t.Fatalf("invitations doubled or lost: %v", mails)
	}
}

func TestARequestToCancelChangesNothing(t *testing.T) {
	s := newSite(t, realNamespace)
	ref := s.trigger()
	if err := s.client().CancelWorkflow(context.Background(), s.caseID(ref), ""); err != nil {
		t.Fatal(err)
	}
	s.taken("note", "add", "--case", ref, "--by", "CQC", "--text", "still here")
	if a := s.taken("list"); !strings.Contains(a.out, ref) {
		t.Fatalf("the case is gone:\n%s", a.out)
	}
}

func TestRefusalsAndMistakesHaveTheirExitCodesAndChangeNothing(t *testing.T) {
	s := newSite(t, realNamespace)
	ref := s.trigger()
	entries := func() int { return strings.Count(s.taken("record", ref, "--format", "json").out, `"verb":`) }
	before := entries()
	s.refused("R55", "measures", "decide", "--case", ref, "--by", "NHS England", "--outcome", "place", "--reason", "x")
	s.refused("R54", "measures", "decide", "--case", ref, "--by", "CQC", "--outcome", "place", "--reason", "x")
	s.refused("R23", "judgement", "regulatory", "--case", ref, "--by", "Monitor", "--value", "no-material-breach")
	s.refused("R8", "ring", "cannot-agree", "--case", ref, "--by", "provider")
	for name, args := range map[string][]string{
		"unknown verb":      {"summit", "dance"},
		"unknown body":      {"note", "add", "--case", ref, "--by", "Martians", "--text", "x"},
		"no body":           {"note", "add", "--case", ref, "--text", "x"},
		"wrong date":        {"summit", "convene", "--case", ref, "--by", "CQC", "--at", "31 February"},
		"a date gone by":    {"summit", "convene", "--case", ref, "--by", "CQC", "--at", "2013-09-12 10:00"},
		"control character": {"note", "add", "--case", ref, "--by", "CQC", "--text", "x\x07y"},
		"a long text":       {"note", "add", "--case", ref, "--by", "CQC", "--text", strings.Repeat("x", 100_000)},
		"unknown case":      {"show", "AAAA-BBBB"},
		"unknown provider":  {"trigger", "--provider", "Kings Lyn", "--by", "CQC", "--source", "media", "--concern", "x"},
	} {
		if a := s.starter(args...); a.code != 2 || a.err == "" || len(a.err) > 2500 {
			t.Errorf("%s: exit code %d, want 2\n%s", name, a.code, a.err)
		}
	}
	if after := entries(); before != 1 || after != before {
		t.Errorf("%d entries before and %d after", before, after)
	}
}
