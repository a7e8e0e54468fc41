package casestest

import (
	"context"
	"encoding/json"
	"slices"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// StartGroup begins a group, unless there is one.
func (m *Memory) StartGroup(_ context.Context, o surveillance.Opening) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Err != nil {
		return false, m.Err
	}
	g, err := surveillance.Open(o, m.now)
	if err == nil {
		err = m.takes(g.Place())
	}
	if err != nil || m.groups[g.Place()] != nil {
		return false, err
	}
	m.groups[g.Place()] = g
	return true, nil
}

// ActInGroup does an act.
func (m *Memory) ActInGroup(_ context.Context, place string, req ledger.Request,
	act surveillance.Act) (ledger.Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	g, err := m.group(place)
	if err == nil {
		err = m.takes(place)
	}
	if err != nil {
		return ledger.Receipt{}, err
	}
	receipt, err := g.Perform(req, act, m.now)
	m.spread()
	return receipt, err
}

// Sources asks who told a group something in confidence.
func (m *Memory) Sources(_ context.Context, place string, p regime.Party) ([]surveillance.ProtectedSource, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	g, err := m.group(place)
	if err != nil {
		return nil, err
	}
	return g.Sources(p)
}

// Group is a copy of the group.
func (m *Memory) Group(_ context.Context, place string) (cases.GroupSnapshot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	g, err := m.group(place)
	if err != nil {
		return cases.GroupSnapshot{}, err
	}
	raw, err := json.Marshal(workflows.GroupSnapshot{Group: g.Public(), Now: m.now})
	if err != nil {
		return cases.GroupSnapshot{}, err
	}
	s := cases.GroupSnapshot{Standing: m.Standings[place]}
	return s, json.Unmarshal(raw, &s.GroupSnapshot)
}

// ReviveGroup takes back that a group has died.
func (m *Memory) ReviveGroup(_ context.Context, place, _ string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := m.group(place); err != nil {
		return err
	}
	return m.alive(place, "the group of "+place)
}

func (m *Memory) group(place string) (*surveillance.Group, error) {
	if m.Err != nil {
		return nil, m.Err
	}
	if g := m.groups[place]; g != nil {
		return g, nil
	}
	return nil, &regime.Mistake{Reason: "There is no group of " + place + " yet; 'group start' starts it."}
}

// ListGroups shows the same of a group as its search attributes do.
func (m *Memory) ListGroups(_ context.Context, f cases.GroupFilter) ([]cases.GroupRow, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Err != nil {
		return nil, m.Err
	}
	var rows []cases.GroupRow
	for place, g := range m.groups {
		r := cases.GroupRow{Place: place, Overdue: g.CountOverdue(m.now), Ended: !g.Ended.IsZero(),
			Standing: m.stands(place)}
		if h, held := g.HeldMails(m.now); held {
			r.Held = h.Mails
		}
		if open := g.OpenDuties(); len(open) > 0 {
			r.NextDue = open[0].Due
		}
		if r.Standing != nil && r.Standing.Dead() || (!f.Overdue || r.Overdue > 0) && (f.Ended || !r.Ended) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, cases.SoonestGroup)
	return rows, nil
}
