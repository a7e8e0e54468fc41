package surveillance

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

var sharingVerbs = []Verb{
	{Path: "group note-shared", Update: "NoteShared", Rules: "R103 R14",
		New:     func() Act { return new(NoteShared) },
		Did:     "noted what another group has open",
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
	n := strconv.Itoa(g.LastEntry + 1)
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
