package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/activities/directory"
	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/verbs"
)

// outlook is what an act would lead to. It was done in a copy, by the rules that the case or group itself follows,
// and nothing was sent or changed.
type outlook struct {
	DryRun   bool   `json:"dryRun"` // always
	Case     string `json:"case,omitempty"`
	Group    string `json:"group,omitempty"`
	Opens    bool   `json:"opensCase,omitempty"`
	About    string `json:"about,omitempty"` // provider of a new case
	Repeated bool   `json:"repeated,omitempty"`
	Entry    string `json:"entry"`
	// Then are entries that the clock or the rules would add by themselves at the same moment.
	Then  []string      `json:"then,omitempty"`
	Owed  []outlookDue  `json:"opens"`
	Moved []outlookDue  `json:"moves"`
	Ended []outlookDue  `json:"ends"`
	Mails []outlookMail `json:"mails"`
	Stage string        `json:"stage,omitempty"` // in words, afterwards
	Next  string        `json:"next,omitempty"`
}

// outlookDue is a duty that the act would open, move or end.
type outlookDue struct {
	Duty  string    `json:"duty"`
	Who   string    `json:"who"`
	What  string    `json:"what"`
	By    time.Time `json:"by"`
	Was   time.Time `json:"was,omitzero"`
	How   string    `json:"how,omitempty"` // it ended
	words string
}

// outlookMail is a mail that one contact would get.
type outlookMail struct {
	Notice  string       `json:"notice"`
	Subject string       `json:"subject"`
	Party   regime.Party `json:"party"`
	Name    string       `json:"name"`
	Level   regime.Level `json:"level"`
	// Person is who that is by the directory in use; Problem, why nobody is there.
	Person  string    `json:"person,omitempty"`
	Problem string    `json:"problem,omitempty"`
	At      time.Time `json:"at,omitzero"` // zero: at once
}

// actedIn is a copy of a case or a group.
type actedIn interface {
	OpenDuties() []ledger.Duty
	Name(p regime.Party) string
	Says(d ledger.Duty) string
	How(d ledger.Duty) string
	LawNow() *regime.Profile
}

// foresee does an act in a copy of its case and says what came of it.
func (a *app) foresee(ctx context.Context, c cases.Cases, p verbs.Parsed) (outlook, error) {
	if p.Opening != nil {
		k, err := failure.Open(*p.Opening, a.now())
		if err != nil {
			return outlook{}, err
		}
		f, err := a.foreseeIn(k, p.Request, p.Act, a.now())
		f.Opens, f.About = true, p.Opening.Provider.Name+" ("+p.Opening.Provider.Code+")"
		return f, err
	}
	s, err := c.Snapshot(ctx, p.Case)
	if err != nil {
		return outlook{}, a.orNear(ctx, c, p.Case, err)
	}
	if s.Standing.Dead() {
		return outlook{}, &cases.Unreachable{Reason: s.Standing.String(), Dead: true}
	}
	return a.foreseeIn(s.Case, p.Request, p.Act, a.timeIn(s.Now, s.ClockOffset, s.Standing))
}

func (a *app) foreseeIn(k *failure.Case, req ledger.Request, act failure.Act, now time.Time) (outlook, error) {
	f := outlook{DryRun: true, Case: k.Ref}
	err := a.watched(&f, k, &k.Ledger, now, func() (ledger.Receipt, error) {
		return a.sure(req, false, func(r ledger.Request) (ledger.Receipt, error) { return k.Perform(r, act, now) })
	})
	return f, err
}

