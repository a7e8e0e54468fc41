package failure

import (
	"encoding/json"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// sleeper keeps a case's clock either at each moment that falls due, or only when it must be awake.
type sleeper struct {
	*script
	asleep bool
	wakes  int
}

func (s *sleeper) catchUp() {
	for at, ok := s.c.NextQuiet(s.now); ok; at, ok = s.c.NextQuiet(s.now) {
		s.c.Tick(at)
	}
}

func (s *sleeper) next() (ledger.NextDue, bool) {
	if s.asleep {
		return s.c.NextWake()
	}
	return s.c.NextDue()
}

// to lets time pass, with all mails taken as they are to go.
func (s *sleeper) to(t time.Time) {
	for {
		a, ok := s.next()
		at := t
		if ok && a.At.Before(at) {
			at = a.At
		}
		if r := s.c.NextRetry(); !r.IsZero() && r.Before(at) {
			at = r
		}
		s.now = calendar.Latest(s.now, at)
		if ok && !a.At.After(s.now) {
			s.wakes++
			if s.asleep {
				s.catchUp()
			}
			if a, ok := s.c.NextDue(); ok && !a.At.After(s.now) {
				s.c.Tick(s.now)
			}
		}
		if s.asleep {
			s.catchUpBeforeMail()
		}
		s.deliver()
		if a, ok := s.next(); at.Equal(t) && (!ok || a.At.After(t)) {
			return
		}
	}
}

// catchUpBeforeMail does what fell while it slept before it hears of a mail.
func (s *sleeper) catchUpBeforeMail() {
	if len(s.c.ToSend(s.now)) > 0 {
		s.catchUp()
	}
}

func (s *sleeper) text() string {
	raw, err := json.Marshal(s.c)
	if err != nil {
		s.Fatal(err)
	}
	return string(raw)
}

// Who sleeps while nothing but reminders for working hours falls due, and does it then at its own time, comes to the
// same case, notice by notice and mail by mail.
func TestWhoSleepsThroughTheNightComesToTheSameCase(t *testing.T) {
	awake, asleep := &sleeper{script: open(t, kingsLynn, "2013-09-09 16:00")}, &sleeper{script: open(t, kingsLynn, "2013-09-09 16:00"), asleep: true}
	acts := []struct {
		at  string
		by  string
		act func() Act
	}{
		{"2013-09-09 17:00", "CQC", func() Act { return &TriggerRiskSummit{Concern: "x", Source: "inspection"} }},
		{"2013-09-10 21:00", "NHSCB/Q56", func() Act { return &AddNote{Text: "x"} }},
		{"2013-09-14 23:30", "MONITOR", func() Act { return &AddNote{Text: "on a Saturday"} }},
		{"2013-10-25 10:00", "MONITOR", func() Act { return &DecideMeasures{Outcome: Place, Reason: "x"} }},
		{"2013-11-04 10:00", "PROVIDER", func() Act { return &PublishPlan{URL: "p"} }},
		{"2013-12-26 12:00", "CQC", func() Act { return &AddNote{Text: "on a holiday"} }},
	}
	for _, a := range acts {
		for _, s := range []*sleeper{awake, asleep} {
			s.to(regimetest.At(a.at))
			if s.asleep {
				s.catchUp()
			}
			if err := s.perform(regime.Party(a.by), a.act()); err != nil {
				t.Fatalf("%s: %v", a.at, err)
			}
		}
		if awake.text() != asleep.text() {
			t.Fatalf("at %s, after an act:\nawake  %s\nasleep %s", a.at, awake.text(), asleep.text())
		}
	}
	for _, day := range []string{"2014-01-06 07:00", "2014-02-17 10:00", "2014-06-02 09:30"} {
		awake.to(regimetest.At(day))
		asleep.to(regimetest.At(day))
		asleep.catchUp()
		if awake.text() != asleep.text() {
			t.Fatalf("at %s they differ:\nawake  %s\nasleep %s", day, awake.text(), asleep.text())
		}
	}
	if asleep.wakes > awake.wakes-10 {
		t.Errorf("awake %d times, asleep %d times", awake.wakes, asleep.wakes)
	}
	t.Logf("awake %d times, asleep %d times", awake.wakes, asleep.wakes)
}
