package pages

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"holdthering/cases"
	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// groupPrefix begins the reference of a group.
const groupPrefix = "group-"

// file is the case or group that a link is about, as it may be shown to those at its table.
type file struct {
	failure *failure.Case // one of the two is nil
	group   *surveillance.Group
	place   string // of a group
	ledger  *ledger.Ledger
	now     time.Time // its own
}

// bearer is who holds a link that lives.
type bearer struct {
	link.Link
	file
	notice ledger.Notice
	// levels are the contacts that the directory lists for the party, and persons who answers at each.
	levels  []regime.Level
	persons []string
}

func (f file) name(p regime.Party) string {
	if f.group != nil {
		return f.group.Name(p)
	}
	return f.failure.Name(p)
}

func (f file) demonstration() bool {
	if f.group != nil {
		return f.group.Demonstration
	}
	return f.failure.Demonstration
}

func (f file) profile() *regime.Profile {
	if f.group != nil {
		return f.group.LawNow()
	}
	return f.failure.LawNow()
}

// inspector is who inspects by the law of the case or group.
func (f file) inspector() regime.Party {
	if f.group != nil {
		return f.group.Inspector()
	}
	return f.failure.Inspector()
}

// atTable reports whether the party is at the table of the case or group.
func (f file) atTable(p regime.Party) bool {
	if f.group != nil {
		return f.group.IsMember(p)
	}
	return f.failure.IsMember(p)
}

// members are those at the table.
func (f file) members() []regime.Party {
	var out []regime.Party
	if f.group != nil {
		for _, m := range f.group.Members {
			out = append(out, m.Party)
		}
		return out
	}
	for _, m := range f.failure.Members {
		out = append(out, m.Party)
	}
	return out
}

// open finds what the link is about. The error is link.ErrDead, or why nobody could be asked.
func (p *Pages) open(ctx context.Context, l link.Link) (bearer, error) {
	f, err := p.fetch(ctx, l.Ref)
	if err != nil {
		return bearer{}, err
	}
	b := bearer{Link: l, file: f}
	named := func(n ledger.Notice) bool { return n.ID == l.Notice }
	at := slices.IndexFunc(f.ledger.Notices, named)
	if at < 0 && f.ledger.Past.Parts > 0 { // it may have left for the register
		if b.file, err = f.whole(ctx, p.Cases); err != nil {
			return bearer{}, orDead(err)
		}
		f = b.file
		at = slices.IndexFunc(f.ledger.Notices, named)
	}
	if at < 0 {
		return bearer{}, link.ErrDead
	}
	b.notice = f.ledger.Notices[at]
	if end := f.ledger.LinkEnds(b.notice); !end.IsZero() && !f.now.Before(end) && l.Live(f.now) != nil {
		return bearer{}, link.ErrDead
	}
	told := slices.ContainsFunc(b.notice.To, func(r ledger.Recipient) bool {
		return r.Party == l.Party && r.Level == l.Level && !r.NoLink
	})
	sentTo := func(address string) bool { return p.Keys.SentTo(l, address) }
	if !told || !p.Contacts.Has(l.Party, sentTo) && !(f.failure != nil && f.guestAt(l.Party, sentTo)) {
		return bearer{}, link.ErrDead
	}
	b.levels, b.persons = p.Contacts.Levels(l.Party)
	return b, nil
}

// whole is the file with all that has left for the register.
func (f file) whole(ctx context.Context, all cases.Cases) (file, error) {
	if f.group != nil {
		s := cases.GroupSnapshot{}
		s.Group = f.group
		s, err := all.WholeGroup(ctx, f.place, s)
		f.group, f.ledger = s.Group, &s.Group.Ledger
		return f, err
	}
	s := cases.Snapshot{}
	s.Case = f.failure
	s, err := all.Whole(ctx, s)
	f.failure, f.ledger = s.Case, &s.Case.Ledger
	return f, err
}

// fetch is a case or group as it is now, or was a moment ago.
func (p *Pages) fetch(ctx context.Context, ref string) (file, error) {
	a, err := p.known.get(ctx, ref, p.Fresh, func(ctx context.Context) (answered, error) { return p.asked(ctx, ref) })
	if err != nil {
		return file{}, err
	}
	a.now = cases.Clock(p.Now(), a.last, a.offset, a.standing)
	return a.file, nil
}

func (p *Pages) asked(ctx context.Context, ref string) (answered, error) {
	if place, group := strings.CutPrefix(ref, groupPrefix); group {
		s, err := p.Cases.Group(ctx, place)
		if err != nil {
			return answered{}, orDead(err)
		}
		g := s.Group.Public()
		return answered{file{group: g, place: place, ledger: &g.Ledger}, s.Now, s.ClockOffset, s.Standing}, nil
	}
	s, err := p.Cases.Snapshot(ctx, ref)
	if err != nil {
		return answered{}, orDead(err)
	}
	c := s.Case.Public()
	return answered{file{failure: c, ledger: &c.Ledger}, s.Now, s.ClockOffset, s.Standing}, nil
}

// guestAt reports whether a guest that still takes part is told at that address.
func (f file) guestAt(p regime.Party, meant func(string) bool) bool {
	g, ok := f.failure.Guest(p)
	return ok && g.Ended.IsZero() && meant(g.Contact)
}

// orDead leaves apart what is nobody's link from what cannot be asked now.
func orDead(err error) error {
	var gone *cases.Unreachable
	if errors.As(err, &gone) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return err
	}
	return link.ErrDead
}
