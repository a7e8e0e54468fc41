package regime

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// script plays a case in a test: each step happens at a time, by somebody, and is taken or
// refused by a rule.
type script struct {
	*testing.T
	c    *Case
	now  time.Time
	idle bool // no mail goes but by the test's own word
}

func at(s string) time.Time {
	t, err := calendar.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}

var kingsLynn = Provider{
	Code: "RCX", Name: "The Queen Elizabeth Hospital, King's Lynn", Type: FoundationTrust,
	LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55",
}

func members(area string) []Party {
	return []Party{PartyOf(NHSCB, area), "CCG/07J", "CCG/07K", PartyOf(LAComm, area), "MONITOR",
		"CQC", PartyOf(LETB, area), PartyOf(HealthwatchLocal, area), PartyOf(PHE, area)}
}

func open(t *testing.T, p Provider, when string) *script {
	t.Helper()
	s := &script{T: t, now: at(when)}
	ms := members(p.AreaTeam)
	if p.Type == NHSTrust {
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
	s.until(at(when))
	return s
}

func (s *script) until(t time.Time) {
	s.Helper()
	if t.Before(s.now) {
		s.Fatalf("the script goes back in time, to %s", calendar.Instant(t))
	}
	for range 10000 {
		a, ok := s.c.NextAlarm()
		if r := s.c.NextRetry(); !r.IsZero() && !r.After(t) && (!ok || r.Before(a.At)) {
			s.now = latest(s.now, r)
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
		s.c.Tick(s.now)
		s.deliver()
	}
	s.Fatal("the clock never comes to rest")
}

func (s *script) perform(by Party, act Act) error {
	_, err := s.c.Perform(Request{Sure: true, By: Actor{For: by, Person: "an officer", Channel: "test"}}, act, s.now)
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
	var went []Telling
	for _, n := range s.c.ToSend(s.now) {
		for _, r := range n.To {
			went = append(went, Telling{Notice: n.ID, Party: r.Party, Level: r.Level, State: ToldAccepted})
		}
	}
	s.c.Tell(went, s.now)
}

// by does the act and insists that it is taken.
func (s *script) by(p Party, act Act) *script {
	s.Helper()
	if err := s.perform(p, act); err != nil {
		s.Fatalf("%s by %s at %s: %v", VerbOf(act).Path, p, calendar.Short(s.now), err)
	}
	return s
}

// refused insists that the rule refuses the act, and that nothing has changed.
func (s *script) refused(rule string, p Party, act Act) *script {
	s.Helper()
	before := s.c.LastEntry
	err := s.perform(p, act)
	if RefusedBy(err) != rule {
		s.Fatalf("%s by %s: want a refusal by %s, got %v", VerbOf(act).Path, p, rule, err)
	}
	if s.c.LastEntry != before {
		s.Fatalf("%s by %s was refused and left an entry", VerbOf(act).Path, p)
	}
	return s
}

func (s *script) stage(want Stage) *script {
	s.Helper()
	if s.c.Stage != want {
		s.Fatalf("at %s: stage %s, want %s", calendar.Short(s.now), s.c.Stage, want)
	}
	return s
}

// duty finds the latest duty of a kind about a subject, open or ended.
func (s *script) duty(k DutyKind, subject string) Duty {
	s.Helper()
	for i := len(s.c.Duties) - 1; i >= 0; i-- {
		if d := s.c.Duties[i]; d.Kind == k && d.Subject == subject {
			d.Owner = s.c.ownerOf(d)
			return d
		}
	}
	s.Fatalf("no duty %s %q", k, subject)
	return Duty{}
}

// told lists the notices of a kind as "time: party level, ...".
func (s *script) told(k NoticeKind) []string {
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

const nhse = Party("NHSCB/Q56")

// triggered is a case whose summit has been triggered on 10 September 2013.
func triggered(t *testing.T, p Provider) *script {
	return open(t, p, "2013-09-10 09:00").trigger()
}

func (s *script) trigger() *script {
	return s.by(nhse, &TriggerRiskSummit{
		Concern: "unsafe staffing", Source: "qsg-sharing", Routine: "two inspections changed nothing"})
}

// unposted is a case that was triggered and of which no mail has gone.
func unposted(t *testing.T) *script {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	s.idle = true
	return s.trigger()
}

// inSession is a case whose summit has opened on 12 September 2013.
func inSession(t *testing.T, p Provider) *script {
	return triggered(t, p).
		by(nhse, &ConveneSummit{At: at("2013-09-12 10:00"), Also: []Party{"GMC"}, Why: "trainees"}).
		at("2013-09-12 10:00").
		by(nhse, &OpenSummit{Attending: []Party{"CQC", "MONITOR", "CCG", "GMC"}})
}

// judged is a case whose collective judgement was recorded on 12 September 2013, 16:10.
func judged(t *testing.T, p Provider) *script {
	return inSession(t, p).at("2013-09-12 16:00").by(nhse, &EndSummit{}).at("2013-09-12 16:10").
		by(nhse, &JudgeCollectively{Value: PotentialFailure})
}

// responding is a judged case in which NHS England holds the ring because the time was up.
func responding(t *testing.T, p Provider) *script {
	return judged(t, p).at("2013-09-13 04:10").stage(Responding)
}

// placed is a foundation trust in special measures since 25 October 2013, 10:00.
func placed(t *testing.T) *script {
	return open(t, kingsLynn, "2013-10-25 10:00").
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "breach of licence"})
}
