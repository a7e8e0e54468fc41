package surveillance

import (
	"cmp"
	"slices"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// ServiceLevel is the level of one service of a provider, where the profile has such levels. It stands beside that of the
// whole provider.
type ServiceLevel struct {
	Service string                   `json:"service"`
	Level   regime.SurveillanceLevel `json:"level"`
	History []LevelChange            `json:"history"`
}

// ServiceWords are the levels of its services, the highest first: "urgent care: targeted intervention".
func (g *Group) ServiceWords(w Watched) []string {
	all := slices.Clone(w.Services)
	slices.SortStableFunc(all, func(a, b ServiceLevel) int { return g.Rank(b.Level) - g.Rank(a.Level) })
	var out []string
	for _, s := range all {
		out = append(out, s.Service+": "+g.LevelName(s.Level))
	}
	return out
}

func (g *Group) level(l regime.SurveillanceLevel) regime.LevelRow {
	row, _ := g.profile().Level(l)
	return row
}

func (w *Watched) service(name string) *ServiceLevel {
	for i := range w.Services {
		if strings.EqualFold(w.Services[i].Service, name) {
			return &w.Services[i]
		}
	}
	return nil
}

// reviewed is what a review is about: the provider, or one service of it.
func (w *Watched) reviewed(service string) string { return w.Code + ", " + service }

// reviewedLevel is the level that a review is about, with what it is of; false where it is watched no more.
func (g *Group) reviewedLevel(subject string) (of string, level regime.SurveillanceLevel, ok bool) {
	code, service, one := strings.Cut(subject, ", ")
	w := g.provider(code)
	if w == nil || one && w.service(service) == nil {
		return "", "", false
	}
	of = w.Name + " (" + w.Code + ")"
	if one {
		of += ", " + service
	}
	return of, w.levelOf(service, g), true
}

// levelOf is the level of a service, or of the whole provider where none is named. A service of which none was set is at
// the lowest.
func (w *Watched) levelOf(service string, g *Group) regime.SurveillanceLevel {
	if service == "" {
		return w.Level
	}
	if s := w.service(service); s != nil {
		return s.Level
	}
	return g.profile().LowestLevel()
}

// toComeDown says what must be shown: what was said when the level was set, else what the profile says of it.
func (g *Group) toComeDown(w *Watched, service string) string {
	history := w.History
	if s := w.service(service); service != "" && s != nil {
		history = s.History
	}
	set := ""
	if n := len(history); n > 0 {
		set = history[n-1].Down
	}
	must := cmp.Or(set, g.level(w.levelOf(service, g)).Down)
	if must == "" {
		return ""
	}
	return " To come down must be shown: " + words.Full(must)
}

// setAlone is a level that a body sets whose part it is, or one of a service: it holds at once, and of a lower one all members
// are told (R92).
func (g *Group) setAlone(w *Watched, service string, change LevelChange, m ledger.Moment) string {
	remark, _ := g.profile().MaySetLevel(m.By.For.Body(), change.From, change.To)
	change.Down = cmp.Or(change.Down, g.level(change.To).Down)
	what := "The level of provider " + w.Code
	if service == "" {
		g.pen.Overtake(ledger.ToLower, w.Code, m)
		change = g.setLevel(w, change, m)
	} else {
		s := w.service(service)
		if s == nil {
			w.Services = append(w.Services, ServiceLevel{Service: service})
			s = &w.Services[len(w.Services)-1]
		}
		change = g.askReview(w.reviewed(s.Service), change, m)
		s.Level, s.History = change.To, append(s.History, change)
		what += ", " + s.Service + ","
	}
	text := what + " stays " + g.LevelName(change.To)
	if change.From != change.To {
		text = what + " goes from " + g.LevelName(change.From) + " to " + g.LevelName(change.To)
	}
	text += ", set by " + g.Name(m.By.For) + dissenting(g, change.Dissent)
	if !change.Review.IsZero() {
		text += "; to be reviewed by " + calendar.Instant(change.Review)
	}
	text += ". " + words.Full(change.Reason) + ledger.OnEvidence(change.Evidence)
	if g.Rank(change.To) < g.Rank(change.From) {
		g.pen.Event(regime.NoticeLowering, g.Name(m.By.For)+" has set a lower surveillance level for one of the providers that the group "+
			"watches, or for one of its services; the evidence stands with the group. A note says what your body sees otherwise, and a "+
			"higher level can be agreed at any time", regime.RoleMembers)
	}
	if change.Down != "" && g.Rank(change.To) >= g.Rank(change.From) {
		text += " To come down must be shown: " + words.Full(change.Down)
	}
	return words.Join(text, remark)
}

// belowAfterCase reports whether a level is lower than the one that a case leaves behind by itself.
func (g *Group) belowAfterCase(l regime.SurveillanceLevel) bool {
	after := g.profile().LevelAfterCase()
	return after != "" && g.Rank(l) < g.Rank(after)
}

// throughCase reports whether the provider is watched through its live case.
func (g *Group) throughCase(w *Watched) bool { return w.Through || g.level(w.Level).Live }

// levelBefore is the level that the provider had before its case.
func (g *Group) levelBefore(w *Watched) regime.SurveillanceLevel {
	for i := len(w.History) - 1; i >= 0; i-- {
		if h := w.History[i]; g.level(h.To).Live && h.Case == w.Case {
			return cmp.Or(h.From, g.profile().LowestLevel())
		}
	}
	return g.profile().LowestLevel()
}
