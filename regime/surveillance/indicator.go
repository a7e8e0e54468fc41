package surveillance

import (
	"cmp"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Indicator is a figure about a provider, as a source has published or reported it. Nothing is worked out from it,
// and nothing follows from it (R132).
type Indicator struct {
	ID       string       `json:"id"` // "I1"
	Provider string       `json:"provider"`
	What     string       `json:"what"`
	Value    string       `json:"value"`
	Source   string       `json:"source"`
	Of       time.Time    `json:"of"` // the day that it is of
	By       regime.Party `json:"by"`
	At       time.Time    `json:"at"`
	// Before is the value that it took the place of; those before it stand in the chronology.
	Before   string    `json:"before,omitempty"`
	BeforeOf time.Time `json:"beforeOf,omitzero"`
}

var indicatorVerbs = []Verb{
	{Path: "group indicator", Update: "NoteIndicator", Rules: "R132",
		New:     func() Act { return new(NoteIndicator) },
		Did:     "recorded an indicator",
		Summary: "Record an indicator about a provider, with its source and its day; it stands on the agenda",
		Example: `group indicator --group GROUP --by CQC --provider RCX --what "Hospital mortality" --value "112, as expected: 100" --source "quality dashboard" --of 2013-03-31`},
}

// NoteIndicator is open to whoever may raise a concern. The same indicator from the same source takes the place of the
// one before.
type NoteIndicator struct {
	Provider string    `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	What     string    `json:"what" flag:"what" usage:"what it measures" need:"yes"`
	Value    string    `json:"value" flag:"value" usage:"its value, in the source's words" need:"yes"`
	Source   string    `json:"source" flag:"source" usage:"who publishes or reports it" need:"yes"`
	Of       time.Time `json:"of,omitzero" flag:"of" day:"start" when:"ever" usage:"the day, or the last day of the time, that it is of; without it, today"`
}

func (a *NoteIndicator) check(*Group, ledger.Moment) error { return checkCode(a.Provider) }

func (a *NoteIndicator) do(g *Group, m ledger.Moment) string {
	new := Indicator{Provider: words.Code(a.Provider), What: a.What, Value: a.Value, Source: a.Source, Of: cmp.Or(a.Of, m.Now),
		By: m.By.For, At: m.Now}
	was := ledger.Find(g.Indicators, func(i Indicator) bool {
		return i.Provider == new.Provider && i.What == new.What && i.Source == new.Source
	})
	if was == nil {
		new.ID = "I" + strconv.Itoa(len(g.Indicators)+1)
		g.Indicators = append(g.Indicators, new)
	} else {
		new.ID, new.Before, new.BeforeOf = was.ID, was.Value, was.Of
		*was = new
	}
	return "Indicator " + new.ID + " about provider " + new.Provider + ": " + words.Full(new.figure())
}

// figure is the indicator in one line.
func (i Indicator) figure() string {
	text := i.What + " " + i.Value + ", of " + calendar.Day(i.Of) + " (" + i.Source + ")"
	if i.Before != "" {
		text += "; before: " + i.Before + ", of " + calendar.Day(i.BeforeOf)
	}
	return text
}

// indicators are those of the providers that the group watches or has concerns about.
func (a *agenda) indicators() []AgendaLine {
	var out []AgendaLine
	for _, i := range a.g.Indicators {
		if a.g.mayConsider(i.Provider) {
			out = append(out, say("Indicator "+i.ID+", "+i.Provider+": "+i.figure())...)
		}
	}
	return out
}

// IndicatorsOf are those about one provider, each in one line.
func (g *Group) IndicatorsOf(provider string) []string {
	var out []string
	for _, i := range g.Indicators {
		if i.Provider == provider {
			out = append(out, i.ID+", "+g.Name(i.By)+": "+i.figure())
		}
	}
	return out
}
