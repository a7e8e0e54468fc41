package surveillance

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// boardDuties is how many lines of duties a board shows: every provider on the list has one.
const boardDuties = 12

// Board says in Markdown how the group stands: when it meets, which providers it watches and how
// closely, who owes what by when. It holds no word that a person wrote.
func (g *Group) Board(now time.Time) string {
	lines := []string{"## " + words.Capital(g.headline(g.OpenName(), now)), ""}
	if g.Demonstration {
		lines = append(lines, "**Demonstration: not a real group. Its clock is not the world's.**", "")
	}
	lines = append(lines, "**Where we are** — "+strings.Join(g.Standing(now), "; ")+".", "")
	lines = append(lines, g.BoardLines(now, boardDuties)...)
	return strings.Join(lines, "\n")
}

func (g *Group) what(e ledger.Entry) string {
	if e.Verb == ledger.ByClock {
		return e.Text
	}
	return g.profile().Said(ledger.DoneAt(verbs, e, words.Capital(g.Name(e.By.For))))
}

// Headline is the group in one line.
func (g *Group) Headline(now time.Time) string { return g.headline(g.PlaceName, now) }

// OpenName is the place as it may stand where nothing is sealed: a name from a closed list, else
// the code.
func (g *Group) OpenName() string {
	if g.NamedByHand {
		return g.Place()
	}
	return g.PlaceName
}

func (g *Group) headline(place string, now time.Time) string {
	h := g.row().Name + ", " + place
	if !g.Ended.IsZero() {
		return h + ": ended on " + calendar.Day(g.Ended)
	}
	if n := g.CountOverdue(now); n > 0 {
		h += "; " + ledger.OverdueWords(n)
	}
	return h
}

// Standing says in a few phrases how the group stands.
func (g *Group) Standing(now time.Time) []string {
	var out []string
	if n := g.next(); n != nil {
		text := "meeting " + strconv.Itoa(n.N) + " is due " + calendar.Short(n.At)
		if !n.Fixed.IsZero() {
			text = "meeting " + strconv.Itoa(n.N) + " is on " + calendar.Short(n.At)
		}
		out = append(out, text)
	}
	cases := 0
	for _, w := range g.Watched {
		cases += words.Flag(w.Case != "")
	}
	f := g.CoverageNow(now)
	out = append(out, words.Count(f.Watched, "provider")+" watched, "+g.atLevels()+
		strconv.Itoa(cases)+" with an open case",
		f.Words(g.Coverage))
	if n := len(g.Worries()); n > 0 {
		out = append(out, "open concerns about "+words.Count(n, "provider"))
	}
	if text := g.indicatorsOnBoard(); text != "" {
		out = append(out, text)
	}
	if gaps := g.MembershipGaps(); len(gaps) > 0 {
		out = append(out, "no seat taken yet by "+g.names(gaps))
	}
	return out
}

// atLevels counts the providers at the levels between the lowest and a live case's: "2 at the enhanced level, ". Of several
// such levels those are left out at which there is none.
func (g *Group) atLevels() string {
	between := slices.DeleteFunc(g.profile().LevelsDown(), func(r regime.LevelRow) bool {
		return r.Live || r.Level == g.profile().LowestLevel()
	})
	text := ""
	for _, r := range between {
		n := 0
		for _, w := range g.Watched {
			n += words.Flag(w.Level == r.Level)
		}
		if n > 0 || len(between) == 1 {
			text += strconv.Itoa(n) + " at the " + g.LevelName(r.Level) + " level, "
		}
	}
	return text
}
