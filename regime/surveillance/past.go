package surveillance

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime/ledger"
)

// Over is what is over in a group: meetings with their signed record, settled concerns, what was concluded
// of a provider before it was spoken of again, closed actions, reports that others have followed, and the
// levels of before.
type Over struct {
	ledger.Over
	Meetings []Meeting     `json:"meetings,omitempty"`
	Concerns []Concern     `json:"concerns,omitempty"`
	Outcomes []Outcome     `json:"outcomes,omitempty"`
	Actions  []Action      `json:"actions,omitempty"`
	Reports  []LocalReport `json:"reports,omitempty"`
	Levels   []LevelsGone  `json:"levels,omitempty"`
	// Agreements are those that have taken effect, or not, long ago.
	Agreements []ledger.Agreement `json:"agreements,omitempty"`
}

// LevelsGone are changes of the level of one provider.
type LevelsGone struct {
	Provider string        `json:"provider"`
	Changes  []LevelChange `json:"changes"`
}

// Empty reports whether there is nothing in it.
func (o Over) Empty() bool { return reflect.ValueOf(o).IsZero() }

// most is how many of a kind leave at one time, so that none is too long to be handed on.
const most = 400

// Full reports whether more may have been left for another time.
func (o Over) Full() bool {
	return o.Over.Full() || len(o.Meetings) == mostMeetings || max(len(o.Concerns), len(o.Outcomes), len(o.Actions),
		10*len(o.Reports), len(o.Levels), 4*len(o.Agreements)) == most
}

// mostMeetings is as most: to a meeting each member may send pages.
const mostMeetings = 6

// gone counts what has left, where numbers go on from it.
type gone struct {
	Concerns int `json:"concerns,omitempty"`
	Actions  int `json:"actions,omitempty"`
	Reports  int `json:"reports,omitempty"`
	Meetings int `json:"meetings,omitempty"`
	Outcomes int `json:"outcomes,omitempty"`
}

// Over is a copy of what is over, as the members may see it.
func (g *Group) Over(now time.Time) Over {
	since := g.Opened
	last, met := g.LastMeeting()
	if met {
		since = last.Held
	}
	before := now.Add(-ledger.StaysFor)
	out := Over{Over: g.Ledger.Over(now, ledger.Needs{Entry: func(e ledger.Entry) bool {
		return e.Verb == notePath && e.At.After(since) // who has said something since is not asked
	}})}
	for _, m := range g.Meetings {
		if !m.Recorded.IsZero() && (m.Draft == "" || !m.Final.IsZero()) && m.Held.Before(before) && m.Recorded.Before(before) && m.N != last.N {
			out.Meetings = append(out.Meetings, m)
		}
	}
	for _, c := range g.Concerns {
		if g.concernOver(c, before, g.row().Recall.Before(now)) {
			if c.Confidential {
				c.Told = nil
			}
			out.Concerns = append(out.Concerns, c)
		}
	}
	var reported time.Time
	if n := len(g.Reports); n > 0 {
		reported = g.Reports[n-1].At
	}
	for i := range g.Outcomes {
		o := g.Outcomes[i]
		if o.At.Before(before) && !o.Escalated.After(reported) && o.Escalated.Before(since) && o.Meeting != last.N && g.spokenOfAgain(i) {
			out.Outcomes = append(out.Outcomes, o)
		}
	}
	for _, a := range g.Actions {
		if a.Settled() && !a.Closed.IsZero() && a.Closed.Before(before) {
			out.Actions = append(out.Actions, a)
		}
	}
	for i, r := range g.Reports {
		if i < len(g.Reports)-1 && r.At.Before(before) && r.Arrived.Before(before) && r.Arrived.Before(since) && (r.From != "" || !r.Handed.IsZero()) && g.reportedAgain(i) {
			out.Reports = append(out.Reports, r)
		}
	}
	for _, w := range g.Watched {
		if changes := g.levelsOver(w, before, reported); len(changes) > 0 {
			out.Levels = append(out.Levels, LevelsGone{w.Code, changes})
		}
	}
	for i, rest := range g.Agreements {
		if i < len(g.Agreements)-1 && !rest.Open() && rest.Until.Before(before) { // the last numbers the next
			out.Agreements = append(out.Agreements, rest)
		}
	}
	out.Agreements = atMost(most/4, out.Agreements)
	out.Meetings, out.Concerns, out.Outcomes = atMost(mostMeetings, out.Meetings), atMost(most, out.Concerns), atMost(most, out.Outcomes)
	out.Actions, out.Reports, out.Levels = atMost(most, out.Actions), atMost(most/10, out.Reports), atMost(most, out.Levels)
	ledger.OwnCopy(&out)
	return out
}

func atMost[T any](n int, all []T) []T { return all[:min(n, len(all))] }

// notePath is the verb by which members tell something between meetings.
var notePath = VerbOf(&AddGroupNote{}).Path

// concernOver: it is settled, and no case may give it back to the group.
func (g *Group) concernOver(c Concern, before, recalled time.Time) bool {
	if c.Settled.IsZero() || !c.Settled.Before(before) || !c.At.Before(recalled) {
		return false
	}
	live := slices.ContainsFunc(g.Watched, func(w Watched) bool { return c.Case != "" && w.Case == c.Case })
	named := c.ProviderName != "" && g.provider(c.Provider) == nil // only here is it said what it is called
	return !live && !named
}

