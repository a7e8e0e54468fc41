package regime

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"holdthering/regime/calendar"
)

// law is one profile over its years. A profile is read at a moment: each row that has a "from" or
// an "until" (both days of the row itself, in UK time) is laid over the rows without one in the
// periods in which it holds, and the same tables come out that a profile without dates has.
type law struct {
	name        string
	tables      object
	from, until time.Time             // the first moment, and the first after the last; zero: open
	dated       map[string][]datedRow // by the table's name
	periods     []*lawPeriod
}

// lawPeriod is a stretch of time in which nothing in a profile changes.
type lawPeriod struct {
	from time.Time // zero for the first
	read func() (*Profile, error)
}

// datedRow holds from the first moment of one day to the last of another; without a day, always.
type datedRow struct {
	row         object
	from, until time.Time
}

// span are the days of a row or of a profile. They are taken out of it: no table has them.
func span(row object) (from, until time.Time, err error) {
	if from, err = dayOf(row, "from"); err != nil {
		return
	}
	if until, err = dayOf(row, "until"); err != nil || until.IsZero() {
		return
	}
	until = dayAfter(until)
	if !until.After(from) {
		err = fmt.Errorf("it ends before it begins")
	}
	return
}

func dayAfter(t time.Time) time.Time { return calendar.MustPeriod("1d").After(t) }

func dayOf(row object, key string) (time.Time, error) {
	raw, ok := row[key]
	if !ok {
		return time.Time{}, nil
	}
	delete(row, key)
	t, err := calendar.ParseInstant(text(raw))
	if err != nil {
		return t, fmt.Errorf("%s: %w", key, err)
	}
	return t, nil
}

// readLaw reads a profile that is written whole, or only as what differs from the last day of
// another (see overlay).
func readLaw(raw []byte, base func(string) ([]byte, bool)) (*law, error) {
	l := &law{}
	if err := json.Unmarshal(raw, &l.tables); err != nil {
		return nil, err
	}
	if err := l.takeDated(); err != nil {
		return nil, err
	}
	if name := text(l.tables["basedOn"]); name != "" {
		below, ok := base(name)
		if !ok {
			return nil, fmt.Errorf("it is based on %q, which is not there", name)
		}
		var err error
		if l.tables, err = overlay(below, l.tables); err != nil {
			return nil, err
		}
	}
	l.name = text(l.tables["name"])
	l.cut()
	return l, nil
}

// takeDated takes the rows with a day out of a profile, and its own span.
func (l *law) takeDated() (err error) {
	if l.from, l.until, err = span(l.tables); err != nil {
		return err
	}
	l.dated = map[string][]datedRow{}
	for _, s := range sections {
		if s.name == "changes" || !bytes.Contains(l.tables[s.name], []byte(`"from"`)) && !bytes.Contains(l.tables[s.name], []byte(`"until"`)) {
			continue
		}
		var rows, always []object
		if err := unmarshalRows(l.tables[s.name], &rows); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		for _, r := range rows {
			from, until, err := span(r)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", s.name, s.keyOf(r), err)
			}
			if from.IsZero() && until.IsZero() {
				always = append(always, r)
				continue
			}
			if err := s.speaksForItself(r); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			l.dated[s.name] = append(l.dated[s.name], datedRow{r, from, until})
		}
		l.tables[s.name] = writtenRows(always)
	}
	return nil
}

