package surveillance

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Share is what a group has open about a provider, as other groups may know it (R103): each time
// the whole of it, with a number, so that it may come twice, late, or in another order.
type Share struct {
	Provider string `json:"provider"`
	Name     string `json:"name,omitempty"`
	Version  int    `json:"version"`
	// Listed: the provider is on that group's list.
	Listed bool                     `json:"listed,omitempty"`
	Level  regime.SurveillanceLevel `json:"level,omitempty"`
	Open   []SharedConcern          `json:"open,omitempty"`
	// Before is when the concerns were raised that are open no more.
	Before []time.Time `json:"before,omitempty"`
	// The latest that the group made of it.
	Considered time.Time    `json:"considered,omitzero"`
	Outcome    GroupOutcome `json:"outcome,omitempty"`
	Conclusion string       `json:"conclusion,omitempty"`
	Escalated  time.Time    `json:"escalated,omitzero"`
	// Places are the groups that are known to have the provider on their list.
	Places []string `json:"places,omitempty"`
}

// SharedConcern is an open concern of another group. Where it came from is not in it; of what was
// told in confidence By is a voice of that group (R14).
type SharedConcern struct {
	ID     string             `json:"id"` // "Q57/C1"
	By     regime.Party       `json:"by"`
	At     time.Time          `json:"at"`
	What   string             `json:"what"`
	Kind   regime.ConcernKind `json:"kind,omitempty"`
	Urgent bool               `json:"urgent,omitempty"`
}

// Elsewhere is what another group has open about a provider, as it told last.
type Elsewhere struct {
	From     string    `json:"from"`
	FromName string    `json:"fromName,omitempty"`
	Arrived  time.Time `json:"arrived"`
	Share
}

// Told is the version of a share that a group was told.
type Told struct {
	Place    string `json:"place"`
	Provider string `json:"provider"`
	Version  int    `json:"version"`
}

// shared is the concern as other groups may know it.
func (g *Group) shared(c Concern) SharedConcern {
	by := c.By.For
	if by.Body() == unnamed {
		by = regime.PartyOf(unnamed, g.Place()+"-"+by.Unit())
	}
	return SharedConcern{ID: g.Place() + "/" + c.ID, By: by, At: c.At, What: c.What, Kind: c.Kind, Urgent: c.Urgent}
}

// keepShares brings what the group tells others up to date. It is worked out from the record alone,
// after each act and at each tick.
func (g *Group) keepShares() {
	if !g.Ended.IsZero() {
		return
	}
	for _, code := range g.toShare() {
		next := g.shareOf(code)
		i := slices.IndexFunc(g.Shares, func(s Share) bool { return s.Provider == code })
		switch {
		case i < 0:
			next.Version = 1
			g.Shares = append(g.Shares, next)
		default:
			last := g.Shares[i]
			next.Version = last.Version
			if g.Tier == regime.LocalTier { // the region brings those together who list a provider
				last.Places = next.Places
			}
			if !reflect.DeepEqual(next, last) {
				next.Version++
			}
			g.Shares[i] = next
		}
	}
}

// toShare are the providers about which there is something to tell: a concern, an escalation, that a
// person put it on the list, or that something was told before.
func (g *Group) toShare() []string {
	var out []string
	seen := map[string]bool{}
	add := func(code string) {
		if !seen[code] {
			seen[code] = true
			out = append(out, code)
		}
	}
	for _, s := range g.Shares {
		add(s.Provider)
	}
	for _, c := range g.Concerns {
		if c.Settled.IsZero() {
			add(c.Provider)
		}
	}
	for _, o := range g.Outcomes {
		if !o.Escalated.IsZero() {
			add(o.Provider)
		}
	}
	for _, w := range g.Watched {
		if w.ByHand {
			add(w.Code)
		}
	}
	return out
}

func (g *Group) shareOf(code string) Share {
	s := Share{Provider: code, Places: g.listedIn(code)}
	if name := g.providerName(code); name != code {
		s.Name = name
	}
	if w := g.provider(code); w != nil {
		s.Listed, s.Level = true, w.Level
	}
	for _, c := range g.Concerns {
		switch {
		case c.Provider != code:
		case c.Settled.IsZero():
			s.Open = append(s.Open, g.shared(c))
		default:
			s.Before = append(s.Before, c.At)
		}
	}
	for i := len(g.Outcomes) - 1; i >= 0; i-- {
		o := g.Outcomes[i]
		if o.Provider != code {
			continue
		}
		if s.Considered.IsZero() {
			s.Considered, s.Outcome, s.Conclusion = o.At, o.Outcome, o.Conclusion
		}
		if s.Escalated = o.Escalated; !s.Escalated.IsZero() {
			break
		}
	}
	return s
}

