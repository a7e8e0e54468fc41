package regime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// noticeTable is the table of notices, N1 to N44, as it comes to pass: what is played, and who
// is told of it when, counted from the first mail of the kind. The bodies of the area are
// written without its code, and where no level is said it is the duty contact.
var noticeTable = slices.Concat(noticesOfTheTrack, noticesBesideIt)

// noticeRow is one way in which a notice comes about.
type noticeRow struct {
	kind NoticeKind
	what string
	play func(t *testing.T) mailing
	want []string
}

// mailing is a case or a group whose mails are looked at.
type mailing struct {
	notices []Notice
	members []Party
}

func inCase(s *script) mailing {
	var ms []Party
	for _, m := range s.c.Members {
		ms = append(ms, m.Party)
	}
	return mailing{s.c.Notices, ms}
}

func inGroup(s *groupScript) mailing { return mailing{s.g.Notices, s.g.parties(nil)} }

func TestEveryNoticeGoesToThoseAndAtTheTimesThatTheTableSays(t *testing.T) {
	for _, row := range noticeTable {
		got := row.play(t).lines(row.kind)
		if !slices.Equal(got, row.want) {
			t.Errorf("%s, %s:\ngot\n\t%s\nwant\n\t%s", row.kind, row.what, strings.Join(got, "\n\t"),
				strings.Join(row.want, "\n\t"))
		}
	}
}

func TestTheTableHasEveryNoticeOfEveryProfile(t *testing.T) {
	for i := 1; i <= 44; i++ {
		kind := NoticeKind("N" + itoa(i))
		if !slices.ContainsFunc(noticeTable, func(r noticeRow) bool { return r.kind == kind }) {
			t.Errorf("%s is in no row", kind)
		}
		for _, p := range Profiles() {
			if _, ok := p.Notice(kind); !ok {
				t.Errorf("%s has no row for %s", p.Name, kind)
			}
		}
	}
}

func (t mailing) lines(k NoticeKind) []string {
	var out []string
	var first time.Time
	for _, n := range t.notices {
		if n.Kind != k {
			continue
		}
		if first.IsZero() {
			first = n.At
		}
		out = append(out, after(n.At.Sub(first))+": "+t.recipients(n.To))
	}
	return out
}

// after is a distance as the table has it: "0h", "20h", "3d", "7d+1h".
func after(d time.Duration) string {
	h := int(d.Hours())
	switch {
	case h < 48 && d%time.Hour != 0:
		return d.String()
	case h < 48:
		return itoa(h) + "h"
	case h%24 == 0:
		return itoa(h/24) + "d"
	}
	return itoa(h/24) + "d+" + itoa(h%24) + "h"
}

// recipients puts those of one level together, and calls the members by that word also where
// some of them are left out.
func (t mailing) recipients(rs []Recipient) string {
	var out []string
	for _, l := range []Level{LevelDuty, LevelLead, LevelDeputy, LevelExecutive} {
		var ps []Party
		for _, r := range rs {
			if r.Level == l {
				ps = append(ps, r.Party)
			}
		}
		words := t.parties(ps)
		if l != LevelDuty && words != "" {
			words = string(l) + " of " + words
		}
		if words != "" {
			out = append(out, words)
		}
	}
	return strings.Join(out, "; ")
}

func (t mailing) parties(ps []Party) string {
	var out, missing, others []string
	for _, p := range t.members {
		if !slices.Contains(ps, p) {
			missing = append(missing, strings.TrimSuffix(string(p), "/Q56"))
		}
	}
	many := len(ps) > 4 && len(missing) < 4
	for _, p := range ps {
		if !many || !slices.Contains(t.members, p) {
			others = append(others, strings.TrimSuffix(string(p), "/Q56"))
		}
	}
	if many {
		out = append(out, "members")
		if len(missing) > 0 {
			out[0] += " but " + strings.Join(missing, ", ")
		}
	}
	return strings.Join(append(out, others...), ", ")
}

// unsent has CQC act while no mail can go, and an hour pass.
func unsent(s *script, act Act) *script {
	s.Helper()
	if _, err := s.c.Perform(Request{Sure: true, By: Actor{For: "CQC", Person: "x", Channel: "test"}}, act, s.now); err != nil {
		s.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	s.c.Tick(s.now)
	return s
}

// bounced has a summit triggered, of which Monitor's duty contact cannot be told.
func bounced(s *script) *script {
	s.Helper()
	s.idle = true
	s.by(nhse, &TriggerRiskSummit{Concern: "x", Source: "media"})
	s.idle = false
	s.c.Tell([]Telling{{Notice: s.c.Notices[0].ID, Party: "MONITOR", Level: LevelDuty, State: ToldRefused,
		Note: "no such mailbox"}}, s.now)
	return s
}

// reinspected is a trust in special measures of whose re-inspection CQC has reported.
func reinspected(t *testing.T) *script {
	return placed(t).at("2014-10-20 10:00").by("CQC", &Reinspect{From: at("2014-10-20")}).at("2014-10-30 10:00").
		by("CQC", &ReportReinspection{Rating: "requires-improvement", Advice: "remain"})
}
