package failure

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// script plays a case in a test: each step happens at a time, by somebody, and is taken or
// refused by a rule.
type script struct {
	*testing.T
	c    *Case
	now  time.Time
	idle bool // no mail goes but by the test's own word
}

var kingsLynn = regime.Provider{
	Code: "RCX", Name: "The Queen Elizabeth Hospital, King's Lynn", Type: regime.FoundationTrust,
	LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55",
}

func open(t *testing.T, p regime.Provider, when string) *script {
	t.Helper()
	s := &script{T: t, now: regimetest.At(when)}
	ms := regimetest.Members(p.AreaTeam)
	if p.Type == regime.NHSTrust {
		ms = append(ms, "TDA")
	}
	c, err := Open(Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Provider: p, Members: ms}, s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.c = c
	return s
}

// at lets the clock run to a time, alarm by alarm as the workflow does.
func (s *script) at(when string) *script {
	s.Helper()
	s.until(regimetest.At(when))
	return s
}

// days lets so many days pass.
func (s *script) days(n int) *script {
	s.Helper()
	s.until(s.now.AddDate(0, 0, n))
	return s
}

func (s *script) until(t time.Time) {
	s.Helper()
	if t.Before(s.now) {
		s.Fatalf("the script goes back in time, to %s", calendar.Instant(t))
	}
	for range 10000 {
		a, ok := s.c.NextDue()
		if r := s.c.NextRetry(); !r.IsZero() && !r.After(t) && (!ok || r.Before(a.At)) {
			s.now = calendar.Latest(s.now, r)
			s.deliver()
			continue
		}
		if !ok || a.At.After(t) {
			s.now = t
			return
		}
		if a.At.After(s.now) {
			s.now = a.At
		}
		s.c.pen.Tick(s.now)
		s.deliver()
	}
	s.Fatal("the clock never comes to rest")
}

func (s *script) perform(by regime.Party, act Act) error {
	_, err := s.c.Perform(ledger.Request{Sure: true, By: ledger.Actor{For: by, Person: "an officer",
		Channel: "test"}}, act, s.now)
	if err == nil {
		s.deliver()
	}
	return err
}

// deliver has every mail go that is to go now, unless the post is idle.
func (s *script) deliver() {
	if s.idle {
		return
	}
	var went []ledger.SendResult
	for _, n := range s.c.ToSend(s.now) {
		for _, r := range n.To {
			went = append(went, ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level,
				State: ledger.StateAccepted})
		}
	}
	s.c.pen.RecordSent(went, s.now)
}

// by does the act and insists that it is taken.
func (s *script) by(p regime.Party, act Act) *script {
	s.Helper()
	if err := s.perform(p, act); err != nil {
		s.Fatalf("%s by %s at %s: %v", VerbOf(act).Path, p, calendar.Short(s.now), err)
	}
	return s
}

// refused insists that the rule refuses the act, and that nothing has changed.
func (s *script) refused(rule string, p regime.Party, act Act) *script {
	s.Helper()
	before := s.c.LastEntry
	err := s.perform(p, act)
	if regime.RefusedBy(err) != rule {
		s.Fatalf("%s by %s: want a refusal by %s, got %v", VerbOf(act).Path, p, rule, err)
	}
	if s.c.LastEntry != before {
		s.Fatalf("%s by %s was refused and left an entry", VerbOf(act).Path, p)
	}
	return s
}

func (s *script) stage(want regime.Stage) *script {
	s.Helper()
	if s.c.Stage != want {
		s.Fatalf("at %s: stage %s, want %s", calendar.Short(s.now), s.c.Stage, want)
	}
	return s
}

// duty finds the latest duty of a kind about a subject, open or ended.
func (s *script) duty(k regime.DutyKind, subject string) ledger.Duty {
	s.Helper()
	for i := len(s.c.Duties) - 1; i >= 0; i-- {
		if d := s.c.Duties[i]; d.Kind == k && d.Subject == subject {
			d.Owner = s.c.OwnerOf(d)
			return d
		}
	}
	s.Fatalf("no duty %s %q", k, subject)
	return ledger.Duty{}
}

// told lists the notices of a kind as "time: party level, ...".
func (s *script) told(k regime.NoticeKind) []string {
	var out []string
	for _, n := range s.c.Notices {
		if n.Kind == k {
			var to []string
			for _, r := range n.To {
				to = append(to, string(r.Party)+" "+string(r.Level))
			}
			out = append(out, calendar.Short(n.At)+": "+strings.Join(to, ", "))
		}
	}
	return out
}

// triggered is a case whose summit has been triggered on 10 September 2013.
func triggered(t *testing.T, p regime.Provider) *script {
	return open(t, p, "2013-09-10 09:00").trigger()
}

func (s *script) trigger() *script {
	return s.by(regimetest.Nhse, &TriggerRiskSummit{
		Concern: "unsafe staffing", Source: "qsg-sharing", Routine: "two inspections changed nothing"})
}

// unposted is a case that was triggered and of which no mail has gone.
func unposted(t *testing.T) *script {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	s.idle = true
	return s.trigger()
}

// inSession is a case whose summit has opened on 12 September 2013.
func inSession(t *testing.T, p regime.Provider) *script {
	return triggered(t, p).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"},
			Why: "trainees"}).
		at("2013-09-12 10:00").
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC", "MONITOR", "CCG", "GMC"}})
}

// judged is a case whose collective judgement was recorded on 12 September 2013, 16:10.
func judged(t *testing.T, p regime.Provider) *script {
	return inSession(t, p).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{}).at("2013-09-12 16:10").
		by(regimetest.Nhse, &JudgeCollectively{Value: PotentialFailure})
}

// responding is a judged case in which NHS England holds the ring because the time was up.
func responding(t *testing.T, p regime.Provider) *script {
	return judged(t, p).at("2013-09-13 04:10").stage(regime.Responding)
}

// placed is a foundation trust in special measures since 25 October 2013, 10:00.
func placed(t *testing.T) *script {
	return open(t, kingsLynn, "2013-10-25 10:00").
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "breach of licence"})
}
