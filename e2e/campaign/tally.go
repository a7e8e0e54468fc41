package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// tally is what one run came to.
type tally struct {
	name                  string
	cases, finished       int
	groups, groupsDone    int
	took                  time.Duration
	asked, withdrawn      int // mails that the cases ask for; and of them overtaken before they went
	underWay              int // not finished when the time was up
	lost, doubled, strays int
	dropped, twice        int // lost or doubled, and nobody who sends mail could know it
	misdirected           int // mails to a contact that the directory says is away
	bounced, moved        int // mails that bounced; and of them those that went to the next contact
	again                 int // mails that were sent again although they might have gone
	failures              int
	acts, actsAmiss       int // of all cases; and of them those that are missing, or there more than once
	elsewhere             int // cases that do not stand where their course ends
	duties, falseDuties   int // to find a contact; and of them those of a contact that was not refused
	calledOff             int // duties that ended by themselves, since word came of the mail
	badRecords            int // closed cases whose records are not there, or not whole
	stormy                map[weather]int
	killed, serversKilled int
	databasesKilled       int
	terminated            int // cases and groups
	groupsEnded           int // of them groups
	keysLost, ranOn       int // workers that came back without their key; and of them those that ran on
	filled                int // how often the disk was full; -1: there was none
	posts, refused        int
	requests              int
	met                   map[fault]int
}

// right: nothing is lost or doubled but for what nobody could know, nobody is asked for nothing, and
// all came to their end.
func (t tally) right() bool {
	return t.lost+t.doubled+t.strays+t.failures+t.falseDuties+t.misdirected+t.badRecords+t.ranOn+t.actsAmiss+t.elsewhere == 0 &&
		t.finished == t.cases && t.groupsDone == t.groups
}

// count compares what the cases asked for with what was really sent.
func (s *environment) count(t *tally) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute+time.Duration(s.Cases)*time.Second)
	defer cancel()
	t.cases, t.groups = s.Cases, len(s.subjects())-s.Cases
	s.countHarm(t)
	books := map[subject]book{}
	for _, one := range s.subjects() {
		b, err := s.book(ctx, one)
		if err != nil {
			return fmt.Errorf("%s at the end: %w", one, err)
		}
		books[one] = b
	}
	if s.short == "outbox" { // what goes meanwhile is there by now
		if err := s.readOutbox(); err != nil {
			return err
		}
	}
	counted, known := map[string]bool{}, map[string]bool{} // by mail id
	for _, one := range s.subjects() {
		b := books[one]
		switch {
		case !b.settled():
			s.explain(ctx, one, b)
		case one.place != "":
			t.groupsDone++
		default:
			t.finished++
		}
		if s.Keep {
			if err := s.keepBook(one, b); err != nil {
				return err
			}
		}
		if one.place == "" {
			s.countActs(t, b)
		}
		s.countDuties(t, b)
		s.countRecords(t, b)
		for _, n := range b.Notices {
			for _, r := range n.To {
				know(known, b, n, r)
				if !r.WaitsForHours(b.now) {
					s.countMail(t, b, n, r, counted)
				}
			}
		}
	}
	s.countRequests(t, known)
	return nil
}

// countHarm counts what was done to the site.
func (s *environment) countHarm(t *tally) {
	t.groupsEnded, t.met, t.killed = s.groupsEnded, s.standIn.met, len(s.deaths)
	for _, away := range s.serverDeaths {
		if away.what == "database" {
			t.databasesKilled++
		} else {
			t.serversKilled++
		}
	}
	t.terminated, t.keysLost, t.ranOn, t.filled = s.terminated, s.keysLost, s.keysUnnoticed, int(s.disk.filled.Load())
	if !s.disk.small {
		t.filled = -1
	}
	if s.events != nil {
		t.posts, t.refused = s.events.posts, s.events.refused
	}
}

