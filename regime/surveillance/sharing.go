package surveillance

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
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

var sharingVerbs = []Verb{
	{Path: "group note-shared", Update: "NoteShared", Rules: "R103 R14",
		New:     func() Act { return new(NoteShared) },
		Summary: "Note what another group has open about a provider; groups tell each other by themselves",
		Example: `group note-shared --group GROUP --by NHSCB/Q57 --from Q57 --provider RYC --what "Two hours' waits outside the hospitals"`},
}

// NoteShared is how what another group has open arrives. Its bearer need not have a seat here.
type NoteShared struct {
	From     string       `json:"from" flag:"from" usage:"code of the other group's area or region" need:"yes"`
	Provider string       `json:"provider,omitempty" flag:"provider" usage:"the provider's code"`
	What     string       `json:"what,omitempty" flag:"what" usage:"the concern, without patients' or staff names"`
	Body     regime.Party `json:"body,omitempty" flag:"body" usage:"whose concern it is; without it, a body not named"`
	// Shares are all that is told, where it comes by itself.
	Shares []Share `json:"shares,omitempty"`
	// The rest is of the group that tells.
	FromName      string `json:"fromName,omitempty"`
	Region        string `json:"region,omitempty"`
	Profile       string `json:"profile,omitempty"`
	Demonstration bool   `json:"demonstration,omitempty"`
}

func (a *NoteShared) check(g *Group, m ledger.Moment) error {
	if !g.IsMember(m.By.For) && !g.supports(m.By.For.Body()) {
		return g.memberOnly(m)
	}
	from := words.Code(a.From)
	if err := checkCode(a.From); err != nil {
		return err
	}
	switch {
	case from == g.Place():
		return regime.Mistakef("%s is this group itself.", from)
	case len(a.Shares) == 0 && (a.Provider == "" || a.What == ""):
		return regime.Mistakef("say what the other group has open: --provider and --what.")
	case len(a.Shares) == 0:
		return checkCode(a.Provider)
	case a.Profile != g.Profile:
		return regime.Mistakef("the group of %s runs under profile %s and this one under %s; they take no notice of "+
			"each other.", from, a.Profile, g.Profile)
	case a.Demonstration != g.Demonstration:
		return regime.Mistakef("a demonstration and real groups take no notice of each other.")
	}
	if len(a.taken(g)) == 0 {
		return regime.Mistakef("there is nothing new in it about a provider that this group knows.")
	}
	return nil
}

// taken are the shares that are news here: about a provider on the list or spoken of, and for the
// region about every provider of its areas.
func (a *NoteShared) taken(g *Group) []Share {
	var out []Share
	for _, s := range a.Shares {
		mine := g.mayConsider(s.Provider) || g.Tier == regime.RegionalTier && a.Region == g.Region
		known := g.elsewhere(words.Code(a.From), s.Provider)
		if mine && (known == nil || s.Version > known.Version) {
			out = append(out, s)
		}
	}
	return out
}

func (g *Group) elsewhere(from, provider string) *Elsewhere {
	return ledger.Find(g.Elsewhere, func(e Elsewhere) bool { return e.From == from && e.Provider == provider })
}

// byHand is what a person noted, beside what that group had told before.
func (a *NoteShared) byHand(g *Group, m ledger.Moment) Share {
	from, code := words.Code(a.From), words.Code(a.Provider)
	s := Share{Provider: code}
	if known := g.elsewhere(from, code); known != nil {
		s = known.Share
		s.Open = slices.Clone(s.Open)
	}
	n := strconv.Itoa(g.Entries[len(g.Entries)-1].N + 1) // not their count: old ones leave
	s.Open = append(s.Open, SharedConcern{ID: from + "/noted-" + n, At: m.Now, What: a.What,
		By: cmp.Or(a.Body, regime.PartyOf(unnamed, from+"-noted-"+n))})
	return s
}

func (a *NoteShared) do(g *Group, m ledger.Moment) string {
	from, news := words.Code(a.From), a.taken(g)
	if len(a.Shares) == 0 {
		news = []Share{a.byHand(g, m)}
	}
	var said, newly []string
	urgent, listed := false, 0
	for _, s := range news {
		before := g.Together(s.Provider)
		had := g.hadOpen(from, s.Provider)
		g.takeShare(Elsewhere{From: from, FromName: a.FromName, Arrived: m.Now, Share: s})
		g.notifyCorroborated(len(before.Bodies), len(g.Together(s.Provider).Bodies))
		if len(s.Open) == 0 && !had {
			listed++
			continue
		}
		said = append(said, g.shareWords(s))
		if len(s.Open) > 0 && (!had || !before.Urgent && g.Together(s.Provider).Urgent) {
			newly = append(newly, s.Provider)
			urgent = urgent || g.Together(s.Provider).Urgent
		}
	}
	g.notifyElsewhere(len(newly), urgent)
	text := "The group of " + g.placeCalled(from, a.FromName) + ": "
	if listed > 0 {
		said = append(said, "it watches "+words.Count(listed, "provider")+" and has nothing open about "+
			map[bool]string{true: "it", false: "them"}[listed == 1])
	}
	return text + strings.Join(said, "; ") + "."
}

func (g *Group) placeCalled(code, name string) string {
	if name == "" {
		return code
	}
	return name + " (" + code + ")"
}

func (g *Group) hadOpen(from, provider string) bool {
	e := g.elsewhere(from, provider)
	return e != nil && len(e.Open) > 0
}

func (g *Group) takeShare(e Elsewhere) {
	if known := g.elsewhere(e.From, e.Provider); known != nil {
		*known = e
		return
	}
	g.Elsewhere = append(g.Elsewhere, e)
}

// shareWords are how many concerns are open, and whose.
func (g *Group) shareWords(s Share) string {
	if len(s.Open) == 0 {
		return "nothing is open any more about provider " + s.Provider
	}
	var bodies []regime.Party
	for _, c := range s.Open {
		if !slices.Contains(bodies, c.By) {
			bodies = append(bodies, c.By)
		}
	}
	text := words.Count(len(s.Open), "open concern") + " about provider " + s.Provider + " (" + g.names(bodies) + ")"
	if !s.Considered.IsZero() {
		text += ", considered on " + calendar.Day(s.Considered)
		if s.Outcome != "" {
			text += ": " + words.Plain(string(s.Outcome))
		}
	}
	return text
}

// notifyElsewhere tells of providers about which another group has something open: who prepares the
// agenda, and where patients may be at risk the commissioners here.
func (g *Group) notifyElsewhere(providers int, urgent bool) {
	if providers == 0 {
		return
	}
	to := []regime.Role{regime.RoleSupport, regime.RoleChair}
	text := "Another group has open concerns about " + words.Count(providers, "provider") + " that this group knows; they " +
		"stand on the agenda of its next meeting"
	if urgent {
		to = append(to, regime.RoleCommissioners)
		text += ". By one of them patients may be at immediate risk; each body can act within its own powers at once"
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeElsewhere, Urgent: urgent, Text: text,
		To: g.Audiences(regime.Contacts(to...), ledger.Duty{})})
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
