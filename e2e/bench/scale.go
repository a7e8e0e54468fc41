package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/activities/mail"
	"holdthering/activities/mail/outbox"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// extent is how much is put on a site at once.
type extent struct {
	cases, groups, people int
	reminded              int // in how many of the cases reminders fall due at one moment
}

// scale opens many cases and groups, has as many people act in them at once, and then has the reminders of some fall due
// at one moment.
func (e extent) scale(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newSite(ctx, "scale", namespace)
	if err != nil {
		return nil, err
	}
	defer s.close()
	away := ahead()
	warm := extent{cases: 10, people: e.people}
	begun := func(string) (int, []deed) { return 0, course(time.Now().Add(away))[:2] }
	if _, err := s.together(ctx, warm, "WARM", away, begun, true); err != nil {
		return nil, err
	}
	empty, err := s.size()
	if err != nil {
		return nil, err
	}
	rows := []row{{what: "Cases and groups; people who act at once", now: fmt.Sprintf("%d and %d; %d", e.cases, e.groups, e.people)}}
	if err := s.groups(ctx, e.groups, away); err != nil {
		return nil, err
	}
	deeds, err := s.together(ctx, e, "MANY", away, begun, true)
	if err != nil {
		return nil, err
	}
	rows = append(rows, deeds.rows("opening, trigger and acknowledgement")...)
	full, err := s.size()
	if err != nil {
		return nil, err
	}
	rows = append(rows, row{what: "Memory for an open case, as Linux counts the processes: kB, server + worker",
		now: fmt.Sprintf("%.0f + %.0f", kb(full.server-empty.server, e.cases), kb(full.worker-empty.worker, e.cases))},
		row{what: "Database for a case that was opened: kB", now: fmt.Sprintf("%.0f", kb(full.database-empty.database, e.cases))})
	// A summit six hours and some minutes away: who has not answered is reminded six hours before.
	some := extent{cases: min(e.reminded, e.cases), people: e.people}
	moment := time.Now().Add(away + 45*time.Second + time.Duration(some.cases)*200*time.Millisecond).Truncate(time.Minute).Add(time.Minute)
	convene := []deed{{chair, &failure.ConveneSummit{At: moment.Add(6 * time.Hour)}}, {"CQC", &failure.AddNote{Text: "the pack is being gathered"}}}
	if deeds, err = s.together(ctx, some, "MANY", away, func(string) (int, []deed) { return 2, convene }, false); err != nil {
		return nil, err
	}
	rows = append(rows, deeds.rows("calling a summit, and a note")...)
	storm, err := s.storm(ctx, moment.Add(-away), some.cases)
	if err != nil {
		return rows, err
	}
	rows = append(rows, storm...)
	last, err := s.size()
	if err != nil {
		return rows, err
	}
	if b.detail {
		if err := s.afterTheTimer(ctx, workflows.CaseID(provider, refOf("MANY", 0))); err != nil {
			return rows, err
		}
	}
	return append(rows, row{what: fmt.Sprintf("Database for a case, %d of them with four acts, %.0f mails each: kB", some.cases,
		float64(s.mailed())/float64(e.cases)), now: fmt.Sprintf("%.0f", kb(last.database-empty.database, e.cases))}), nil
}

func kb(n int64, among int) float64 { return float64(n) / 1000 / float64(max(among, 1)) }

// sizes are of the processes and the database, in bytes.
type sizes struct{ server, worker, database int64 }

func (s *site) size() (out sizes, err error) {
	if out.server, err = resident(s.server.ProcessID()); err != nil {
		return out, err
	}
	if out.worker, err = resident(s.worker.ID()); err != nil {
		return out, err
	}
	for _, name := range []string{"temporal.db", "temporal.db-wal"} {
		if info, err := os.Stat(s.path(name)); err == nil {
			out.database += info.Size()
		}
	}
	return out, nil
}

// groups starts the groups of so many places.
func (s *site) groups(ctx context.Context, n int, away time.Duration) error {
	ours, err := reference.Load()
	if err != nil {
		return err
	}
	var places []string
	for _, a := range ours.AreaTeams() {
		places = append(places, a.Code)
	}
	for _, r := range ours.Regions() {
		places = append(places, r.Code)
	}
	for _, place := range places[:min(n, len(places))] {
		o, err := ours.GroupOpening(regime.FirstProfile(), place)
		if err != nil {
			return err
		}
		o.First = time.Now().Add(away).AddDate(0, 0, 21)
		if _, err := s.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: workflows.GroupID(place), TaskQueue: workflows.TaskQueue},
			workflows.GroupWorkflow, workflows.GroupInput{Schema: surveillance.Schema, Opening: &o, ClockOffset: away}); err != nil {
			return err
		}
	}
	return nil
}

