package ledger

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Lineage is what a case or group has seen of the law and of bodies that ended.
type Lineage struct {
	// Law is the moment at which the profile is read: the first of the period of law that has been
	// come to. It is zero where the profile is of other years than those of the case or group, which
	// then runs under it as it was laid down.
	Law        time.Time   `json:"law,omitzero"`
	Succession []Succeeded `json:"succession,omitempty"`
	Laws       []PastLaw   `json:"laws,omitempty"`
}

// Succeeded is a party that has ended, and who took its place. What it did stays under its own name.
type Succeeded struct {
	From regime.Party `json:"from"`
	To   regime.Party `json:"to"`
	On   time.Time    `json:"on"` // the first moment of the heir
	// By recorded it; nobody where it followed from the law of the day.
	By  Actor  `json:"by,omitzero"`
	Why string `json:"why,omitempty"`
}

// PastLaw is a profile that was the law until a moment, as it was read.
type PastLaw struct {
	Profile string    `json:"profile"`
	Law     time.Time `json:"law,omitzero"`
	Until   time.Time `json:"until"`
}

// LawStep is one change of the law as it meets a case or a group.
type LawStep struct {
	On      time.Time `json:"on"`
	Profile string    `json:"profile"` // the law from then on
	// Says is what it does, as the chronology will say it.
	Says string `json:"says,omitempty"`
	// Waits: nothing follows by itself, until a person says who takes whose place.
	Waits bool `json:"waits,omitempty"`
}

// Heir is who had taken the place of a party by a moment, and since when; empty where it had not
// ended. A succession is undone by a second one.
func (l *Lineage) Heir(p regime.Party, at time.Time) (heir regime.Party, since time.Time) {
	now := p
	for _, s := range l.Succession {
		if s.From == now && !at.Before(s.On) {
			now, since = s.To, s.On
		}
	}
	if now == p {
		return "", time.Time{}
	}
	return now, since
}

// Today is who stands now in a party's place: itself, or its heir.
func (l *Lineage) Today(p regime.Party) regime.Party {
	for _, s := range l.Succession {
		if s.From == p {
			p = s.To
		}
	}
	return p
}

// today has those told who stand in the places of the recipients, each contact once.
func (l *Lineage) today(to []Recipient) []Recipient {
	if len(l.Succession) == 0 {
		return to
	}
	var out []Recipient
	for _, r := range to {
		r.Party = l.Today(r.Party)
		if !r.Among(out) {
			out = append(out, r)
		}
	}
	return out
}

// endedByLaw reports whether a body is no more by the law that has been come to, and nobody stands in its place.
func (l *Ledger) endedByLaw(p regime.Party) bool {
	return len(l.Laws) > 0 && !l.subject.Profile().Knows(p.Body()) &&
		slices.ContainsFunc(regime.BodiesEver(), func(b regime.BodyRow) bool { return b.Code == p.Body() })
}

// LawKnowing is the latest law that knows a body: the present one, or one before it.
func LawKnowing(b regime.Body, present *regime.Profile, l *Lineage) *regime.Profile {
	if present.Knows(b) {
		return present
	}
	for _, past := range slices.Backward(l.Laws) {
		if p, ok := regime.ProfileOn(past.Profile, past.Law); ok && p.Knows(b) {
			return p
		}
	}
	return present
}

// LawOn is the law of a moment: the present one, or one before it.
func (l *Ledger) LawOn(at time.Time) *regime.Profile {
	for _, past := range l.Laws {
		if at.Before(past.Until) {
			if p, ok := regime.ProfileOn(past.Profile, past.Law); ok {
				return p
			}
		}
	}
	return l.subject.Profile()
}

// Misfit says that what was opened on a day runs under a profile of other years; empty where it does not.
func (l *Ledger) Misfit(opened time.Time) string {
	p := l.subject.Profile()
	if text := p.Misfit(opened); l.Law.IsZero() && text != "" {
		return text + " What runs under it here goes by the law of its first day."
	}
	return ""
}

