package ledger

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

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

// OwedBy is the subject of what one of the two owes: each owes it, and either of them ends it for both.
func (t Talk) OwedBy(p regime.Party) string { return t.ID + "|" + string(p) }

// Talked puts a talk in the place of the pair's last one, whoever recorded that. The other is told, and both are reminded of
// the next; how names the verbs by which the other adds what it sees otherwise.
func (l *Pen) Talked(talks *[]Talk, said Talk, how string, m Moment) string {
	t := Find(*talks, func(t Talk) bool {
		return t.By == said.By && t.With == said.With || t.By == said.With && t.With == said.By
	})
	if t == nil {
		*talks = append(*talks, Talk{ID: "B" + strconv.Itoa(len(*talks)+1)})
		t = &(*talks)[len(*talks)-1]
	}
	said.ID = t.ID
	*t = said
	for _, p := range []regime.Party{t.By, t.With} {
		l.Discharge(regime.DutyTalkAgain, t.OwedBy(p), m)
	}
	text := "Talked with " + l.subject.Name(t.With) + " (" + t.ID + "): " + words.Full(t.What)
	told := Notice{Kind: regime.NoticeTogether, To: DutyContacts([]regime.Party{t.With}), Asks: Asking("", how),
		Text: l.subject.Name(t.By) + " has recorded what your bodies said to each other (" + t.ID + "); a note adds to it"}
	if t.Next.IsZero() {
		l.Notify(told)
		return text + " No time is named for the next talk."
	}
	for _, p := range []regime.Party{t.By, t.With} {
		l.OpenDuty(DutySpec{Kind: regime.DutyTalkAgain, Owner: p, Subject: t.OwedBy(p), Start: m.Now, Due: t.Next})
	}
	again := "They talk again by " + calendar.Instant(t.Next)
	told.Text += ". " + again
	l.Notify(told)
	return text + " " + again + "."
}