// listedIn are the groups that are known to have a provider on their list, this one included.
func (g *Group) listedIn(code string) []string {
	var out []string
	if w := g.provider(code); w != nil {
		out = append(slices.Clone(w.Areas), g.Place())
	}
	for _, e := range g.Elsewhere {
		if e.Provider != code {
			continue
		}
		out = append(out, e.Places...)
		if e.Listed {
			out = append(out, e.From)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tells are the groups that are told of a provider: those that list it, those that have told of it,
// and the region.
func (g *Group) tells(code string) []string {
	out := g.listedIn(code)
	for _, e := range g.Elsewhere {
		if e.Provider == code {
			out = append(out, e.From)
		}
	}
	if g.Tier == regime.LocalTier {
		out = append(out, g.Region)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(p string) bool { return p == g.Place() })
}

// UnsentShares are what one group is to be told next; ok is false where all know the latest.
func (g *Group) UnsentShares() (place string, shares []Share, ok bool) {
	for _, s := range g.Shares {
		for _, p := range g.tells(s.Provider) {
			if g.toldVersion(p, s.Provider) >= s.Version || place != "" && p != place {
				continue
			}
			place, shares = p, append(shares, s)
		}
	}
	return place, shares, place != ""
}

func (g *Group) toldVersion(place, provider string) int {
	if t := g.toldOf(place, provider); t != nil {
		return t.Version
	}
	return 0
}

func (g *Group) toldOf(place, provider string) *Told {
	return ledger.Find(g.Told, func(t Told) bool { return t.Place == place && t.Provider == provider })
}

// SharesHanded notes what a group was told, or that there is none to take it.
func (g *Group) SharesHanded(place string, shares []Share) {
	g.Handed++
	for _, s := range shares {
		if t := g.toldOf(place, s.Provider); t != nil {
			t.Version = s.Version
			continue
		}
		g.Told = append(g.Told, Told{Place: place, Provider: s.Provider, Version: s.Version})
	}
}

// tellAgain has everything that was ever open told once more, at each meeting: a group that began
// later, or that could not be reached, learns of it so. Who knows it takes no notice.
func (g *Group) tellAgain() {
	for _, s := range g.Shares {
		if len(s.Open)+len(s.Before) > 0 || !s.Escalated.IsZero() {
			g.Told = slices.DeleteFunc(g.Told, func(t Told) bool { return t.Provider == s.Provider })
		}
	}
}

// SaidElsewhere is what other groups have open about a provider, a line for each concern.
func (g *Group) SaidElsewhere(code string) []string {
	var out []string
	for _, e := range g.Elsewhere {
		if e.Provider != code {
			continue
		}
		place := "in " + g.placeCalled(e.From, e.FromName)
		for _, c := range e.Open {
			text := place + ", " + g.Name(c.By) + " (" + c.ID + "): " + c.What
			if c.Urgent {
				text = "URGENT " + text
			}
			out = append(out, text)
		}
		if len(e.Open) > 0 && !e.Considered.IsZero() {
			text := place + " considered on " + calendar.Day(e.Considered)
			if e.Outcome != "" {
				text += ": " + words.Plain(string(e.Outcome))
			}
			if e.Conclusion != "" {
				text += " (" + e.Conclusion + ")"
			}
			out = append(out, text)
		}
	}
	return out
}

// raisedBefore is how many concerns about a provider all groups that this one knows of were told within
// the time that the profile has them recall, up to a moment.
func (g *Group) raisedBefore(code string, now time.Time) int {
	from, n := g.row().Recall.Before(now), 0
	count := func(at time.Time) { n += words.Flag(!at.Before(from) && !at.After(now)) }
	for _, c := range g.Concerns {
		if c.Provider == code {
			count(c.At)
		}
	}
	for _, e := range g.Elsewhere {
		if e.Provider != code {
			continue
		}
		for _, c := range e.Open {
			count(c.At)
		}
		for _, at := range e.Before {
			count(at)
		}
	}
	return n
}

// latest is when the latest of the concerns was raised.
func (t Gathered) latest() time.Time {
	var at time.Time
	for _, c := range t.Concerns {
		at = laterOf(at, c.At)
	}
	for _, c := range t.Elsewhere {
		at = laterOf(at, c.At)
	}
	return at
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// nth says which concern within the recalled time the latest is: "the fourth in the last 24 months".
func (g *Group) nth(code string, now time.Time) string {
	n := g.raisedBefore(code, now)
	if n < 2 {
		return ""
	}
	return "the " + words.Ordinal(n) + " in the last " + strings.ReplaceAll(g.row().Recall.Words(), "calendar ", "")
}