// know notes the ids of all mails that a case knows of, also of one that came back or was refused, or that was to be
// sent no more after a service had taken it and said that it had not.
func know(known map[string]bool, b book, n ledger.Notice, r ledger.Recipient) {
	if r.Mail != "" {
		known[r.Mail] = true
	}
	for r.Mail = ""; r.Round >= 0; r.Round-- {
		known[ledger.MailID(b.ref, n.ID, r)] = true
	}
}

// countRequests counts what the stand-in met, and what it was sent that no case knows of.
func (s *environment) countRequests(t *tally, known map[string]bool) {
	s.standIn.mu.Lock()
	defer s.standIn.mu.Unlock()
	for l := range s.standIn.sent {
		if !known[l.mail] {
			t.strays++
			fmt.Fprintf(s.Out, "   a mail that no case knows of, %s, went to %s\n", l.mail, l.to)
		}
		if s.sheet.away[l.to] {
			t.misdirected++
			fmt.Fprintf(s.Out, "   a mail went to %s, who is away\n", l.to)
		}
	}
	for _, n := range t.met {
		t.requests += n
	}
	t.stormy = s.standIn.stormy
	for _, n := range t.stormy {
		t.requests += n
	}
}

// countActs looks whether a case has had each act of its course once, and stands where it leads.
func (s *environment) countActs(t *tally, b book) {
	t.acts += len(b.course.steps)
	more, fewer := amiss(b.course, b.Entries)
	if t.actsAmiss += len(more) + len(fewer); len(more)+len(fewer) > 0 {
		fmt.Fprintf(s.Out, "   %s: taken more than once %q, missing %q\n", b.ref, more, fewer)
	}
	if b.stage != b.course.ends {
		t.elsewhere++
		fmt.Fprintf(s.Out, "   %s: %s, and should stand at %s\n", b.ref, b.stage, b.course.ends)
	}
}

// keepBook writes the case or the group beside the files of its run, to be looked into.
func (s *environment) keepBook(one subject, b book) error {
	raw, err := json.MarshalIndent(b.of, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, one.ref+one.place+".json"), raw, 0o600)
}

func (s *environment) countMail(t *tally, b book, n ledger.Notice, r ledger.Recipient, counted map[string]bool) {
	id := cmp.Or(r.Mail, ledger.MailID(b.ref, n.ID, r))
	if counted[id] || r.State == ledger.StateNoContact || r.State == ledger.StateSuperseded {
		return
	}
	counted[id] = true
	t.asked++
	t.again += min(r.Times.Again, 1)
	s.standIn.mu.Lock()
	defer s.standIn.mu.Unlock()
	var times []taken
	for l, at := range s.standIn.sent {
		if l.mail == id {
			times = append(times, at...)
		}
	}
	settled := r.State != "" && r.RetryAt.IsZero()
	switch {
	case len(times) > 1 && s.knowable(times, b.one):
		t.doubled++
		s.say(b, n, r, "doubled")
		s.sayWhen(times)
		r.Mail = id
		s.trace(context.Background(), b.one, n, r)
	case len(times) > 1:
		t.twice++
	case len(times) == 1:
	case n.Settled && (r.State == "" || !settled):
		t.withdrawn++
	case !settled:
		t.underWay++
		s.say(b, n, r, "under way")
	case r.State == ledger.StateRefused:
		t.bounced++ // at once
		t.moved++
	case s.standIn.dropped[id] && s.events == nil:
		t.dropped++
	default:
		t.lost++
		s.say(b, n, r, "lost")
	}
	if s.standIn.bounced[id] {
		t.bounced++
		if r.State == ledger.StateBounced {
			t.moved++
		}
	}
}

// knowable reports whether a mail went twice although the first time was said to have been taken, and
// whoever was told so lived to note it. Where the service tells of its mails, it always is.
func (s *environment) knowable(times []taken, of subject) bool {
	if s.events != nil {
		return true
	}
	for _, at := range times[:len(times)-1] {
		if at.said && !s.couldNotNote(at, of) {
			return true
		}
	}
	return false
}

