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
		Did:     "noted how a case stands",
		Summary: "Note how a case about a provider stands; a case tells its groups by itself",
		Example: `group note-case --group GROUP --by "NHS England" --case K7QM-3XRD --provider RCX --stage RESPONDING`},
	{Path: "group link-case", Update: "LinkConcern", Rules: "R11 R75 R88",
		New:     func() Act { return new(LinkConcern) },
		Did:     "recorded that a risk summit was triggered from a concern",
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
	known, told := w.Case == ref, w.Case == ref && w.CaseTells
	if w.Case != "" && !known && (!a.byItself() || a.Stage == regime.UnderSurveillance) {
		return text + openStill(w)
	}
	if !known && !w.CaseTells {
		g.reopen(w.Code, w.Case) // it is another case that goes on with them
	}
	w.CaseTells = told || a.byItself()
	w.Case, w.CaseStage, w.CaseSince, w.Measures = ref, a.Stage, since, a.Measures
	if a.Stage == regime.UnderSurveillance {
		if g.throughCase(w) {
			text += g.triggerWithdrawn(w, m)
		}
		return text
	}
	if !g.throughCase(w) {
		if live := g.profile().LiveLevel(); live != "" {
			g.setLevel(w, LevelChange{From: w.Level, To: live, At: m.Now, By: m.By.For, Case: ref,
				Reason: "a " + g.labels().Summit + " was triggered"}, m)
		} else {
			w.Through = true
		}
		g.summitTriggered(w.Code, a.byItself(), m)
		return text + g.takeAlong(w, a.Trigger, m) + " Watched through the case."
	}
	if w.CaseTells && !told {
		text += g.takeAlong(w, a.Trigger, m)
	}
	return text
}

// openStill: a case that is open is not put aside by the note of another one (R88).
func openStill(w *Watched) string {
	text := " Case " + w.Case + " is open still, and the provider is watched through it."
	if !w.CaseTells {
		text += " If it is over, note that first."
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
	return text + g.staysHere(left)
}

// mayGoOn: a concern goes on in a case of which the group has news, and on the word of a person an urgent one only once
// somebody has acknowledged it; a case that tells its news itself takes it along (R88).
func (g *Group) mayGoOn(c *Concern, ref string) bool {
	w := g.provider(c.Provider)
	return w != nil && w.Case == ref && (w.CaseTells || !c.Urgent || g.acknowledged(c))
}

func (g *Group) staysHere(ids []string) string {
	var urgent, others []string
	for _, id := range ids {
		if g.concern(id).Urgent {
			urgent = append(urgent, id)
		} else {
			others = append(others, id)
		}
	}
	text := ""
	if len(urgent) > 0 {
		text += " Urgent, and open here until the case itself takes it along (R88): " + words.List(urgent) + "."
	}
	if len(others) > 0 {
		text += " The group has no news of that case; open here until it has (R88): " + words.List(others) + "."
	}
	return text
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
	return " The trigger was withdrawn; it is watched at the " + g.LevelName(level) + " level, as before." +
		g.comeBack(w.Code, w.Case, m)
}

// reopen gives the group back the concerns with which a case has gone on.
func (g *Group) reopen(provider, ref string) []*Concern {
	var out []*Concern
	for i := range g.Concerns {
		if c := &g.Concerns[i]; c.Provider == provider && c.Case == ref && c.End == InCase {
			c.Settled, c.End = time.Time{}, ""
			out = append(out, c)
		}
	}
	return out
}

// comeBack: what went on in a case that is over on the word of a person, or whose trigger was withdrawn, is open here
// again, and who raised it is told. Only of a case that tells its news itself is it known that it has dealt with them (R88).
func (g *Group) comeBack(provider, ref string, m ledger.Moment) string {
	var ids []string
	for _, c := range g.reopen(provider, ref) {
		ids = append(ids, c.ID)
		if c.Urgent && len(c.Answers) == 0 {
			g.chase(*c, m)
		}
		g.pen.Notify(ledger.Notice{Kind: regime.NoticeConcernRests, To: []ledger.Recipient{g.raiser(c)},
			Text: "The concern of your body (" + c.ID + "), which went on in case " + ref + ", is open in the group again; it is on " +
				"the agenda of the next meeting"})
	}
	if len(ids) == 0 {
		return ""
	}
	return " Open in the group again: " + words.List(ids) + "."
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
	back := ""
	if !a.byItself() {
		back = g.comeBack(w.Code, words.Code(a.Case), m)
	}
	if w.Case != "" && w.Case != words.Code(a.Case) {
		return openStill(w) + back
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
			return g.leavesBehind(w, change, m) + asked + back
		}
		change.Evidence, change.Agreed, change.Dissent = a.Agreed.Evidence, a.Agreed.Agreed, ledger.Against(*a.Agreed)
	}
	change = g.setLevel(w, change, m)
	return " It is watched at the " + g.LevelName(change.To) + " level." + asked + back
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
		ref := words.Code(a.Case)
		if !c.Settled.IsZero() {
			if c.End != InCase { // else that case goes on with it, and gives it back
				c.Case = ref
			}
			continue
		}
		if w := g.provider(c.Provider); w != nil && w.Case == ref {
			g.summitTriggered(c.Provider, w.CaseTells, m)
		}
		if !g.mayGoOn(c, ref) {
			left = append(left, id)
			c.Case = ref
			continue
		}
		g.goesOn(c, ref, "", m)
	}
	return "Case " + words.Code(a.Case) + " came from " + words.List(slices.Clone(ids)) + "." + g.staysHere(left)
}
