package surveillance

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

var groupCaseVerbs = []Verb{
	{Path: "group note-case", Update: "NoteCase", Rules: "R12 R35 R68 R89 R91 R104 2.4",
		New:     func() Act { return new(NoteCase) },
		Summary: "Note how a case about a provider stands; a case tells its groups by itself",
		Example: `group note-case --group GROUP --by "NHS England" --case K7QM-3XRD --provider RCX --stage RESPONDING`},
	{Path: "group link-case", Update: "LinkConcern", Rules: "R11 R75 R88",
		New:     func() Act { return new(LinkConcern) },
		Summary: "Record that a risk summit was triggered from a concern",
		Example: `group link-case --group GROUP --by CCG/07J --concerns "C1, C3" --case K7QM-3XRD`},
}

// NoteCase brings the group news of a case: a summit was triggered, it has come to another
// stage, it is closed and leaves a level behind. While the case is live the provider's level
// is the case's, and what the group had agreed rests.
type NoteCase struct {
	Case     string                   `json:"case" flag:"case" usage:"the case's reference" need:"yes"`
	Provider string                   `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	Stage    regime.Stage             `json:"stage" flag:"stage" usage:"the stage that it has come to" need:"yes"`
	Level    regime.SurveillanceLevel `json:"level,omitempty" flag:"level" usage:"the level that a closed case leaves behind"`
	Reason   string                   `json:"reason,omitempty" flag:"reason" usage:"why that level"`
	Review   time.Time                `json:"review,omitzero" flag:"review" day:"end" when:"either" within:"any" usage:"when the level is reviewed"`
	Since    time.Time                `json:"since,omitzero" flag:"since" day:"start" when:"either" within:"any" usage:"when it came to that stage"`
	// Measures stand beside the stage and the level (regime 4.4).
	Measures regime.MeasuresState `json:"measures,omitempty" flag:"measures" usage:"how special measures stand, if there are any"`
	// AskAfter is what a closed case hands to the group of Home, the provider's area (R91).
	AskAfter []ledger.HandedAction `json:"askAfter,omitempty"`
	Home     string                `json:"home,omitempty"`
	// The rest is for a provider that is not on the list yet: it serves patients here (R12).
	Name     string              `json:"name,omitempty" flag:"name" usage:"the provider's name"`
	Type     regime.ProviderType `json:"type,omitempty" flag:"type" usage:"the provider's type"`
	District string              `json:"district,omitempty" flag:"district" usage:"the provider's town or county"`
	// Profile under which the case runs; empty: the group's own, and a person notes it.
	Profile string `json:"profile,omitempty"`
	// Agreed is what a lower level rests on, by which its members agreed it in the case (R89).
	Agreed *ledger.Agreement `json:"agreed,omitempty"`
	// Trigger is who triggered, if anybody did. It knows that its own concern goes on, whichever comes
	// first: this, or its word of which concern the case came from.
	Trigger regime.Party `json:"trigger,omitempty"`
	// Demonstration: the case plays a scenario.
	Demonstration bool `json:"demonstration,omitempty" flag:"demonstration" usage:"the case plays a scenario"`
}

func (a *NoteCase) check(g *Group, m ledger.Moment) error {
	if !g.IsMember(m.By.For) && !g.supports(m.By.For.Body()) {
		return g.memberOnly(m)
	}
	if a.Profile != "" && a.Profile != g.Profile {
		return regime.Mistakef("the case runs under profile %s and this group under %s; they take no notice of "+
			"each other.", a.Profile, g.Profile)
	}
	if a.Demonstration != g.Demonstration {
		return regime.Mistakef("a demonstration and real cases take no notice of each other.")
	}
	if c := words.Code(a.Case); c == "" || len(c) > 20 {
		return regime.Mistakef("--case %q is not the reference of a case.", words.Clip(a.Case, 20))
	}
	if a.Level != "" {
		if err := g.profile().CheckLevel(a.Level, ""); err != nil {
			return err
		}
	}
	w := g.provider(words.Code(a.Provider))
	if w == nil {
		if err := a.listed().check(g.profile()); err != nil {
			return err
		}
	}
	return a.mayLower(g, w, m)
}

// byItself reports whether the case tells it, and no person.
func (a *NoteCase) byItself() bool { return a.Profile != "" }

// mayLower: a case leaves a lower level behind that its own members have agreed. What a person notes has no evidence
// of that, so that it is proposed here; and of a case that tells its news itself only who supports the group can say
// that it is over, where it cannot any more (R89).
func (a *NoteCase) mayLower(g *Group, w *Watched, m ledger.Moment) error {
	if a.byItself() || a.Stage != regime.Closed && a.Stage != regime.UnderSurveillance {
		return nil
	}
	ref := words.Code(a.Case)
	if w != nil && w.Case == ref && w.CaseTells && m.By.For != g.support() {
		return regime.Refusef("R89", "case %s tells the group by itself how it stands, and has not said that it is over. If it cannot "+
			"any more, %s notes it.", ref, g.Name(g.support()))
	}
	if a.Stage == regime.Closed && a.lower(g) && a.Reason == "" {
		return regime.Refusef("R89", "a level goes down on evidence: say why the case leaves the %s level behind (--reason).",
			g.LevelName(a.Level))
	}
	return nil
}

// lower reports whether the level is below the one at which a provider is watched after a case.
func (a *NoteCase) lower(g *Group) bool { return a.Level != "" && g.belowAfterCase(a.Level) }

// belowAfterCase reports whether a level is lower than the one that a case leaves behind by itself.
func (g *Group) belowAfterCase(l regime.SurveillanceLevel) bool {
	after := g.profile().LevelAfterCase()
	return after != "" && g.Rank(l) < g.Rank(after)
}

// throughCase reports whether the provider is watched through its live case.
func (g *Group) throughCase(w *Watched) bool { return w.Through || g.level(w.Level).Live }

func (a *NoteCase) listed() Watched {
	return Watched{Code: words.Code(a.Provider), Name: cmp.Or(a.Name, words.Code(a.Provider)), Type: a.Type,
		District: a.District, ByHand: true}
}

func (a *NoteCase) do(g *Group, m ledger.Moment) string {
	w := g.provider(words.Code(a.Provider))
	if w == nil {
		w = g.watch(a.listed(), m.Now)
	}
	ref, since := words.Code(a.Case), cmp.Or(a.Since, m.Now)
	text := "Case " + ref + " about provider " + w.Code + ": " + g.labels().Stage(a.Stage) + "."
	if a.Measures != "" {
		text += " " + words.Capital(g.measuresOf(w.Type)) + ": " + a.Measures.Words() + "."
	}
	if w.Case == ref && since.Before(w.CaseSince) {
		return text + " (Later news had come before.)"
	}
	if a.Stage == regime.Closed {
		return text + g.caseClosed(w, a, m)
	}
	told := w.Case == ref && w.CaseTells
	w.CaseTells = told || a.byItself()
	w.Case, w.CaseStage, w.CaseSince, w.Measures = ref, a.Stage, since, a.Measures
	if a.Stage == regime.UnderSurveillance && g.throughCase(w) {
		return text + g.triggerWithdrawn(w, m)
	}
	if a.Stage == regime.UnderSurveillance {
		return text
	}
	if !g.throughCase(w) {
		if live := g.profile().LiveLevel(); live != "" {
			g.setLevel(w, LevelChange{From: w.Level, To: live, At: m.Now, By: m.By.For, Case: ref,
				Reason: "a " + g.labels().Summit + " was triggered"}, m)
		} else {
			w.Through = true
		}
		g.summitTriggered(w.Code, m)
		return text + g.takeAlong(w, a.Trigger, m) + " Watched through the case."
	}
	if w.CaseTells && !told {
		text += g.takeAlong(w, a.Trigger, m)
	}
	return text
}

// takeAlong gives a case what the group has open about its provider: it is the case's from then on,
// and comes back if the trigger is withdrawn (R104).
func (g *Group) takeAlong(w *Watched, trigger regime.Party, m ledger.Moment) string {
	var taken, left []string
	for i := range g.Concerns {
		c := &g.Concerns[i]
		if c.Provider != w.Code || !c.Settled.IsZero() {
			continue
		}
		if !g.mayGoOn(c, w.Case) {
			left = append(left, c.ID)
			continue
		}
		g.goesOn(c, w.Case, trigger, m)
		taken = append(taken, c.ID)
	}
	text := ""
	if len(taken) > 0 {
		text = " It takes along " + words.List(taken) + "."
	}
	return text + staysHere(left)
}

// mayGoOn: on the word of a person an urgent concern stays here where the group knows of no such case, or nobody has
// acknowledged it; a case that tells its news itself takes it along (R88).
func (g *Group) mayGoOn(c *Concern, ref string) bool {
	w := g.provider(c.Provider)
	return !c.Urgent || w != nil && w.Case == ref && (w.CaseTells || g.acknowledged(c))
}

func staysHere(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " Urgent, and open here until the case itself takes it along (R88): " + words.List(ids) + "."
}

// goesOn puts a concern to rest here because a case goes on with it; who raised it is told, unless it says so or
// triggered itself.
func (g *Group) goesOn(c *Concern, ref string, trigger regime.Party, m ledger.Moment) {
	g.pen.Overtake(ledger.ToSetAside, c.ID, m)
	c.Case, c.Settled, c.End = ref, m.Now, InCase
	if c.By.For == m.By.For || c.By.For == trigger {
		return
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeConcernRests, To: []ledger.Recipient{g.raiser(c)},
		Text: "The concern of your body (" + c.ID + ") goes on in case " + c.Case + ". If that is a mistake, you can keep it open",
		Asks: ledger.Asking("", "group keep-open")})
}

// triggerWithdrawn gives the provider the level back that it had, and the group the concerns that
// the case had taken (R83).
func (g *Group) triggerWithdrawn(w *Watched, m ledger.Moment) string {
	level := w.Level
	if !w.Through {
		level = g.levelBefore(w)
		g.setLevel(w, LevelChange{From: w.Level, To: level, At: m.Now, By: m.By.For, Case: w.Case,
			Reason: "the trigger of the " + g.labels().Summit + " was withdrawn"}, m)
	}
	w.Through = false
	for i := range g.Concerns {
		if c := &g.Concerns[i]; c.Case == w.Case && c.End == InCase {
			c.Settled, c.End = time.Time{}, ""
		}
	}
	return " The trigger was withdrawn; it is watched at the " + g.LevelName(level) + " level, as before."
}

// levelBefore is the level that the provider had before its case.
func (g *Group) levelBefore(w *Watched) regime.SurveillanceLevel {
	for i := len(w.History) - 1; i >= 0; i-- {
		if h := w.History[i]; g.level(h.To).Live && h.Case == w.Case {
			return cmp.Or(h.From, g.profile().LowestLevel())
		}
	}
	return g.profile().LowestLevel()
}

// CaseWords say how far the live case has come, and special measures beside it.
func (g *Group) CaseWords(w Watched) string {
	var out []string
	if w.CaseStage != "" {
		out = append(out, g.labels().Stage(w.CaseStage))
	}
	if w.Measures != "" {
		out = append(out, g.measuresOf(w.Type)+" "+w.Measures.Words())
	}
	return strings.Join(out, "; ")
}

// measuresOf is what the support regime is called for a type of provider.
func (g *Group) measuresOf(t regime.ProviderType) string {
	row, _ := g.profile().ProviderRow(t)
	return cmp.Or(row.Measures, g.labels().Measures)
}

// caseClosed gives the provider the level that the case leaves behind, unless the news is of
// another case than the live one.
func (g *Group) caseClosed(w *Watched, a *NoteCase, m ledger.Moment) string {
	if w.Case != "" && w.Case != words.Code(a.Case) {
		return " Case " + w.Case + " is open still."
	}
	live := w.Case != ""
	asked := ""
	if live && a.Home == g.Area {
		asked = g.askAfter(a, m)
	}
	w.CaseTells = false
	w.Case, w.CaseStage, w.CaseSince, w.Measures = "", "", time.Time{}, a.Measures
	review := a.Review
	if !review.After(m.Now) {
		review = time.Time{}
	}
	w.Through = false
	level := cmp.Or(a.Level, g.profile().LevelAfterCase(), w.Level)
	if !live && g.Rank(level) < g.Rank(w.Level) { // a case that was not open here leaves no lower level behind (R89)
		level = w.Level
	}
	change := LevelChange{From: w.Level, To: level, At: m.Now, By: m.By.For, Case: words.Code(a.Case), Reason: a.Reason, Review: review}
	if g.Rank(level) < g.Rank(w.Level) && g.belowAfterCase(level) {
		if a.Agreed == nil {
			return g.leavesBehind(w, change, m) + asked
		}
		change.Evidence, change.Agreed, change.Dissent = a.Agreed.Evidence, a.Agreed.Agreed, ledger.Against(*a.Agreed)
	}
	change = g.setLevel(w, change, m)
	return " It is watched at the " + g.LevelName(change.To) + " level." + asked
}

// leavesBehind proposes the lower level that a case is said to leave behind. Until enough have agreed, and all had time to
// object, the provider is watched as every other is after a case (R89).
func (g *Group) leavesBehind(w *Watched, change LevelChange, m ledger.Moment) string {
	after := change
	after.To, after.Review = g.profile().LevelAfterCase(), time.Time{}
	g.setLevel(w, after, m)
	change.From, change.Evidence = after.To, "case "+change.Case+" is closed"
	return " It is watched at the " + g.LevelName(after.To) + " level. " + g.lower(w, change, m)
}

// LinkConcern leads from concern to case: which concerns a summit was triggered from. They
// are the case's from then on.
type LinkConcern struct {
	Concerns string `json:"concerns" flag:"concerns" usage:"the concerns, such as 'C1, C3'" need:"yes"`
	Case     string `json:"case" flag:"case" usage:"the case's reference" need:"yes"`
}

func (a *LinkConcern) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	if c := words.Code(a.Case); c == "" || len(c) > 20 {
		return regime.Mistakef("--case %q is not the reference of a case.", words.Clip(a.Case, 20))
	}
	ids := words.Codes(a.Concerns)
	if len(ids) == 0 {
		return regime.Mistakef("--concerns names none.")
	}
	for _, id := range ids {
		if g.concern(id) == nil && !g.concernLeft(id) {
			return regime.Mistakef("there is no concern %q.", words.Clip(id, 20))
		}
	}
	return nil
}

func (a *LinkConcern) do(g *Group, m ledger.Moment) string {
	ids, left := words.Codes(a.Concerns), []string(nil)
	for _, id := range ids {
		c := g.concern(id)
		if c == nil {
			continue // it was settled long ago, and has left
		}
		if c.Settled.IsZero() && !g.mayGoOn(c, words.Code(a.Case)) {
			left = append(left, id)
			c.Case = words.Code(a.Case)
			g.summitTriggered(c.Provider, m)
			continue
		}
		if !c.Settled.IsZero() {
			c.Case = words.Code(a.Case)
			continue
		}
		g.goesOn(c, words.Code(a.Case), "", m)
		g.summitTriggered(c.Provider, m)
	}
	return "Case " + words.Code(a.Case) + " came from " + words.List(slices.Clone(ids)) + "." + staysHere(left)
}
