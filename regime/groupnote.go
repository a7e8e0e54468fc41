package regime

import "time"

var groupNoteVerbs = []GroupVerb{
	{Path: "group note", Update: "AddGroupNote", Rules: "R77",
		New:     func() GroupAct { return new(AddGroupNote) },
		Summary: "Add intelligence between meetings, or correct an earlier entry",
		Example: `group note --group GROUP --by CQC --text "Inspection of two practices in May"`},
	{Path: "group resend", Rules: "R5 R81", New: func() GroupAct { return new(ResendGroupMail) },
		Summary: "Send again a mail that was refused for good, or try at once one that waits",
		Example: `group resend --group GROUP --by "NHS England" --notice n12`},
	{Path: "group end", Update: "EndGroup", Rules: "R73", New: func() GroupAct { return new(EndGroup) },
		Summary: "End the group, as when areas are merged; its record stays",
		Example: `group end --group GROUP --by "NHS England" --reason "joined with Essex"`},
}

// AddGroupNote is how anything is added or put right: the earlier entry stays (R77). Bodies
// without a seat may add what they know.
type AddGroupNote struct {
	Text     string `json:"text" flag:"text" usage:"the note" need:"yes"`
	Corrects int    `json:"corrects,omitempty" flag:"corrects" usage:"number of the entry that it corrects"`
	// Mended is as in AddNote.
	Mended string `json:"mended,omitempty" flag:"directory-mended" usage:"this contact (BODY:CONTACT, or the duty's number) is found and the directory is mended; it is sent again what it missed"`
}

func (a *AddGroupNote) check(g *Group, _ Moment) error {
	if a.Corrects < 0 || a.Corrects > g.LastEntry {
		return mistake("there is no entry %d; the last is %d.", a.Corrects, g.LastEntry)
	}
	if a.Mended != "" {
		_, err := g.mends(a.Mended)
		return err
	}
	return nil
}

func (a *AddGroupNote) do(g *Group, m Moment) string {
	found := ""
	if a.Mended != "" {
		found = g.mended(a.Mended, m)
	}
	if a.Corrects > 0 {
		return found + "Corrects entry " + itoa(a.Corrects) + ": " + a.Text
	}
	return found + "Note: " + a.Text
}

// EndGroup ends the watch. Nothing is owed by it any more.
type EndGroup struct {
	Reason string `json:"reason" flag:"reason" usage:"why, and who watches from now on" need:"yes"`
}

func (a *EndGroup) check(g *Group, m Moment) error {
	if err := g.supportOnly(m, "ends it"); err != nil {
		return err
	}
	for _, w := range g.Watched {
		if w.Case != "" {
			return mistake("case %s about provider %s is open.", w.Case, w.Code)
		}
	}
	return nil
}

func (a *EndGroup) do(g *Group, m Moment) string {
	g.Ended = m.Now
	for i := range g.Duties {
		if d := &g.Duties[i]; d.Open() {
			g.endDuty(d.Kind, d.Subject, EndNotNeeded, m)
		}
	}
	g.Meetings = g.Meetings[:len(g.Meetings)-1] // the one to come
	g.notify(Notice{Kind: "N38", To: g.audiences([]string{"members", "region"}, Duty{}),
		Text: "The group has ended"})
	return "Ended the group: " + a.Reason
}

// meetingAfter is when the meeting after the next is due.
func (g *Group) meetingAfter() time.Time {
	n, _ := g.NextMeeting()
	return onWorkingDay(g.Interval.After(n.Nominal))
}

// many counts a noun: "1 provider", "3 providers".
func many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(n) + " " + noun + "s"
}