func (a *app) foreseeInGroup(ctx context.Context, c cases.Cases, p verbs.GroupParsed) (outlook, error) {
	s, err := c.Group(ctx, p.Place)
	if err != nil {
		return outlook{}, err
	}
	if s.Standing.Dead() {
		return outlook{}, &cases.Unreachable{Reason: s.Standing.String(), Dead: true}
	}
	f, g, now := outlook{DryRun: true, Group: p.Place}, s.Group, a.timeIn(s.Now, s.ClockOffset, s.Standing)
	err = a.watched(&f, g, &g.Ledger, now, func() (ledger.Receipt, error) {
		return a.sure(p.Request, false, func(r ledger.Request) (ledger.Receipt, error) { return g.Perform(r, p.Act, now) })
	})
	return f, err
}

// watched does the act and compares the ledger with what it was.
func (a *app) watched(f *outlook, in actedIn, l *ledger.Ledger, now time.Time, act func() (ledger.Receipt, error)) error {
	before := map[string]ledger.Duty{}
	for _, d := range l.Duties {
		before[d.ID] = d
	}
	entries, notices := len(l.Entries), len(l.Notices)
	receipt, err := act()
	if err != nil {
		return err
	}
	f.Entry, f.Repeated, f.Next = receipt.Entry.Text, receipt.Repeated, receipt.Next
	f.Stage = cmp.Or(receipt.StageWords, receipt.Stage.Words())
	f.Owed, f.Moved, f.Ended, f.Mails = []outlookDue{}, []outlookDue{}, []outlookDue{}, []outlookMail{}
	shown := public(in)
	for _, e := range shown.entries[min(entries, len(shown.entries)):] {
		if e.N != receipt.Entry.N {
			f.Then = append(f.Then, e.Text)
		}
	}
	for _, d := range shown.duties {
		f.duty(in, d, before)
	}
	f.mails(a.namedIn(), in, shown.notices[min(notices, len(shown.notices)):], now)
	return nil
}

// shownLedger is what all may know of a case or a group.
type shownLedger struct {
	entries []ledger.Entry
	duties  []ledger.Duty
	notices []ledger.Notice
}

func public(in actedIn) shownLedger {
	var l ledger.Ledger
	switch x := in.(type) {
	case *failure.Case:
		l = x.Public().Ledger
	case *surveillance.Group:
		l = x.Public().Ledger
	}
	return shownLedger{l.Entries, l.Duties, l.Notices}
}

func (f *outlook) duty(in actedIn, d ledger.Duty, before map[string]ledger.Duty) {
	was, old := before[d.ID]
	one := outlookDue{Duty: d.ID, Who: in.Name(d.Owner), What: in.Says(d), By: d.Due}
	switch {
	case d.Open() && !old:
		one.words = one.Duty + ": " + one.Who + " owes by " + calendar.Instant(d.Due) + ": " + one.What +
			answeredBy(in.How(d))
		f.Owed = append(f.Owed, one)
	case d.Open() && !was.Due.Equal(d.Due):
		one.Was = was.Due
		one.words = one.Duty + ": " + one.What + ", from " + calendar.Instant(was.Due) + " to " + calendar.Instant(d.Due)
		f.Moved = append(f.Moved, one)
	case !d.Open() && old && was.Open():
		one.How = d.End.Words()
		one.words = one.Duty + ": " + one.Who + ", " + one.What + " (" + one.How + ")"
		f.Ended = append(f.Ended, one)
	}
}

func answeredBy(how string) string {
	if how == "" {
		return ""
	}
	return " ('" + how + "')"
}

// namedIn is the directory in use; nil where it cannot be read, which 'directory check' says better.
func (a *app) namedIn() *directory.Directory {
	book, err := a.directoryInUse()
	if err != nil {
		return nil
	}
	return book
}

func (f *outlook) mails(book *directory.Directory, in actedIn, notices []ledger.Notice, now time.Time) {
	for _, n := range notices {
		row, _ := in.LawNow().Notice(n.Kind)
		for _, to := range n.To {
			m := outlookMail{Notice: string(n.Kind), Subject: row.Subject, Party: to.Party, Name: in.Name(to.Party), Level: to.Level}
			if to.WaitsForHours(now) {
				m.At = to.NotBefore
			}
			if book != nil {
				contact, err := book.Lookup(to.Party, cmpTime(m.At, now), directory.Level(to.Level))
				if m.Person = contact.Person; err != nil {
					m.Problem = "no contact in the directory"
				}
			}
			f.Mails = append(f.Mails, m)
		}
	}
}