// LeaveLaw keeps what was the law until a moment.
func (l *Pen) LeaveLaw(profile string, until time.Time) {
	l.Laws = append(l.Laws, PastLaw{Profile: profile, Law: l.Law, Until: until})
	l.Law = until
}

// followLaw goes over to the law of the day, and has told who is to hear of it.
func (l *Pen) followLaw(now time.Time) {
	l.gathered = nil
	l.subject.FollowLaw(now)
	if len(l.gathered) > 0 {
		l.Flush(now)
	}
}

// PutHeirs puts heirs in the places of those who ended, in all of v, the case or group that the ledger
// belongs to. Nothing begins again: due times stay, nobody is asked twice. It returns who ended.
func (l *Pen) PutHeirs(v any, heir func(regime.Party) regime.Party, how Succeeded) []Succeeded {
	var moved []Succeeded
	regime.PassOn(v, func(p regime.Party) regime.Party {
		h := heir(p)
		if h != p && !slices.ContainsFunc(moved, func(s Succeeded) bool { return s.From == p }) {
			s := how
			s.From, s.To = p, h
			moved = append(moved, s)
		}
		return h
	})
	l.Succession = append(l.Succession, moved...)
	l.fallTogether(how.On)
	for _, s := range moved {
		l.forwardMails(s.From, s.To)
	}
	return moved
}

// forwardMails has mails that have not gone yet go to the heir. What may have gone has, and one that goes
// to the heir's contact anyhow goes once.
func (l *Pen) forwardMails(from, to regime.Party) {
	for i := range l.Notices {
		n := &l.Notices[i]
		if n.Settled {
			continue
		}
		var kept []Recipient
		for _, r := range n.To {
			if r.Party != from || r.State != "" && r.State != StateWaiting {
				kept = append(kept, r)
				continue
			}
			if n.recipient(to, r.Level) == nil {
				kept = append(kept, Recipient{Party: to, Level: r.Level, As: r.As, NotBefore: r.NotBefore, Entry: r.Entry,
					NoLink: r.NoLink, After: r.After, PlaceOf: from})
			}
			for j := range n.Asks {
				if of := n.Asks[j].Of; slices.Contains(of, from) && !slices.Contains(of, to) {
					n.Asks[j].Of = append(slices.Clone(of), to)
				}
			}
		}
		n.To = kept
	}
}

// recordOfEnded takes what became of a mail that was on its way when its body ended. Where it went, or may have, it
// stands under the name that it went to, and the heir gets no second one; else the heir gets it.
func (l *Pen) recordOfEnded(n *Notice, t *SendResult, now time.Time) {
	ended := slices.ContainsFunc(l.Succession, func(s Succeeded) bool { return s.From == t.Party })
	if !ended || t.State != StateAccepted && t.State != StateUnknown {
		return
	}
	went := Recipient{Party: t.Party, Level: t.Level, Round: t.Round}
	n.To = slices.DeleteFunc(n.To, func(r Recipient) bool {
		stands := r.PlaceOf == t.Party && r.Level == t.Level && (r.State == "" || r.State == StateWaiting)
		if stands {
			went.As, went.Entry, went.NoLink = r.As, r.Entry, r.NoLink
		}
		return stands
	})
	went.Entry = went.Entry || t.Entry
	went.recordTry(*t, l.EventsUpTo, now)
	n.To = append(n.To, went)
}

// PassedOn says what has become of those who ended, those with one heir together.
func (l *Ledger) PassedOn(moved []Succeeded) string {
	var heirs []regime.Party
	of := map[regime.Party][]string{}
	for _, s := range moved {
		if of[s.To] == nil {
			heirs = append(heirs, s.To)
		}
		of[s.To] = append(of[s.To], l.subject.Name(s.From))
	}
	out := make([]string, len(heirs))
	for i, to := range heirs {
		place := " takes the place of "
		if len(of[to]) > 1 {
			place = " takes the places of "
		}
		out[i] = l.subject.Name(to) + place + words.List(of[to])
	}
	switch {
	case len(out) == 0:
		return ""
	case len(moved) == 1:
		return out[0] + ". What that body held and owed goes on with its dates; what it did stays under its name."
	}
	return strings.Join(out, "; ") + ". What those bodies held and owed goes on with its dates; what they did stays under their names."
}