// load is what many have done together.
type load struct {
	cost        spent
	acts, mails int
	acting      time.Duration // until the last act was answered
}

// together has people do deeds in all cases at once, and waits for the mails.
func (s *site) together(ctx context.Context, e extent, letters string, away time.Duration, of func(ref string) (int, []deed),
	opening bool) (load, error) {
	var out load
	var acts atomic.Int64
	before := s.mailed()
	var err error
	out.cost, err = s.during(s.worker.ID(), func() error {
		began := time.Now()
		refs, failed := make(chan string), make([]error, e.people)
		var people sync.WaitGroup
		for i := range e.people {
			people.Go(func() {
				for ref := range refs {
					if opening && failed[i] == nil {
						failed[i] = s.begin(ctx, ref, away)
					}
					if failed[i] != nil {
						continue
					}
					had, deeds := of(ref)
					failed[i] = take(ctx, s.cases, ref, had, deeds)
					acts.Add(int64(len(deeds)))
				}
			})
		}
		for i := range e.cases {
			refs <- refOf(letters, i)
		}
		close(refs)
		people.Wait()
		out.acting = time.Since(began)
		if err := errors.Join(failed...); err != nil {
			return err
		}
		mails, err := settled(ctx, s.mailed)
		out.mails = mails - before
		return err
	})
	out.acts = int(acts.Load())
	return out, err
}

func (l load) rows(what string) []row {
	return []row{
		{what: fmt.Sprintf("%d acts (%s): acts a second; with their %d mails a second", l.acts, what, l.mails),
			now: fmt.Sprintf("%.0f; %.0f", float64(l.acts)/l.acting.Seconds(), float64(l.mails)/l.cost.took.Seconds())},
		{what: "- CPU ms an act, mails included: server + worker", now: fmt.Sprintf("%.1f + %.1f",
			l.cost.server.Seconds()*1000/float64(l.acts), l.cost.worker.Seconds()*1000/float64(l.acts))},
	}
}

// storm waits for the moment at which all are reminded, and has a bare loop keep the same mails after it.
func (s *site) storm(ctx context.Context, moment time.Time, cases int) ([]row, error) {
	if late := time.Since(moment); late > 0 {
		return nil, fmt.Errorf("the reminders fell due %s before all was called: give it fewer cases", late.Round(time.Second))
	}
	before := s.mailed()
	if err := sleep(ctx, time.Until(moment)); err != nil {
		return nil, err
	}
	cost, err := s.during(s.worker.ID(), func() error {
		for began := time.Now(); s.mailed() == before && time.Since(began) < time.Minute; {
			if err := sleep(ctx, 20*time.Millisecond); err != nil {
				return err
			}
		}
		_, err := settled(ctx, s.mailed)
		return err
	})
	if err != nil {
		return nil, err
	}
	if s.mailed() == before {
		return nil, errors.New("nobody was reminded")
	}
	const still = 1500 * time.Millisecond // that settled waits for nothing
	n, took := s.mailed()-before, cost.took-still
	bare, err := s.bareLoop(ctx, n)
	if err != nil {
		return nil, err
	}
	each := func(d time.Duration) float64 { return d.Seconds() * 1000 / float64(max(n, 1)) }
	return []row{
		{what: fmt.Sprintf("Storm: %d reminders in %d cases due at one moment, until the last is kept: s", n, cases), now: fmt.Sprintf("%.1f", took.Seconds())},
		{what: "- the same number of mails of that length, kept by a bare loop without cases: s", now: fmt.Sprintf("%.1f", bare.Seconds())},
		{what: "- CPU ms a reminder: server + worker", now: fmt.Sprintf("%.1f + %.1f", each(cost.server), each(cost.worker))},
	}, nil
}

// bareLoop keeps as many mails, one after the other.
func (s *site) bareLoop(ctx context.Context, n int) (time.Duration, error) {
	box, err := outbox.New(filepath.Join(s.dir, "bare"))
	if err != nil {
		return 0, err
	}
	to, err := mail.ParseAddress("someone@bench.example")
	if err != nil {
		return 0, err
	}
	text := strings.Repeat("What is owed is to be done by the time that was agreed.\n", 36)
	began := time.Now()
	for i := range n {
		m := mail.Message{ID: fmt.Sprintf("bare-%d", i), CaseRef: "BARE-0000", At: began, To: to, From: to, ReplyTo: to, Subject: "A reminder", Text: text, HTML: "<p>" + text + "</p>"}
		if res := box.Send(ctx, m); res.Outcome != mail.Accepted {
			return 0, errors.New(res.Detail)
		}
	}
	return time.Since(began), nil
}