func cmpTime(at, otherwise time.Time) time.Time {
	if at.IsZero() {
		return otherwise
	}
	return at
}

// text says it for the person who would do the act.
func (f outlook) text(width int) string {
	lines := []string{"DRY RUN: nothing is recorded and nothing is sent."}
	where := "case " + f.Case
	if f.Group != "" {
		where = "group " + f.Group
	}
	switch {
	case f.Opens:
		lines = append(lines, screen.Wrapped("A new case would be opened: "+words.Full(f.About), width)...)
	case f.Repeated:
		lines = append(lines, screen.Wrapped("It is on file in "+where+" already, and would be recorded no second time:", width)...)
	}
	lines = append(lines, screen.Wrapped("Recorded would be: "+f.Entry, width)...)
	for _, e := range f.Then {
		lines = append(lines, bullet("and by itself: "+e, width)...)
	}
	for _, part := range []struct {
		title string
		all   []outlookDue
	}{{"Would then be owed", f.Owed}, {"Would be moved", f.Moved}, {"Would be owed no more", f.Ended}} {
		if len(part.all) > 0 {
			lines = append(lines, "", part.title)
		}
		for _, d := range part.all {
			lines = append(lines, bullet(d.words, width)...)
		}
	}
	lines = append(lines, "")
	lines = append(lines, f.mailLines(width)...)
	if f.Stage != "" && !f.Opens {
		lines = append(lines, screen.Wrapped("Case "+f.Case+" would stand: "+words.Full(f.Stage), width)...)
	}
	if f.Next != "" {
		lines = append(lines, screen.Wrapped("Next would be: "+words.Full(f.Next), width)...)
	}
	return strings.Join(lines, "\n")
}

func (f outlook) mailLines(width int) []string {
	if len(f.Mails) == 0 {
		return []string{"Nobody would be mailed."}
	}
	lines := []string{"Would be mailed: " + f.mailed()}
	type batch struct {
		notice, subject string
		at              time.Time
	}
	var order []batch
	to := map[batch][]string{}
	for _, m := range f.Mails {
		b := batch{m.Notice, m.Subject, m.At}
		if _, ok := to[b]; !ok {
			order = append(order, b)
		}
		who := m.Name
		if m.Level != regime.LevelDuty {
			who += " (" + string(m.Level) + ")"
		}
		if m.Person != "" {
			who += ": " + m.Person
		}
		if m.Problem != "" {
			who += ": " + strings.ToUpper(m.Problem)
		}
		to[b] = append(to[b], who)
	}
	for _, b := range order {
		when := "at once"
		if !b.at.IsZero() {
			when = calendar.Instant(b.at)
		}
		lines = append(lines, bullet(b.notice+" "+b.subject+", "+when+", to "+strings.Join(to[b], "; "), width)...)
	}
	return lines
}

// mailed counts the mails and whom they go to.
func (f outlook) mailed() string {
	bodies := map[regime.Party]bool{}
	for _, m := range f.Mails {
		bodies[m.Party] = true
	}
	return fmt.Sprintf("%s to %s", words.Count(len(f.Mails), "mail"), counted(len(bodies)))
}

func counted(bodies int) string {
	if bodies == 1 {
		return "1 body"
	}
	return fmt.Sprintf("%d bodies", bodies)
}

// bodiesMailed are those that would be mailed, each once.
func (f outlook) bodiesMailed() []string {
	var out []string
	for _, m := range f.Mails {
		if !slices.Contains(out, m.Name) {
			out = append(out, m.Name)
		}
	}
	return out
}
