package ledgertest

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// owed is what was open before an act: of each duty that its owner had been told of whose it was, and of each matter that was
// to be put to rest who had agreed to it or been told.
type owed struct {
	duties  map[string]regime.Party
	matters map[string][]regime.Party
	notices map[string]bool // what had been told, by its number: old ones leave
}

func (g *Game) owed() owed {
	l := g.Book()
	o := owed{duties: map[string]regime.Party{}, matters: map[string][]regime.Party{}, notices: map[string]bool{}}
	for i := range l.Notices {
		o.notices[l.Notices[i].ID] = true
	}
	for _, d := range l.Duties {
		if d.Open() {
			o.duties[d.ID] = ""
		}
	}
	for i := range l.Notices {
		if id := l.Notices[i].Duty; id != "" {
			if _, open := o.duties[id]; open {
				d := l.Duties[slices.IndexFunc(l.Duties, func(d ledger.Duty) bool { return d.ID == id })]
				if owner := l.OwnerOf(d); told(l.Notices[i:i+1], owner) {
					o.duties[id] = owner
				}
			}
		}
	}
	for i := range l.Agreements {
		if a := &l.Agreements[i]; a.Open() {
			o.matters[a.ID] = slices.Concat(a.Told, a.Agreed)
		}
	}
	return o
}

func told(ns []ledger.Notice, p regime.Party) bool {
	return slices.ContainsFunc(ns, func(n ledger.Notice) bool { return slices.Contains(ledger.PartiesOf(n.To), p) })
}

// nothingEndedQuietly: whose duty an act of another has ended, and whose agreement it has overtaken, is told something by
// that act (R131); a body that is no more is told nothing (R114).
func (g *Game) nothingEndedQuietly(was owed, by ...regime.Party) {
	l := g.Book()
	since := slices.DeleteFunc(slices.Clone(l.Notices), func(n ledger.Notice) bool { return was.notices[n.ID] })
	for i := range l.Duties {
		d := &l.Duties[i]
		owner := was.duties[d.ID]
		if owner == "" || d.Open() || slices.Contains(by, owner) || slices.Contains(by, l.Today(owner)) {
			continue
		}
		Must(told(since, owner) || l.Gone(owner), "R131: whose duty an act ends is told", d)
	}
	for i := range l.Agreements {
		a := &l.Agreements[i]
		if a.Outcome != ledger.Overtaken {
			continue
		}
		for _, p := range was.matters[a.ID] {
			Must(slices.Contains(by, p) || slices.Contains(by, l.Today(p)) || told(since, p) || l.Gone(p), "R131: whose agreement an act overtakes is told", a)
		}
	}
}
