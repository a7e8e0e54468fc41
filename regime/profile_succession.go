package regime

import (
	"fmt"
	"slices"
	"time"

	"holdthering/regime/words"
)

// UnknownBody is the *Mistake for a body that the profile does not have. It says who stands in its
// place, and which bodies there are: cases of several profiles run side by side, and what is right
// in one is wrong in another.
func (p *Profile) UnknownBody(q Party) error {
	text := fmt.Sprintf("%q is no body of profile %s, under which this runs.", q, p.Name)
	if h := p.heirs[q.Body()]; h != "" {
		text += " There " + p.BodyName(h) + " stands in its place."
	}
	names := make([]string, len(p.Bodies))
	for i, b := range p.Bodies {
		names[i] = b.Names[0]
	}
	return Mistakef("%s It knows %s.", text, words.List(names))
}

// LifeOf is when a body ended before the time of this profile, and when it begins after it; zero where neither is known.
func (p *Profile) LifeOf(b Body) (ended, begins time.Time) {
	was := false
	for _, l := range p.law.lineage() {
		for i, period := range l.periods {
			at := period.from
			if i == 0 {
				at = l.from
			}
			there := l.on(at).Knows(b)
			switch {
			case at.After(p.at) && there && begins.IsZero():
				begins = at
			case !at.After(p.at) && was && !there:
				ended = at
			case !at.After(p.at) && there:
				ended = time.Time{}
			}
			was = there
		}
	}
	return ended, begins
}

// UnknownBodyAmong refuses the first of the parties that the profile does not have.
func (p *Profile) UnknownBodyAmong(parties []Party) error {
	for _, q := range parties {
		if !p.Knows(q.Body()) {
			return p.UnknownBody(q)
		}
	}
	return nil
}

// RemovedRow is a row of the base that a profile does not have.
type RemovedRow struct {
	Section string `json:"section"` // "bodies"
	Key     string `json:"key"`     // "MONITOR"
	Source  string `json:"source"`
	Basis   Basis  `json:"basis"`
}

// succession says who stands in the place of a body that is no more.
type succession struct {
	p    *Profile
	heir map[Body]Body
}

// succeed puts a successor wherever a table still names the body before it, and leaves out a
// body that has none. What one body then says twice it says once.
func (p *Profile) succeed() error {
	p.heirs = map[Body]Body{}
	s := succession{p, p.heirs}
	for _, b := range p.Bodies {
		for _, old := range b.Succeeds {
			if p.Knows(old) {
				return fmt.Errorf("%s succeeds %s, which is still there", b.Code, old)
			}
			s.heir[old] = b.Code
		}
	}
	for i := range p.Providers {
		s.provider(&p.Providers[i])
	}
	for i := range p.Powers {
		if err := s.power(&p.Powers[i]); err != nil {
			return err
		}
	}
	for i := range p.Matrix {
		p.Matrix[i].Cells = s.cells(p.Matrix[i].Cells)
	}
	for i := range p.Parts {
		p.Parts[i].Bodies = s.all(p.Parts[i].Bodies)
	}
	for i := range p.Professions {
		p.Professions[i].Regulator = s.one(p.Professions[i].Regulator)
	}
	for i := range p.Levels {
		p.Levels[i].SetBy = s.all(p.Levels[i].SetBy)
	}
	p.Seats = s.seats(p.Seats)
	return nil
}

// one is the body itself, its successor, or "".
func (s succession) one(b Body) Body {
	if s.p.Knows(b) {
		return b
	}
	return s.heir[b]
}

func (s succession) all(bodies []Body) []Body {
	var out []Body
	for _, b := range bodies {
		if h := s.one(b); h != "" && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

func (s succession) provider(r *ProviderRow) {
	for _, b := range []*Body{&r.Decider, &r.Perf, &r.PerformanceManager, &r.SuggestedRingHolder, &r.DefaultRingHolder,
		&r.AdministrationApprovedBy,
		&r.AdministrationBy} {
		*b = s.one(*b)
	}
	r.Relevant, r.CommissionedBy = s.all(r.Relevant), s.all(r.CommissionedBy)
}

// power keeps a power from falling to everybody when its owner is gone: no owner means every
// statutory organisation.
func (s succession) power(r *PowerRow) error {
	owned := len(r.Owners) > 0
	r.Owners, r.LiftedBy = s.all(r.Owners), s.all(r.LiftedBy)
	if owned && len(r.Owners) == 0 {
		return fmt.Errorf("power %s has lost its owner: remove it or name another", r.ID)
	}
	r.Also = slices.DeleteFunc(r.Also, func(a AlsoTell) bool { return s.one(a.Body) == "" })
	for i := range r.Also {
		r.Also[i].Body = s.one(r.Also[i].Body)
	}
	return nil
}

// sharing is the order in which one of several cells of a body is kept.
var sharing = []SharingLevel{Must, Own, Should, Consider, Forum}

func (s succession) cells(cells []MatrixCell) []MatrixCell {
	var out []MatrixCell
	for _, c := range cells {
		if !slices.Contains(matrixRoles, c.To) {
			c.To = string(s.one(Body(c.To)))
		}
		at := slices.IndexFunc(out, func(o MatrixCell) bool { return o.To == c.To })
		switch {
		case c.To == "":
		case at < 0:
			out = append(out, c)
		case slices.Index(sharing, c.Level) < slices.Index(sharing, out[at].Level):
			out[at] = c
		}
	}
	return out
}

func (s succession) seats(seats []SeatRow) []SeatRow {
	var out []SeatRow
	for _, r := range seats {
		r.Body = s.one(r.Body)
		taken := slices.ContainsFunc(out, func(o SeatRow) bool { return o.Body == r.Body })
		if r.Body != "" && !taken {
			out = append(out, r)
		}
	}
	return out
}
