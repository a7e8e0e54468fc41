package surveillance

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Concern is what a body tells the group about a provider. Little need be filled in (R76):
// who speaks, about which provider, and what.
type Concern struct {
	ID       string `json:"id"` // "C1"
	Provider string `json:"provider"`
	// ProviderName of a provider that is not on the group's list.
	ProviderName string `json:"providerName,omitempty"`
	// By is who told it. Of what was told in confidence it is the voice under which all know
	// the teller; see confide.
	By        ledger.Actor       `json:"by"`
	FedIn     bool               `json:"fedIn,omitempty"` // by a body without a seat
	At        time.Time          `json:"at"`
	What      string             `json:"what"`
	Kind      regime.ConcernKind `json:"kind,omitempty"`
	Source    regime.SourceKind  `json:"source,omitempty"`
	Dimension QualityDimension   `json:"dimension,omitempty"`
	Service   string             `json:"service,omitempty"`
	Urgent    bool               `json:"urgent,omitempty"`
	// Confidential: the source's identity is to be protected (R14), and with it which body
	// spoke. Neither is in here.
	Confidential bool `json:"confidential,omitempty"`
	// Told are the parties that the information matrix passed it on to at once.
	Told      []regime.Party `json:"told,omitempty"`
	Answers   []Answer       `json:"answers,omitempty"`
	Discussed int            `json:"discussed,omitempty"` // the last meeting that spoke of it
	Settled   time.Time      `json:"settled,omitzero"`
	End       EndOfConcern   `json:"end,omitempty"`  // how it came to need no more attention
	Case      string         `json:"case,omitempty"` // the case that a summit from it opened
}

// QualityDimension is one of the three dimensions of quality (003:L160).
type QualityDimension string

// Choices lists the dimensions.
func (QualityDimension) Choices() []string {
	return []string{"effectiveness", "safety", "experience"}
}

var concernVerbs = []Verb{
	{Path: "group concern", Update: "RaiseConcern", Rules: "R75 R76 R10 R102",
		New:     func() Act { return new(RaiseConcern) },
		Did:     "told the group of a concern",
		Summary: "Tell the group of a concern about a provider, whether or not you commission from it",
		Example: `group concern --group GROUP --by CCG/07K --provider RCX --what "Trainees report that nobody supervises the nights"`},
}

