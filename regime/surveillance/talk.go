package surveillance

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

var talkVerbs = []Verb{
	{Path: "group talk", Update: "RecordTalk", Rules: "R133",
		New:     func() Act { return new(RecordTalk) },
		Did:     "recorded a talk with another body",
		Summary: "Record that your body has talked with another, what each intends, and when they talk again",
		Example: `group talk --group GROUP --by Monitor --with CQC --what "Monitor intends to look at governance at RCX" --next 2013-06-03`},
}

// RecordTalk binds neither body. The other is told, and can add what it sees otherwise.
type RecordTalk struct {
	With regime.Party `json:"with" flag:"with" board:"with" usage:"the other body" need:"yes"`
	What string       `json:"what" flag:"what" usage:"what was shared, and what each intends to do" need:"yes"`
	Next time.Time    `json:"next,omitzero" flag:"next" day:"end" when:"ahead" usage:"by when they talk again"`
	At   time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when they talked, if earlier than now"`
}

func (a *RecordTalk) check(g *Group, m ledger.Moment) error {
	switch {
	case a.With == m.By.For:
		return regime.Mistakef("--with is your own body.")
	case a.With.Body() == regime.ProviderBody || !g.profile().Knows(a.With.Body()):
		return regime.Mistakef("%s has no part in this group.", g.Name(a.With))
	}
	return nil
}

func (a *RecordTalk) do(g *Group, m ledger.Moment) string {
	return g.pen.Talked(&g.Talks, ledger.Talk{By: m.By.For, With: a.With, At: m.At, What: a.What, Next: a.Next}, "group talk, group note", m)
}

// talks are those that were to be by now, and have not been.
func (a *agenda) talks() []AgendaLine {
	var out []AgendaLine
	for _, t := range a.g.Talks {
		if !t.Next.IsZero() && a.now.After(t.Next) {
			out = append(out, say("LATE "+t.ID+", "+a.g.Name(t.By)+" and "+a.g.Name(t.With)+" were to talk again by "+calendar.Day(t.Next)+
				"; last on "+calendar.Day(t.At))...)
		}
	}
	return out
}