// readOutbox takes the files for what was sent.
func (s *environment) readOutbox() error {
	entries, err := os.ReadDir(s.outbox())
	if err != nil {
		return err
	}
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(s.outbox(), e.Name()))
		if err != nil || !strings.HasSuffix(e.Name(), ".eml") {
			continue
		}
		if found := noticeLine.FindSubmatch(raw); found != nil {
			l := letter{mail: string(found[1])}
			s.standIn.sent[l] = append(s.standIn.sent[l], taken{said: true})
		}
	}
	return nil
}

// countRecords looks whether the records of a case that is closed are there, and whole.
func (s *environment) countRecords(t *tally, b book) {
	if !b.closed {
		return
	}
	var kept struct {
		Case struct{ Stage regime.Stage }
	}
	raw, err := os.ReadFile(filepath.Join(s.records(), b.ref+".json"))
	if err == nil {
		err = json.Unmarshal(raw, &kept)
	}
	if err != nil || kept.Case.Stage != regime.Closed {
		t.badRecords++
		fmt.Fprintf(s.Out, "   the record of %s is not that of a closed case: %v\n", b.ref, err)
	}
}

// countDuties counts the duties to find a contact, and those that nothing calls for: no mail to the
// contact bounced, of none that went three times nothing was heard, and the directory lists it. A duty
// that the case has called off by itself asks nobody for anything.
func (s *environment) countDuties(t *tally, b book) {
	for _, d := range b.Duties {
		if d.Kind != regime.DutyMendDirectory {
			continue
		}
		t.duties++
		switch {
		case d.End == ledger.EndNotNeeded:
			t.calledOff++
		case !s.calledFor(b, d):
			t.falseDuties++
			fmt.Fprintf(s.Out, "   false duty: %s %s: %s; the service said %q\n", b.ref, d.ID, b.Says(d), d.Said)
			for _, e := range b.Entries {
				if e.Verb == ledger.ByClock && e.At.Equal(d.Start) {
					fmt.Fprintf(s.Out, "      %s\n", e.Text)
				}
			}
		}
	}
}

func (s *environment) calledFor(b book, d ledger.Duty) bool {
	s.standIn.mu.Lock()
	defer s.standIn.mu.Unlock()
	for _, address := range s.sheet.of[string(d.Unreached.Party)] {
		if s.standIn.refused[address] {
			return true
		}
	}
	for _, n := range b.Notices {
		for _, r := range n.To {
			if r.Party != d.Unreached.Party || r.Level != d.Unreached.Level {
				continue
			}
			if r.State == ledger.StateNoContact || s.standIn.bounced[r.Mail] || d.Silent && r.Times.FirstEvent.IsZero() && r.Times.Again >= 2 {
				return true
			}
			for ; r.Round >= 0; r.Round-- {
				if s.standIn.bounced[ledger.MailID(b.ref, n.ID, r)] {
					return true
				}
			}
		}
	}
	return false
}

// say names what must not be, so that it can be looked into.
func (s *environment) say(b book, n ledger.Notice, r ledger.Recipient, what string) {
	fmt.Fprintf(s.Out, "   %s: %s %s to %s, %s: %s\n", what, b.ref, n.ID, r.Party, r.Level, r.State)
}

// sayWhen adds when a mail was taken, by which worker, and when that one was killed next.
func (s *environment) sayWhen(times []taken) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, at := range times {
		killed := "not killed afterwards"
		for _, d := range s.deaths {
			if d.worker == at.door && d.at.After(at.at) {
				killed = "killed " + d.at.Sub(at.at).Round(100*time.Millisecond).String() + " later"
				break
			}
		}
		fmt.Fprintf(s.Out, "      taken at %s by worker %d, which was %s; told so: %v\n", at.at.Format("15:04:05"), at.door, killed, at.said)
	}
}
