package surveillance

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyTalkAgain is the kind of duty that is owed here.
const DutyTalkAgain regime.DutyKind = "TALK_AGAIN"

// Talk is what two bodies last said to each other beside the meetings, and when they talk again (R133). Each pair has one;
// those before stand in the chronology.
type Talk struct {
	ID   string       `json:"id"` // "B1"
	By   regime.Party `json:"by" passes:"on"`
	With regime.Party `json:"with" passes:"on"`
	At   time.Time    `json:"at"`
	What string       `json:"what"`
	Next time.Time    `json:"next,omitzero"`
}

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
	t := g.talkOf(m.By.For, a.With)
	if t == nil {
		g.Talks = append(g.Talks, Talk{ID: "B" + strconv.Itoa(len(g.Talks)+1)})
		t = &g.Talks[len(g.Talks)-1]
	}
	*t = Talk{ID: t.ID, By: m.By.For, With: a.With, At: m.At, What: a.What, Next: a.Next}
	for _, p := range []regime.Party{t.By, t.With} {
		g.pen.Discharge(DutyTalkAgain, t.owedBy(p), m)
	}
	text := "Talked with " + g.Name(a.With) + " (" + t.ID + "): " + words.Full(a.What)
	told := ledger.Notice{Kind: regime.NoticeTogether, To: ledger.DutyContacts([]regime.Party{a.With}),
		Text: g.Name(m.By.For) + " has recorded what your bodies said to each other (" + t.ID + "); a note adds to it",
		Asks: ledger.Asking("", "group talk, group note")}
	if a.Next.IsZero() {
		g.pen.Notify(told)
		return text + " No time is named for the next talk."
	}
	for _, p := range []regime.Party{t.By, t.With} { // either of them ends it for both
		g.pen.OpenDuty(ledger.DutySpec{Kind: DutyTalkAgain, Owner: p, Subject: t.owedBy(p), Start: m.Now, Due: a.Next})
	}
	again := "They talk again by " + calendar.Instant(a.Next)
	told.Text += ". " + again
	g.pen.Notify(told)
	return text + " " + again + "."
}

func (t *Talk) owedBy(p regime.Party) string { return t.ID + "|" + string(p) }

// talkOf finds the talk of a pair, whoever recorded it.
func (g *Group) talkOf(p, q regime.Party) *Talk {
	return ledger.Find(g.Talks, func(t Talk) bool { return t.By == p && t.With == q || t.By == q && t.With == p })
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
