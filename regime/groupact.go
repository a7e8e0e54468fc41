package regime

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// GroupAct is something that a person does in a surveillance group, for one of its members
// or for a body that tells it what it knows. check and do are as in Act.
type GroupAct interface {
	check(g *Group, m Moment) error
	do(g *Group, m Moment) string
}

// GroupVerb is what can be done in a surveillance group.
type GroupVerb = VerbOn[GroupAct]

// GroupVerbs lists everything that can be done in a group.
func GroupVerbs() []GroupVerb { return surveillanceVerbs }

// GroupVerbOf finds the verb of an act.
func GroupVerbOf(a GroupAct) GroupVerb { return groupVerbOfAct[reflect.TypeOf(a)] }

// GroupVerbNamed finds a verb by the name of its Update.
func GroupVerbNamed(name string) (GroupVerb, bool) {
	v, ok := groupVerbNamed[name]
	return v, ok
}

// The verbs of a group, set by their own declaration as those of a case are.
var (
	surveillanceVerbs = slices.Concat(groupMeetingVerbs, concernVerbs, groupAlertVerbs, considerVerbs, levelVerbs,
		coverageVerbs, groupActionVerbs, groupMemberVerbs, groupCaseVerbs, groupReportVerbs,
		groupNoteVerbs, groupPackVerbs)
	groupVerbNamed = byUpdate(surveillanceVerbs)
	groupVerbOfAct = byAct(surveillanceVerbs)
)

// Check tells whether the act may be done at this time; it changes nothing.
func (g *Group) Check(req Request, act GroupAct, now time.Time) error {
	return g.check(req, g.deed(act), now)
}

// Perform does the act if Check allows it, with all that follows from it at once.
func (g *Group) Perform(req Request, act GroupAct, now time.Time) (Receipt, error) {
	e, repeated, err := g.perform(req, g.deed(act), now)
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{Entry: e, Repeated: repeated, Next: g.NextWords()}, nil
}

func (g *Group) deed(act GroupAct) deed {
	return deed{act: act, path: GroupVerbOf(act).Path,
		check: func(m Moment) error {
			if !g.Ended.IsZero() {
				return mistake("the group has ended.")
			}
			if m.By.For.Body() == ProviderBody {
				return refuse("R8", "a provider is never a member of a %s and has no part in it; its "+
					"commissioner or regulator can bring what it knows.", g.labels().Group)
			}
			if err := g.clear(m.By.For, act); err != nil {
				return err
			}
			return act.check(g, m)
		},
		do: func(m Moment) string { return act.do(g, m) },
		veil: func(m Moment) Moment {
			if a, ok := act.(confidence); ok && a.InConfidence() {
				m.By = Actor{For: g.confide(a, m)}
			}
			return m
		},
		opened: bound{g.Opened, "the group was opened"},
		follows: func(m Moment) bound {
			if f, ok := act.(interface{ follows(*Group, Moment) bound }); ok {
				return f.follows(g, m)
			}
			return bound{}
		},
	}
}

// clear refuses a body of which several units sit in the group and none is named: nobody
// knows who was there, or who speaks.
func (g *Group) clear(by Party, act GroupAct) error {
	var named []Party
	completeParties(act, func(p Party) Party {
		named = append(named, p)
		return p
	})
	for _, p := range append(named, by) {
		if p.Unit() != "" {
			continue
		}
		if ms := g.parties(func(m Party) bool { return m.Body() == p.Body() }); len(ms) > 1 {
			return mistake("which %s? In the group are %s; name one, as %s.", g.Name(p), g.names(ms), ms[0])
		}
	}
	return nil
}

// supportOnly refuses to all but those who facilitate and chair (R73).
func (g *Group) supportOnly(m Moment, does string) error {
	if m.By.For == g.support() || m.By.For == g.chair() {
		return nil
	}
	return refuse("R73", "%s, who supports the group, or its chair %s.", g.Name(g.support()), does)
}

func (g *Group) memberOnly(m Moment) error {
	if g.IsMember(m.By.For) {
		return nil
	}
	return refuse("R69", "%s is not a member of the group; it can join ('group join') or tell it "+
		"what it knows ('group concern').", g.Name(m.By.For))
}

// codes reads what a person typed as a list: "RCX, rgp A1".
func codes(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\t'
	}) {
		if f = strings.ToUpper(f); !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func code(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }
