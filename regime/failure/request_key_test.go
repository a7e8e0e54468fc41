package failure

import (
	"errors"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// The ledger's, so that a case and a group are alike in it.
func TestAKeyThatComesWithOtherContentIsRefusedAndChangesNothing(t *testing.T) {
	by := func(p regime.Party) ledger.Actor { return ledger.Actor{For: p, Person: "an officer", Channel: "test"} }
	first := ledger.Request{By: by("CQC"), Key: "k1", Fingerprint: "p1"}
	for name, x := range map[string]struct {
		req ledger.Request
		act Act
		ok  bool
	}{
		"the same":                   {first, &AddNote{Text: "x"}, true},
		"the same, wished again":     {ledger.Request{By: by("CQC"), Key: "k1", Fingerprint: "p1", Again: true}, &AddNote{Text: "x"}, true},
		"another person of the body": {ledger.Request{By: ledger.Actor{For: "CQC", Person: "b", Channel: "test"}, Key: "k1", Fingerprint: "p1"}, &AddNote{Text: "x"}, true},
		"another text":               {ledger.Request{By: by("CQC"), Key: "k1", Fingerprint: "p2"}, &AddNote{Text: "y"}, false},
		"another body":               {ledger.Request{By: by("GMC"), Key: "k1", Fingerprint: "p3"}, &AddNote{Text: "x"}, false},
		"another verb":               {ledger.Request{By: by("CQC"), Key: "k1", Fingerprint: "p1"}, &JudgeForOneself{View: "x"}, false},
		"another verb, no print":     {ledger.Request{By: by("CQC"), Key: "k1"}, &JudgeForOneself{View: "x"}, false},
		"no print":                   {ledger.Request{By: by("CQC"), Key: "k1"}, &AddNote{Text: "x"}, false},
	} {
		s := responding(t, kingsLynn)
		if _, err := s.c.Perform(first, &AddNote{Text: "x"}, s.now); err != nil {
			t.Fatal(err)
		}
		n, later := len(s.c.Entries), s.now.AddDate(1, 0, 0)
		checked := s.c.Check(x.req, x.act, later)
		r, err := s.c.Perform(x.req, x.act, later)
		var m *regime.Mistake
		if x.ok && (err != nil || checked != nil || !r.Repeated) || !x.ok && (!errors.As(err, &m) || !errors.As(checked, &m)) ||
			len(s.c.Entries) != n {
			t.Errorf("%s: %+v, %v, %v", name, r, checked, err)
		}
	}
}

func TestAnActWishedAgainIsTakenAgain(t *testing.T) {
	s := responding(t, kingsLynn)
	req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "x", Channel: "test"}, Key: "k1", Fingerprint: "p"}
	for i, again := range []bool{false, true, false} {
		req.Key, req.Again = req.Key+"k", again
		r, err := s.c.Perform(req, &AddNote{Text: "x"}, s.now)
		if err != nil || r.Repeated != (i == 2) {
			t.Errorf("%d: %+v, %v", i, r, err)
		}
	}
}

func TestWhatIsTypedTwiceWithinTheWindowIsTakenOnceAndAtItsEndAnew(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	window := s.c.profile().RepeatWindow.After(s.now).Sub(s.now)
	for wait, repeated := range map[time.Duration]bool{window - 1: true, window: false} {
		c := s.copied()
		req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "x", Channel: "test"}, Fingerprint: "p"}
		first, err := c.c.Perform(req, &AddNote{Text: "x"}, c.now)
		again, errAgain := c.c.Perform(req, &AddNote{Text: "x"}, c.now.Add(wait))
		if err != nil || errAgain != nil || again.Repeated != repeated ||
			(again.Entry.N == first.Entry.N) != repeated {
			t.Errorf("after %s: %+v %v %v", wait, again, err, errAgain)
		}
	}
}