// spokenOfAgain reports whether the provider was spoken of again, and so that nothing is asked of this time any
// more: who else is told of an escalation, and why no summit was triggered, goes by the latest of its kind.
func (g *Group) spokenOfAgain(i int) bool {
	was, again, escalated, summit := g.Outcomes[i], false, false, false
	for _, o := range g.Outcomes[i+1:] {
		if o.Provider == was.Provider {
			again, escalated, summit = true, escalated || !o.Escalated.IsZero(), summit || o.Outcome == TriggerSummit
		}
	}
	return again && (was.Escalated.IsZero() || escalated) && (was.Outcome != TriggerSummit || summit)
}

// reportedAgain reports whether the same local group has reported since.
func (g *Group) reportedAgain(i int) bool {
	return slices.ContainsFunc(g.Reports[i+1:], func(r LocalReport) bool { return r.From == g.Reports[i].From })
}

// levelsOver are the changes that say nothing any more of the present level, of the next report or of the
// last time that the group spoke of the provider.
func (g *Group) levelsOver(w Watched, before, reported time.Time) []LevelChange {
	spoken := g.lastOutcome(w.Code).At
	var out []LevelChange
	for i, c := range w.History {
		if i == len(w.History)-1 || !c.At.Before(before) || c.At.After(reported) || !spoken.IsZero() && !c.At.Before(spoken) ||
			w.Case != "" && c.Case == w.Case || !w.History[i+1].At.Before(before) {
			break
		}
		out = append(out, c)
	}
	return out
}

// LetGo takes out what is on file now, as the part of the register with this digest; what has changed since
// stays.
func (g *Group) LetGo(o Over, digest string, now time.Time) {
	g.pen.LetGo(o.Over, digest, now)
	was := [...]int{len(g.Concerns), len(g.Actions), len(g.Reports), len(g.Meetings), len(g.Outcomes)}
	g.Meetings = without(g.Meetings, o.Meetings)
	g.Concerns = slices.DeleteFunc(g.Concerns, func(c Concern) bool {
		if c.Confidential {
			c.Told = nil
		}
		return contains(o.Concerns, c)
	})
	g.Outcomes, g.Actions, g.Reports = without(g.Outcomes, o.Outcomes), without(g.Actions, o.Actions), without(g.Reports, o.Reports)
	g.Agreements = without(g.Agreements, o.Agreements)
	g.Gone.Concerns += was[0] - len(g.Concerns)
	g.Gone.Actions += was[1] - len(g.Actions)
	g.Gone.Reports += was[2] - len(g.Reports)
	g.Gone.Meetings += was[3] - len(g.Meetings)
	g.Gone.Outcomes += was[4] - len(g.Outcomes)
	for _, l := range o.Levels {
		if w := g.provider(l.Provider); w != nil {
			w.History = without(w.History, l.Changes)
		}
	}
}

func without[T any](all, left []T) []T {
	return slices.DeleteFunc(all, func(x T) bool { return contains(left, x) })
}

func contains[T any](all []T, x T) bool {
	return slices.ContainsFunc(all, func(y T) bool { return reflect.DeepEqual(x, y) })
}

// Whole is a copy of the group as its members may see it, with what has left it.
func (g *Group) Whole(parts []Over) *Group {
	k := g.Public()
	var before []ledger.Over
	for i := len(parts) - 1; i >= 0; i-- { // each goes before what left later
		o := parts[i]
		k.Meetings, k.Concerns = slices.Concat(o.Meetings, k.Meetings), slices.Concat(o.Concerns, k.Concerns)
		k.Outcomes, k.Actions = slices.Concat(o.Outcomes, k.Outcomes), slices.Concat(o.Actions, k.Actions)
		k.Reports, k.Agreements = slices.Concat(o.Reports, k.Reports), slices.Concat(o.Agreements, k.Agreements)
		for _, l := range o.Levels {
			if w := k.provider(l.Provider); w != nil {
				w.History = slices.Concat(l.Changes, w.History)
			}
		}
	}
	for _, o := range parts {
		before = append(before, o.Over)
	}
	k.pen.PutBack(before)
	slices.SortStableFunc(k.Concerns, func(a, b Concern) int { return cmp.Compare(numberIn(a.ID), numberIn(b.ID)) })
	slices.SortStableFunc(k.Actions, func(a, b Action) int { return cmp.Compare(numberIn(a.ID), numberIn(b.ID)) })
	slices.SortStableFunc(k.Reports, func(a, b LocalReport) int { return cmp.Compare(a.N, b.N) })
	slices.SortStableFunc(k.Meetings, func(a, b Meeting) int { return cmp.Compare(a.N, b.N) })
	slices.SortStableFunc(k.Outcomes, func(a, b Outcome) int { return cmp.Compare(a.N, b.N) })
	return k
}

// numberIn is that of an id such as "C12".
func numberIn(id string) int {
	n, _ := strconv.Atoi(id[1:])
	return n
}

// hasLeft reports whether an id such as "C12" was given; where it is not found, it has left.
func hasLeft(id, letter string, given int) bool {
	digits, ok := strings.CutPrefix(id, letter)
	n, err := strconv.Atoi(digits)
	return ok && err == nil && n > 0 && n <= given
}

// concernLeft reports whether the concern was settled and has left for the register.
func (g *Group) concernLeft(id string) bool {
	return g.concern(id) == nil && hasLeft(id, "C", len(g.Concerns)+g.Gone.Concerns)
}
