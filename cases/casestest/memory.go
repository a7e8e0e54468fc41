// Package casestest holds cases and groups in memory, for tests of what asks them: the real rules, with
// neither a server nor a mail.
package casestest

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// Memory keeps cases and groups as long as it lives. Its clock stands where it was put.
type Memory struct {
	mu     sync.Mutex
	now    time.Time
	cases  map[string]*failure.Case
	groups map[string]*surveillance.Group
	told   map[string]string // of each case, what its groups were last told
	// Err, when set, answers every question.
	Err error
	// Standings are how cases and groups are at the server, by reference and place; one that is
	// not named is well.
	Standings map[string]cases.Standing
}

var _ cases.Cases = (*Memory)(nil)

// At is an empty memory whose clock shows now.
func At(now time.Time) *Memory {
	return &Memory{now: now, cases: map[string]*failure.Case{}, groups: map[string]*surveillance.Group{},
		told: map[string]string{}}
}

// Pass lets time go by in every case and group.
func (m *Memory) Pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
	for _, c := range m.cases {
		m.ring(c)
	}
	for _, g := range m.groups {
		m.ring(g)
	}
	m.spread()
}

// ring lets every alarm go off that is due.
func (m *Memory) ring(l interface {
	NextDue() (ledger.NextDue, bool)
	Tick(now time.Time)
}) {
	for a, ok := l.NextDue(); ok && !a.At.After(m.now); a, ok = l.NextDue() {
		l.Tick(a.At)
	}
}

// Now is what the clock shows.
func (m *Memory) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Open begins a case, unless the first act is refused.
func (m *Memory) Open(_ context.Context, o failure.Opening, req ledger.Request, act failure.Act) (
	ledger.Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Err != nil {
		return ledger.Receipt{}, m.Err
	}
	c := m.cases[o.Ref]
	for ref, other := range m.cases {
		if c == nil && !req.Again && other.Provider.Code == o.Provider.Code && other.Stage != regime.Closed &&
			!m.Standings[ref].Dead() {
			return ledger.Receipt{}, &cases.Taken{Provider: o.Provider.Code, Ref: ref}
		}
	}
	if c == nil {
		var err error
		if c, err = failure.Open(o, m.now); err != nil {
			return ledger.Receipt{}, err
		}
	}
	receipt, err := c.Perform(req, act, m.now)
	if err == nil {
		m.cases[o.Ref] = c
		m.spread()
	}
	return receipt, err
}

// Act does an act.
func (m *Memory) Act(_ context.Context, ref string, req ledger.Request, act failure.Act) (
	ledger.Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.find(ref)
	if err == nil {
		err = m.takes(ref)
	}
	if err != nil {
		return ledger.Receipt{}, err
	}
	receipt, err := c.Perform(req, act, m.now)
	m.spread()
	return receipt, err
}

// Snapshot is a copy of the case.
func (m *Memory) Snapshot(_ context.Context, ref string) (cases.Snapshot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.find(ref)
	if err != nil {
		return cases.Snapshot{}, err
	}
	raw, err := json.Marshal(workflows.Snapshot{Case: c.Public(), Now: m.now})
	if err != nil {
		return cases.Snapshot{}, err
	}
	s := cases.Snapshot{Standing: m.Standings[ref]}
	return s, json.Unmarshal(raw, &s.Snapshot)
}

// Whole is the case itself: nothing leaves it here.
func (m *Memory) Whole(_ context.Context, s cases.Snapshot) (cases.Snapshot, error) { return s, nil }

// WholeGroup is the group itself.
func (m *Memory) WholeGroup(_ context.Context, _ string, s cases.GroupSnapshot) (cases.GroupSnapshot, error) {
	return s, nil
}

// Revive takes back that a case has died.
func (m *Memory) Revive(_ context.Context, ref, _ string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := m.find(ref); err != nil {
		return err
	}
	return m.alive(ref, "case "+ref)
}

