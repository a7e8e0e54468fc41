package surveillance

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

var groupNoteVerbs = []Verb{
	{Path: "group note", Update: "AddGroupNote", Rules: "R77",
		New:     func() Act { return new(AddGroupNote) },
		Did:     "added intelligence, or corrected an entry",
		Summary: "Add intelligence between meetings, or correct an earlier entry",
		Example: `group note --group GROUP --by CQC --text "Inspection of two practices in May"`},
	{Path: "group resend", Update: "ResendGroupMail", Rules: "R5 R81", New: func() Act { return new(ResendGroupMail) },
		Did:     "had mails sent again",
		Summary: "Send again a mail that was refused for good, or try a waiting one at once",
		Example: `group resend --group GROUP --by "NHS England" --notice n12`},
	{Path: "group end", Update: "EndGroup", Rules: "R73", New: func() Act { return new(EndGroup) },
		Did:     "ended the group",
		Summary: "End the group, as when areas are merged; its record stays",
		Example: `group end --group GROUP --by "NHS England" --reason "joined with Essex"`},
}

// AddGroupNote is how anything is added or put right: the earlier entry stays (R77). Bodies
// without a seat may add what they know.
type AddGroupNote struct {
	Text     string `json:"text" flag:"text" usage:"the note" need:"yes"`
	Corrects int    `json:"corrects,omitempty" flag:"corrects" usage:"number of the entry that it corrects"`
	// Mended is as in AddNote.
	Mended string `json:"mended,omitempty" flag:"directory-mended" usage:"this contact (BODY:CONTACT, or the duty's number) has been found and the directory corrected; it is sent again what it missed"`
}

func (a *AddGroupNote) check(g *Group, _ ledger.Moment) error {
	if a.Corrects < 0 || a.Corrects > g.LastEntry {
		return regime.Mistakef("there is no entry %d; the last is %d.", a.Corrects, g.LastEntry)
	}
	if a.Mended != "" {
		_, err := g.Mends(a.Mended)
		return err
	}
	return nil
}

func (a *AddGroupNote) do(g *Group, m ledger.Moment) string {
	found := ""
	if a.Mended != "" {
		found = g.pen.Mended(a.Mended, m)
	}
	if a.Corrects > 0 {
		return found + "Corrects entry " + strconv.Itoa(a.Corrects) + ": " + a.Text
	}
	return found + "Note: " + a.Text
}

// EndGroup ends the watch. Nothing is owed by it any more.
type EndGroup struct {
	Reason string `json:"reason" flag:"reason" usage:"why, and who watches from now on" need:"yes"`
}

func (a *EndGroup) check(g *Group, m ledger.Moment) error {
	if err := g.supportOnly(m, "ends it"); err != nil {
		return err
	}
	for _, w := range g.Watched {
		if w.Case != "" {
			return regime.Mistakef("case %s about provider %s is open.", w.Case, w.Code)
		}
	}
	return nil
}

func (a *EndGroup) do(g *Group, m ledger.Moment) string {
	g.Ended = m.Now
	for _, rest := range g.Agreements {
		if rest.Open() {
			g.pen.EndAgreement(rest.ID, ledger.Overtaken, m)
		}
	}
	to := g.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleRegion), ledger.Duty{})
	text, open := "Ended the group: "+a.Reason, []string(nil)
	for _, c := range g.Concerns {
		if c.Settled.IsZero() {
			open = append(open, c.ID+" of "+g.Name(c.By.For))
			to = append(to, ledger.Without([]ledger.Recipient{g.raiser(&c)}, to)...)
		}
	}
	for i := range g.Duties {
		if d := &g.Duties[i]; d.Open() {
			g.pen.EndDuty(d.Kind, d.Subject, ledger.EndNotNeeded, m)
		}
	}
	g.Meetings = g.Meetings[:len(g.Meetings)-1] // the one to come
	told := "The group has ended"
	if len(open) > 0 {
		told += "; concerns were open: " + words.List(open)
		text = words.Full(text) + " Concerns open: " + words.List(open) + "."
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupMeeting, To: to, Text: told})
	return text
}

// meetingAfter is when the meeting after the next is due.
func (g *Group) meetingAfter() time.Time {
	n, _ := g.NextMeeting()
	return calendar.OnWorkingDay(g.Interval.After(n.Nominal))
}