// fallTogether leaves one of several open duties that have become the same: the one due first.
func (l *Pen) fallTogether(now time.Time) {
	for i := range l.Duties {
		d := &l.Duties[i]
		for j := range l.Duties[:i] {
			o := &l.Duties[j]
			if !d.Open() || !o.Open() || d.Kind != o.Kind || d.Subject != o.Subject || l.OwnerOf(*d) != l.OwnerOf(*o) {
				continue
			}
			later := d
			if d.Due.Before(o.Due) {
				later = o
			}
			later.End, later.Ended, later.fresh = EndNotNeeded, now, true
		}
	}
}

// EndDutiesOf ends what parties owe in whose place nobody stands, and says what that was.
func (l *Pen) EndDutiesOf(gone func(regime.Party) bool, now time.Time) []string {
	var out []string
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Open() && gone(d.Owner) {
			out = append(out, "nobody owes any more: "+l.subject.Name(d.Owner)+", "+l.Says(*d))
			d.End, d.Ended, d.fresh = EndNotNeeded, now, true
		}
	}
	return out
}

// Renamed says which of the parties are called otherwise than before.
func (l *Ledger) Renamed(before []regime.UnitName, moved []Succeeded) string {
	var out []string
	for _, b := range before {
		heir := slices.ContainsFunc(moved, func(s Succeeded) bool { return s.From == b.Party || s.To == b.Party })
		if now := l.subject.Name(b.Party); !heir && now != b.Name {
			out = append(out, b.Name+" is now called "+now)
		}
	}
	return Sentences(out)
}

// CheckHeir refuses an heir that no law names and that is of another kind: bodies of one kind merge,
// split or are redrawn; of another kind only the law makes one follow another (R1).
func (l *Ledger) CheckHeir(from, to regime.Party) error {
	p := l.subject.Profile()
	if from.Body() == to.Body() && from.Unit() != "" || p.Heir(from.Body()) == to.Body() || p.PlannedHeir(from.Body()) == to.Body() {
		return nil
	}
	return regime.Refusef("R123", "no law of this day has %s follow %s: bodies of one kind merge or split, and what no law names "+
		"nobody takes.", l.subject.Name(to), l.subject.Name(from))
}

// PlannedWords remark of a succession that the profile knows as planned alone.
func (l *Ledger) PlannedWords(from, to regime.Party) string {
	if p := l.subject.Profile(); from.Body() != to.Body() && p.PlannedHeir(from.Body()) == to.Body() {
		return "(Planned: the profile knows no law in force that says so, and no day; the day is that of the record.)"
	}
	return ""
}

// Sentences says several things as one sentence; nothing where there are none.
func Sentences(out []string) string {
	if len(out) == 0 {
		return ""
	}
	return words.Full(words.List(out))
}

// checkEnded refuses a body that had ended when the act happened (R122), and one that never was.
func (l *Ledger) checkEnded(m Moment) error {
	by, p := m.By.For, l.subject.Profile()
	if heir, since := l.Heir(by, m.At); heir != "" {
		return regime.Refusef("R122", "%s is no more since %s; %s stands in its place. What it did before that day is recorded "+
			"with its date.", l.subject.Name(by), calendar.Day(since), l.subject.Name(heir))
	}
	if heir, _ := l.Heir(by, m.Now); heir == "" && !p.Knows(by.Body()) {
		return p.UnknownBody(by)
	}
	return nil
}

// PassesOn lists what a party owes here, as it would pass on to an heir.
func (l *Ledger) PassesOn(p regime.Party) []string {
	var out []string
	for _, d := range l.OpenDuties() {
		if l.OwnerOf(d) == p {
			out = append(out, l.Says(d)+" by "+calendar.Day(d.Due))
		}
	}
	return out
}