// Forget takes a closed case away.
func (m *Memory) Forget(_ context.Context, ref string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.cases[ref]
	switch {
	case m.Err != nil:
		return 0, m.Err
	case c == nil:
		return 0, nil
	case c.Stage != regime.Closed:
		return 0, &regime.Mistake{Reason: "case " + ref + " has not come to its own end; nothing of it is erased."}
	}
	delete(m.cases, ref)
	return 1, nil
}

func (m *Memory) alive(name, what string) error {
	if !m.Standings[name].Dead() {
		return &regime.Mistake{Reason: what + " is not dead; nothing was done."}
	}
	delete(m.Standings, name)
	return nil
}

// takes refuses an act in what has died.
func (m *Memory) takes(name string) error {
	if s := m.Standings[name]; s.Dead() {
		return &cases.Unreachable{Reason: s.String() + " Nothing was recorded now.", Dead: true}
	}
	return nil
}

// stands is for a row of the list.
func (m *Memory) stands(name string) *cases.Standing {
	s := m.Standings[name]
	if !s.Wrong() {
		return nil
	}
	return &s
}

func (m *Memory) find(ref string) (*failure.Case, error) {
	if m.Err != nil {
		return nil, m.Err
	}
	if c := m.cases[ref]; c != nil {
		return c, nil
	}
	return nil, cases.NoCase(ref)
}

// List shows the same of a case as its search attributes do.
func (m *Memory) List(_ context.Context, f cases.Filter) ([]cases.Row, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Err != nil {
		return nil, m.Err
	}
	var rows []cases.Row
	for _, c := range m.cases {
		if r := m.row(c); lets(f, r) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, cases.Soonest)
	return rows, nil
}

func (m *Memory) row(c *failure.Case) cases.Row {
	r := cases.Row{Ref: c.Ref, Stage: c.Stage, RingHolder: c.Ring.Holder, Provider: c.Provider.Code,
		ProviderType: c.Provider.Type, Area: c.Provider.AreaTeam, Measures: "NONE",
		Overdue: c.CountOverdue(m.now), Standing: m.stands(c.Ref),
		Ended: c.Stage == regime.Closed && !m.now.Before(c.AftercareEnds())}
	if e, ok := c.Episode(); ok {
		r.Measures = e.State
	}
	if open := c.OpenDuties(); len(open) > 0 {
		r.NextDue = open[0].Due
	}
	if h, held := c.HeldMails(m.now); held {
		r.Held = h.Mails
	}
	return r
}

// Mail answers every mail that is to go now as a channel would.
func (m *Memory) Mail(answer ledger.SendResult) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.cases {
		m.post(c, answer)
	}
	for _, g := range m.groups {
		m.post(g, answer)
	}
}

func (m *Memory) post(l interface {
	ToSend(now time.Time) []ledger.Notice
	RecordSent(results []ledger.SendResult, now time.Time)
}, answer ledger.SendResult) {
	var ts []ledger.SendResult
	for _, n := range l.ToSend(m.now) {
		for _, r := range n.To {
			t := answer
			t.Notice, t.Party, t.Level, t.Round = n.ID, r.Party, r.Level, r.Round
			ts = append(ts, t)
		}
	}
	l.RecordSent(ts, m.now)
}

func lets(f cases.Filter, r cases.Row) bool {
	return (f.Stage == "" || f.Stage == r.Stage) && (f.Provider == "" || f.Provider == r.Provider) &&
		(f.Area == "" || f.Area == r.Area) && (!f.Overdue || r.Overdue > 0 || r.Dead()) && (f.Ended || !r.Ended)
}

// Close does nothing.
func (m *Memory) Close() {}

// RecordSent has a case know what became of mails of its.
func (m *Memory) RecordSent(ref string, ts []ledger.SendResult) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.cases[ref]; c != nil {
		c.RecordSent(ts, m.now)
	}
}