// cut makes the periods: one from each day on which a row begins or has ended.
func (l *law) cut() {
	days := []time.Time{{}}
	for _, rows := range l.dated {
		for _, r := range rows {
			for _, day := range []time.Time{r.from, r.until} {
				if !day.IsZero() && day.After(l.from) && (l.until.IsZero() || day.Before(l.until)) {
					days = append(days, day)
				}
			}
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	days = slices.CompactFunc(days, time.Time.Equal)
	for _, day := range days {
		at := day
		if day.IsZero() {
			at = l.from
		}
		p := &lawPeriod{from: day}
		p.read = sync.OnceValues(func() (*Profile, error) { return l.readAt(at) })
		l.periods = append(l.periods, p)
	}
}

// tablesAt are the profile's tables as they hold at a moment.
func (l *law) tablesAt(at time.Time) ([]byte, error) {
	above := object{}
	for _, s := range sections {
		var hold []datedRow
		for _, r := range l.dated[s.name] {
			if !at.Before(r.from) && (r.until.IsZero() || at.Before(r.until)) {
				hold = append(hold, r)
			}
		}
		slices.SortStableFunc(hold, func(a, b datedRow) int { return a.from.Compare(b.from) })
		if len(hold) > 0 {
			rows := make([]object, len(hold))
			for i, r := range hold {
				rows[i] = r.row
			}
			above[s.name] = writtenRows(rows)
		}
	}
	return l.laidOver(above)
}

// laidOver lays the rows of a period over those that always hold; these keep their basis.
func (l *law) laidOver(above object) ([]byte, error) {
	below := object{}
	for k, v := range l.tables {
		below[k] = v
	}
	var gone []RemovedRow
	for _, s := range sections {
		if above[s.name] == nil {
			continue
		}
		rows, removed, err := s.put(below[s.name], above[s.name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		below[s.name], gone = rows, append(gone, removed...)
	}
	if err := keepGone(below, gone); err != nil {
		return nil, err
	}
	return written(below), nil
}

func (l *law) readAt(at time.Time) (*Profile, error) {
	raw, err := l.tablesAt(at)
	if err != nil {
		return nil, err
	}
	p := new(Profile)
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(p); err != nil {
		return nil, err
	}
	p.law, p.at, p.tables, p.rows = l, at, raw, sync.OnceValue(func() []LawRow { return lawRows(p) })
	if err := p.succeed(); err != nil {
		return nil, err
	}
	return p, p.index()
}

// covers reports whether a moment lies in the profile's years.
func (l *law) covers(at time.Time) bool {
	return !at.Before(l.from) && (l.until.IsZero() || at.Before(l.until))
}

// on is the profile as it is at a moment of its years, else as on its first day.
func (l *law) on(at time.Time) *Profile {
	period := l.periods[0]
	if l.covers(at) {
		for _, p := range l.periods[1:] {
			if !at.Before(p.from) {
				period = p
			}
		}
	}
	p, err := period.read()
	if err != nil { // a shipped profile is broken, which a test would have told
		panic(fmt.Errorf("profile %s: %w", l.name, err))
	}
	return p
}

// Covers reports whether a moment lies in the profile's years.
func (p *Profile) Covers(at time.Time) bool { return p.law.covers(at) }

// Years says from when until when the profile is the law: "from 1 July 2022 until 7 September 2025".
func (p *Profile) Years() string {
	out := "from " + calendar.Day(p.law.from)
	if !p.law.until.IsZero() {
		out += " until " + calendar.Day(p.law.until.Add(-time.Second))
	}
	return out
}

// Misfit says that the profile is not the law of a day, and which profile is; empty where it is.
func (p *Profile) Misfit(day time.Time) string {
	if p.Covers(day) {
		return ""
	}
	text := p.Name + " is the law " + p.Years() + ", and not on " + calendar.Day(day) + ": "
	if other := ProfileFor(day); other.Covers(day) {
		return text + "that is " + other.Name + "."
	}
	return text + "no profile is of that day."
}

// Periods are the first moments of the stretches in which nothing in the profile changes.
func (p *Profile) Periods() []time.Time {
	out := []time.Time{p.law.from}
	for _, q := range p.law.periods[1:] {
		out = append(out, q.from)
	}
	return out
}

// BodiesEver are the bodies of all profiles and all their years, each once, with all the names that
// it ever had.
func BodiesEver() []BodyRow { return bodiesEver() }

// They are read from the files as those are: what a profile carries over, the one before it has.
var bodiesEver = sync.OnceValue(func() []BodyRow {
	var out []BodyRow
	for _, o := range outlines() {
		for _, dated := range []bool{false, true} { // those without a day first
			for _, r := range o.Bodies {
				if (r.From+r.Until != "") == dated && !r.Remove {
					out = withBody(out, r.BodyRow)
				}
			}
		}
	}
	return out
})

func withBody(all []BodyRow, row BodyRow) []BodyRow {
	at := slices.IndexFunc(all, func(b BodyRow) bool { return b.Code == row.Code })
	if at < 0 {
		return append(all, row)
	}
	for _, name := range row.Names {
		if !slices.Contains(all[at].Names, name) {
			all[at].Names = append(all[at].Names, name)
		}
	}
	return all
}

// NextChange is the first moment after one at which the law of the profile changes or ends; zero
// where no day is known.
func (p *Profile) NextChange(after time.Time) time.Time {
	for _, q := range p.law.periods[1:] {
		if q.from.After(after) {
			return q.from
		}
	}
	return p.law.until
}

// Heir is the body that stands in the place of one that is no more; empty where none does, or the
// body is still there.
func (p *Profile) Heir(b Body) Body { return p.heirs[b] }

// PlannedHeir is who is to take the place of a body by a law without a known day; empty where none is planned.
func (p *Profile) PlannedHeir(b Body) Body {
	for _, r := range p.Bodies {
		if slices.Contains(r.Planned, b) {
			return r.Code
		}
	}
	return ""
}

// HeirOf is who takes a party's place where the profile alone says so: in the same area, in the region, or
// in the country; the party itself where it has no heir.
func (p *Profile) HeirOf(q Party, region string) Party {
	switch h := p.Heir(q.Body()); {
	case h == "":
		return q
	case p.OnePerArea(h):
		return PartyOf(h, q.Unit())
	case h == p.Part(RegionalOffice):
		return PartyOf(h, region)
	default:
		return Party(h)
	}
}
