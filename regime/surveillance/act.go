package surveillance

import (
	"reflect"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Act is something that a person does in a surveillance group, for one of its members or for a body
// that tells it what it knows. check and do are as in failure.Act.
type Act interface {
	check(g *Group, m ledger.Moment) error
	do(g *Group, m ledger.Moment) string
}

// Verb is what can be done in a surveillance group.
type Verb = ledger.VerbOn[Act]

// Verbs lists everything that can be done in a group.
func Verbs() []Verb { return verbs }

// VerbOf finds the verb of an act.
func VerbOf(a Act) Verb { return verbOfAct[reflect.TypeOf(a)] }

// VerbNamed finds a verb by the name of its Update.
func VerbNamed(name string) (Verb, bool) {
	v, ok := verbNamed[name]
	return v, ok
}

// The verbs of a group, set by their own declaration as those of a case are.
var (
	verbs = slices.Concat(groupMeetingVerbs, concernVerbs, restVerbs, groupAlertVerbs, considerVerbs, levelVerbs,
		coverageVerbs, groupActionVerbs, groupMemberVerbs, groupSuccessionVerbs, groupCaseVerbs, groupReportVerbs,
		groupNoteVerbs, groupPackVerbs, groupLinkVerbs, decidedVerbs, reviewVerbs, sharingVerbs, themeVerbs,
		indicatorVerbs, talkVerbs, arrangementVerbs)
	verbNamed = ledger.ByUpdate(verbs)
	verbOfAct = ledger.ByAct(verbs)
)

// Check reports whether the act may be done at this time; it changes nothing.
func (g *Group) Check(req ledger.Request, act Act, now time.Time) error {
	return g.CheckCommand(req, g.command(act), now)
}

// Perform does the act if Check allows it, with all that follows from it at once.
func (g *Group) Perform(req ledger.Request, act Act, now time.Time) (ledger.Receipt, error) {
	e, repeated, err := g.pen.PerformCommand(req, g.command(act), now)
	if err != nil {
		return ledger.Receipt{}, err
	}
	return ledger.Receipt{Entry: e, Repeated: repeated, Next: g.NextWords()}, nil
}

func (g *Group) command(act Act) ledger.Command {
	return ledger.Command{Act: act, Path: VerbOf(act).Path, Does: g.profile().Said(does(VerbOf(act).Summary)), Unproven: unproven(act),
		Check: func(m ledger.Moment) error {
			if !g.Ended.IsZero() {
				return regime.Mistakef("the group has ended.")
			}
			if m.By.For.Body() == regime.ProviderBody {
				return regime.Refusef("R8", "a provider is never a member of a %s and has no part in it; its "+
					"commissioner or regulator can bring what it knows.", g.labels().Group)
			}
			if err := g.clear(m.By.For, act); err != nil {
				return err
			}
			_, err := g.judged(act, m)
			return err
		},
		Last: func(m ledger.Moment) error {
			if a, ok := act.(aboutOwnConcern); ok {
				return a.own(g, m)
			}
			return nil
		},
		Do: func(m ledger.Moment) string {
			remark, _ := g.judged(act, m)
			text := words.Join(act.do(g, m), remark)
			g.endChases(m.Now) // by the act itself, so that whom it frees is told (R131)
			return text
		},
		Veil: func(m ledger.Moment) ledger.Moment {
			if a, ok := act.(confidence); ok && a.InConfidence() {
				m.By = ledger.Actor{For: g.confide(a, m)}
			}
			if a, ok := act.(aboutOwnConcern); ok {
				if c := g.concern(a.concernID()); c != nil && c.Confidential {
					m.By = ledger.Actor{For: c.By.For}
				}
			}
			return m
		},
		Opened: ledger.Since(g.Opened, "the group was opened"),
		Follows: func(m ledger.Moment) ledger.Bound {
			if f, ok := act.(interface {
				follows(*Group, ledger.Moment) ledger.Bound
			}); ok {
				return f.follows(g, m)
			}
			return ledger.Bound{}
		},
	}
}

// judged is the act's own check. What is refused for no more than that another supports the group is taken with a remark
// where no text confirms who that is (R125).
func (g *Group) judged(act Act, m ledger.Moment) (remark string, err error) {
	err = act.check(g, m)
	if err == nil || !g.IsMember(m.By.For) || !g.profile().MayTake(m.By.For.Body(), g.supportPart()) {
		return "", err
	}
	k := *g
	if k.standIn = m.By.For; act.check(&k, m) != nil {
		return "", err
	}
	return regime.NotAlone(g.Name(g.support())), nil
}

// clear refuses a body that has several units in the group when none is named: it is not known who
// was there, or who speaks.
func (g *Group) clear(by regime.Party, act Act) error {
	var named []regime.Party
	regime.ResolveParties(act, func(p regime.Party) regime.Party {
		named = append(named, p)
		return p
	})
	for _, p := range append(named, by) {
		if p.Unit() != "" {
			continue
		}
		if ms := g.parties(func(m regime.Party) bool { return m.Body() == p.Body() }); len(ms) > 1 {
			return regime.Mistakef("which %s? In the group are %s; name one, as %s.", g.Name(p), g.names(ms), ms[0])
		}
	}
	return nil
}

// supportOnly refuses to all but those who facilitate and chair (R73).
func (g *Group) supportOnly(m ledger.Moment, does string) error {
	if m.By.For == g.support() || m.By.For == g.chair() {
		return nil
	}
	return regime.Refusef("R73", "%s, who supports the group, or its chair %s.", g.Name(g.support()), does)
}

func (g *Group) memberOnly(m ledger.Moment) error {
	if g.IsMember(m.By.For) {
		return nil
	}
	return regime.Refusef("R69", "%s is not a member of the group; it can join ('group join') or tell it "+
		"what it knows ('group concern').", g.Name(m.By.For))
}