// RaiseConcern is open to every member, about any provider: also one that it does not commission
// from (R75), and one that is not on the list. Bodies without a seat may raise concerns too. A body
// that fears a serious failure does not have to wait for the group: it triggers a risk summit
// (R11).
type RaiseConcern struct {
	Provider     string             `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	What         string             `json:"what" flag:"what" usage:"the concern, without patients' or staff names" need:"yes" confided:"yes"`
	ProviderName string             `json:"providerName,omitempty" flag:"provider-name" usage:"its name, if the group does not have it on its list"`
	Kind         regime.ConcernKind `json:"kind,omitempty" flag:"kind" usage:"what it is about"`
	Source       regime.SourceKind  `json:"source,omitempty" flag:"source" usage:"where it came from"`
	Dimension    QualityDimension   `json:"dimension,omitempty" flag:"dimension" usage:"which dimension of quality"`
	Service      string             `json:"service,omitempty" flag:"service" usage:"site or service" confided:"yes"`
	Urgent       bool               `json:"urgent,omitempty" flag:"urgent" usage:"patients may be at immediate risk"`
	Confidential bool               `json:"confidential,omitempty" flag:"protect-identity" usage:"the source's identity is to be protected (R14)"`
}

func (a *RaiseConcern) check(g *Group, _ ledger.Moment) error {
	return checkCode(a.Provider)
}

// checkCode refuses what can be no provider's code.
func checkCode(s string) error {
	c := words.Code(s)
	for _, r := range c {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return regime.Mistakef("%q is not a provider's code: that has letters, digits and dashes only.",
				words.Clip(s, 20))
		}
	}
	if c == "" || len(c) > 20 {
		return regime.Mistakef("a provider's code has 1 to 20 letters, digits and dashes.")
	}
	return nil
}

func (a *RaiseConcern) do(g *Group, m ledger.Moment) string {
	c := Concern{ID: g.nextConcern(), Provider: words.Code(a.Provider), By: m.By, At: m.Now,
		What: a.What, Kind: a.Kind, Urgent: a.Urgent,
		Dimension: a.Dimension, Service: a.Service, Confidential: a.Confidential}
	if !a.Confidential {
		c.FedIn, c.Source = !g.IsMember(m.By.For), a.Source
	}
	if g.provider(c.Provider) == nil {
		c.ProviderName = a.ProviderName
	}
	before := g.Together(c.Provider)
	to := g.matrixRecipients(&c)
	g.Concerns = append(g.Concerns, c)
	g.notifyCorroborated(len(before.Bodies), len(g.Together(c.Provider).Bodies))
	if a.Urgent {
		to = ledger.Without(to, g.notifyUrgent(c))
		g.chase(c, m)
	}
	g.notifyConcern(c, to)
	text := "Concern " + c.ID + " about provider " + c.Provider
	if beside := c.beside(before); len(beside) > 0 {
		text += ", beside " + g.names(beside)
	}
	if g.provider(c.Provider) == nil {
		text += " (not on the group's list)"
	}
	if nth := g.nth(c.Provider, m.Now); nth != "" {
		text += ", " + nth
	}
	text += ": " + a.What
	if len(c.Told) > 0 && !c.Confidential {
		text += " (Told at once: " + g.names(c.Told) + ".)"
	}
	return text
}

// beside lists the others who spoke of the provider before. For a concern in confidence the text
// leaves out no one, not even the voice itself.
func (c Concern) beside(before Gathered) []regime.Party {
	if c.Confidential {
		return before.Bodies
	}
	return slices.DeleteFunc(slices.Clone(before.Bodies), func(p regime.Party) bool { return p == c.By.For })
}

// notifyCorroborated tells the members when a second and a third body speak of one provider:
// what each knows alone may not cause concern, together it may (003:L786). Further ones add
// nothing that is not known by then.
func (g *Group) notifyCorroborated(before, after int) {
	if after <= before || after != 2 && after != 3 {
		return
	}
	g.pen.Event(regime.NoticeSeveralConcerns, strconv.Itoa(after)+" bodies have concerns about the same provider. They are put together "+
		"on the agenda of the next meeting; any statutory organisation can trigger a "+
		g.labels().Summit+" without waiting for it", regime.RoleMembers)
}

// notifyUrgent tells those who can act at once, within their own powers. The provider is told by the
// body that acts, not by this notice: it might guess the source.
func (g *Group) notifyUrgent(c Concern) []ledger.Recipient {
	to := g.Audiences(regime.Contacts(regime.RoleInspector, regime.RoleSupport, regime.RoleCommissioners), ledger.Duty{})
	if w := g.provider(c.Provider); w != nil {
		row, _ := g.profile().ProviderRow(w.Type)
		if row.Perf != "" {
			perf := ledger.Recipient{Party: g.ResolveUnit(regime.Party(row.Perf)), Level: regime.LevelDuty}
			to = append(to, ledger.Without([]ledger.Recipient{perf}, to)...)
		}
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeImmediateRisk, To: to, Text: "The group has been told by " + g.Name(c.By.For) + " of a " +
		"concern by which patients may be at immediate risk; each body can act within its own powers at once"})
	return to
}

// Gathered is what all bodies together have told the group about one provider.
type Gathered struct {
	Provider string         `json:"provider"`
	Name     string         `json:"name"`
	Bodies   []regime.Party `json:"bodies"` // in the order in which they spoke, as members may know them
	Concerns []Concern      `json:"concerns"`
	// Elsewhere are the open concerns that other groups have told of (R103).
	Elsewhere []SharedConcern `json:"elsewhere,omitempty"`
	Urgent    bool            `json:"urgent,omitempty"`
}

// Together puts the open concerns about a provider together, those that other groups have told of
// included: a body that spoke in two groups is one.
func (g *Group) Together(provider string) Gathered {
	t := Gathered{Provider: provider, Name: g.providerName(provider)}
	for _, c := range g.Concerns {
		if c.Provider != provider || !c.Settled.IsZero() {
			continue
		}
		t.Concerns = append(t.Concerns, c)
		t.Urgent = t.Urgent || c.Urgent
		if v := c.By.For; !slices.Contains(t.Bodies, v) {
			t.Bodies = append(t.Bodies, v)
		}
	}
	for _, e := range g.Elsewhere {
		if e.Provider != provider {
			continue
		}
		for _, c := range e.Open {
			t.Elsewhere = append(t.Elsewhere, c)
			t.Urgent = t.Urgent || c.Urgent
			if !slices.Contains(t.Bodies, c.By) {
				t.Bodies = append(t.Bodies, c.By)
			}
		}
	}
	return t
}

// Worries lists the providers with open concerns, those with the most bodies behind them
// first; urgent ones before all.
func (g *Group) Worries() []Gathered {
	var out []Gathered
	add := func(provider string) {
		if !slices.ContainsFunc(out, func(t Gathered) bool { return t.Provider == provider }) {
			out = append(out, g.Together(provider))
		}
	}
	for _, c := range g.Concerns {
		if c.Settled.IsZero() {
			add(c.Provider)
		}
	}
	for _, e := range g.Elsewhere {
		if len(e.Open) > 0 {
			add(e.Provider)
		}
	}
	slices.SortStableFunc(out, func(a, b Gathered) int {
		return cmp.Or(cmp.Compare(words.Flag(b.Urgent), words.Flag(a.Urgent)),
			cmp.Compare(len(b.Bodies), len(a.Bodies)),
			cmp.Compare(len(b.Concerns)+len(b.Elsewhere), len(a.Concerns)+len(a.Elsewhere)))
	})
	return out
}

// providerName is the name on the list, or the one given with a concern.
func (g *Group) providerName(code string) string {
	if w := g.provider(code); w != nil {
		return w.Name
	}
	for _, c := range g.Concerns {
		if c.Provider == code && c.ProviderName != "" {
			return c.ProviderName
		}
	}
	for _, e := range g.Elsewhere {
		if e.Provider == code && e.Name != "" {
			return e.Name
		}
	}
	return code
}

func (g *Group) concern(id string) *Concern {
	return ledger.Find(g.Concerns, func(x Concern) bool { return x.ID == id })
}
