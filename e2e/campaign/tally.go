package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// tally is what one run came to.
type tally struct {
	name                     string
	cases, finished          int
	asked, withdrawn         int // mails that the cases ask for; and of them overtaken before they went
	lost, doubled, strays    int
	bounced, moved           int // mails that bounced; and of them those that went to the next contact
	again                    int // mails that were sent again although they might have gone
	failures                 int
	duties, falseDuties      int // to find a contact; and of them those of a contact that was not refused
	stormy                   map[weather]int
	killed, serversKilled    int
	posts, refused, requests int
	met                      map[fault]int
}

// right: nothing is lost or doubled, and all came to their end.
func (t tally) right() bool {
	return t.lost+t.doubled+t.strays+t.failures+t.falseDuties == 0 && t.finished == t.cases
}

// count compares what the cases asked for with what the stand-in really sent.
func (s *environment) count(t *tally) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	t.cases, t.killed, t.serversKilled, t.met = s.Cases, s.killed, s.serversKilled, s.standIn.met
	if s.events != nil {
		t.posts, t.refused = s.events.posts, s.events.refused
	}
	ours := map[string]bool{}
	for i := range s.Cases {
		snap, err := s.cases.Snapshot(ctx, refOf(i))
		if err != nil {
			return fmt.Errorf("%s at the end: %w", refOf(i), err)
		}
		if s.settled(ctx, i) {
			t.finished++
		} else {
			fmt.Printf("   %s is not finished: %s\n", refOf(i), snap.Case.Stage.Words())
		}
		s.countDuties(t, snap.Case)
		for _, n := range snap.Case.Notices {
			for _, r := range n.To {
				if !r.WaitsForHours(snap.Now) {
					s.countMail(t, snap.Case, n, r, ours)
				}
			}
		}
	}
	s.standIn.mu.Lock()
	defer s.standIn.mu.Unlock()
	for l := range s.standIn.sent {
		if !ours[l.mail] {
			t.strays++
		}
	}
	for _, n := range t.met {
		t.requests += n
	}
	t.stormy = s.standIn.stormy
	for _, n := range t.stormy {
		t.requests += n
	}
	return nil
}

func (s *environment) countMail(t *tally, c *failure.Case, n ledger.Notice, r ledger.Recipient, ours map[string]bool) {
	id := cmp.Or(r.Mail, ledger.MailID(c.Ref, n.ID, r))
	if ours[id] || r.State == ledger.StateNoContact || r.State == ledger.StateSuperseded {
		return
	}
	ours[id] = true
	round := r
	for round.Mail = ""; round.Round > 0; {
		round.Round--
		ours[ledger.MailID(c.Ref, n.ID, round)] = true // came back, or was refused
	}
	t.asked++
	t.again += min(r.Times.Again, 1)
	s.standIn.mu.Lock()
	defer s.standIn.mu.Unlock()
	times := 0
	for l, n := range s.standIn.sent {
		if l.mail == id {
			times += n
		}
	}
	switch {
	case times > 1:
		t.doubled++
		s.say(c, n, r, "doubled")
	case times == 0 && n.Settled && (r.State == "" || !r.RetryAt.IsZero()):
		t.withdrawn++
	case times == 0:
		t.lost++
		s.say(c, n, r, "lost")
	}
	if s.standIn.bounced[id] {
		t.bounced++
		if r.State == ledger.StateBounced {
			t.moved++
		}
	}
}

// countDuties counts the duties to find a contact, and those that nothing called for: no mail to
// the contact bounced, none went three times without a word, and the directory lists it.
func (s *environment) countDuties(t *tally, c *failure.Case) {
	for _, d := range c.Duties {
		if d.Kind != regime.DutyMendDirectory {
			continue
		}
		t.duties++
		if !silence(c, d) && !s.calledFor(c, d.Unreached) {
			t.falseDuties++
			fmt.Printf("   false duty: %s %s: %s; the service said %q\n", c.Ref, d.ID, c.Says(d), d.Said)
			for _, e := range c.Entries {
				if e.Verb == ledger.ByClock && e.At.Equal(d.Start) {
					fmt.Printf("      %s\n", e.Text)
				}
			}
		}
	}
}

// silence reports whether the duty says that nothing was heard of a mail; the mail may have been heard
// of since, and have gone again.
func silence(c *failure.Case, d ledger.Duty) bool {
	for _, n := range c.Notices {
		if n.Duty == d.ID && strings.Contains(n.Text, "says nothing of whether the mail arrived") {
			return true
		}
	}
	return false
}

func (s *environment) calledFor(c *failure.Case, who ledger.Mailbox) bool {
	s.standIn.mu.Lock()
	defer s.standIn.mu.Unlock()
	for _, n := range c.Notices {
		for _, r := range n.To {
			if r.Party != who.Party || r.Level != who.Level {
				continue
			}
			if r.State == ledger.StateNoContact || r.Times.Again >= 2 || s.standIn.bounced[r.Mail] {
				return true
			}
			for ; r.Round >= 0; r.Round-- {
				if s.standIn.bounced[ledger.MailID(c.Ref, n.ID, r)] {
					return true
				}
			}
		}
	}
	return false
}

// say names what must not be, so that it can be looked into; without events it is expected.
func (s *environment) say(c *failure.Case, n ledger.Notice, r ledger.Recipient, what string) {
	if s.events != nil {
		fmt.Printf("   %s: %s %s to %s, %s: %s\n", what, c.Ref, n.ID, r.Party, r.Level, r.State)
	}
}

// table sets the runs side by side.
func table(ts []tally) string {
	rows := []struct {
		says string
		of   func(tally) string
	}{
		{"", func(t tally) string { return t.name }},
		{"cases finished right", func(t tally) string { return fmt.Sprintf("%d of %d", t.finished, t.cases) }},
		{"mails asked for", number(func(t tally) int { return t.asked - t.withdrawn })},
		{"mails lost", number(func(t tally) int { return t.lost })},
		{"mails doubled", number(func(t tally) int { return t.doubled })},
		{"duties to find a contact", number(func(t tally) int { return t.duties })},
		{"  of these false", number(func(t tally) int { return t.falseDuties })},
		{"mails of no case", number(func(t tally) int { return t.strays })},
		{"mails that bounced", number(func(t tally) int { return t.bounced })},
		{"  of these, noticed, and on to the next contact", number(func(t tally) int { return t.moved })},
		{"mails given to the service again after silence", number(func(t tally) int { return t.again })},
		{"requests to the service", number(func(t tally) int { return t.requests })},
	}
	for _, f := range append([]fault{none}, faults...) {
		rows = append(rows, struct {
			says string
			of   func(tally) string
		}{"  " + string(f), number(func(t tally) int { return t.met[f] })})
	}
	for _, w := range weathers {
		rows = append(rows, struct {
			says string
			of   func(tally) string
		}{"  for a time, " + string(w), number(func(t tally) int { return t.stormy[w] })})
	}
	rows = append(rows, []struct {
		says string
		of   func(tally) string
	}{
		{"events posted", number(func(t tally) int { return t.posts })},
		{"  of these not taken, and posted again", number(func(t tally) int { return t.refused })},
		{"workers killed", number(func(t tally) int { return t.killed })},
		{"the server killed", number(func(t tally) int { return t.serversKilled })},
	}...)
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%-50s", r.says)
		for _, t := range ts {
			fmt.Fprintf(&b, "%16s", r.of(t))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func number(of func(tally) int) func(tally) string {
	return func(t tally) string { return fmt.Sprint(of(t)) }
}
