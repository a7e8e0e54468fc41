package surveillance

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyGroupRecord is the kind of duty that is owed here.
const DutyGroupRecord regime.DutyKind = "GROUP_MEETING_RECORD"

// HoldGroupMeeting records a meeting, with the parties that came: there is no quorum, and the
// national bodies come by risk (R16). The next one is due by itself.
type HoldGroupMeeting struct {
	Present    []regime.Party `json:"present" flag:"present" usage:"the parties present" need:"yes"`
	Considered string         `json:"considered,omitempty" flag:"considered" usage:"codes of the providers considered, such as 'RCX, RGP'; AGENDA stands for all on the agenda"`
	Record     string         `json:"record,omitempty" flag:"record" usage:"what was discussed and agreed"`
	Held       time.Time      `json:"held,omitzero" flag:"at" when:"past" usage:"when it was held, if you record it later"`
	Next       time.Time      `json:"next,omitzero" flag:"next" when:"ahead" within:"meeting" usage:"when the next meeting is; without it, one interval later"`
	Early      string         `json:"early,omitempty" flag:"early" usage:"why it was held before the day that it was fixed for"`
	Chair      regime.Party   `json:"chair,omitempty" flag:"chair" usage:"who chaired, and chairs from now on"`
}

func (a *HoldGroupMeeting) check(g *Group, m ledger.Moment) error {
	if err := g.supportOnly(m, "records its meetings"); err != nil {
		return err
	}
	for _, p := range a.Present {
		if p.Body() == regime.ProviderBody {
			return regime.Refusef("R8", "a provider is never a member of a %s; it may be invited to %s.",
				g.labels().Group, words.A(g.labels().Summit))
		}
	}
	for _, c := range words.Codes(a.Considered) {
		if c != wholeAgenda && !g.mayConsider(c) {
			return regime.Mistakef("--considered: provider %q is not on the group's list, and there is no open "+
				"concern about it.", words.Clip(c, 20))
		}
	}
	if err := g.checkChair(a.Chair); err != nil {
		return err
	}
	return a.checkDay(g, m)
}

func (a *HoldGroupMeeting) checkDay(g *Group, m ledger.Moment) error {
	n := g.next()
	return g.CheckEarly("R72", "meeting "+strconv.Itoa(n.N)+" of the group", "'group schedule'", m.At, n.At, a.Early)
}

func (a *HoldGroupMeeting) follows(g *Group, _ ledger.Moment) ledger.Bound {
	last, _ := g.LastMeeting()
	return ledger.Since(last.Held, "the group last met")
}

func (a *HoldGroupMeeting) do(g *Group, m ledger.Moment) string {
	meeting, considered := g.next(), a.considered(g, m.Now)
	g.Chair = cmp.Or(a.Chair, g.Chair)
	meeting.Held, meeting.Chair = m.At, g.chair()
	meeting.Present = []regime.Party{meeting.Chair}
	for _, party := range a.Present {
		if !slices.Contains(meeting.Present, party) {
			meeting.Present = append(meeting.Present, party)
		}
	}
	g.pen.Discharge(DutyGroupMeeting, strconv.Itoa(meeting.N), m)
	text := "Held meeting " + strconv.Itoa(meeting.N) + " of the group. "
	if !meeting.Fixed.IsZero() && !calendar.SameDay(meeting.At, meeting.Held) {
		text += "It was fixed for " + calendar.Day(meeting.At) + ". "
	}
	text += g.attendance(*meeting) + ledger.Early(a.Early)
	for _, provider := range considered {
		g.consider(provider, meeting.N, m)
	}
	if len(meeting.Considered) > 0 {
		text += " Considered: " + words.List(meeting.Considered) + "."
	}
	if a.Record == "" {
		g.pen.OpenDuty(ledger.DutySpec{Kind: DutyGroupRecord, Role: regime.RoleSupport, Subject: strconv.Itoa(meeting.N), Start: m.At})
	} else {
		meeting.Record, meeting.Recorded = a.Record, m.Now
		text += " " + a.Record
	}
	text += g.goOn(*meeting, a.Next, m)
	g.tellAgain()
	return text
}

// wholeAgenda stands for every provider on the agenda, so that their codes need not be copied
// (R76).
const wholeAgenda = "AGENDA"

// considered are the providers that the meeting considered, each once.
func (a *HoldGroupMeeting) considered(g *Group, now time.Time) []string {
	var out []string
	for _, c := range words.Codes(a.Considered) {
		named := []string{c}
		if c == wholeAgenda {
			named = g.ToConsider(cmp.Or(a.Held, now))
		}
		for _, c := range named {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// goOn has the next meeting fall due, and tells of it and of the record.
func (g *Group) goOn(held Meeting, next time.Time, m ledger.Moment) string {
	g.fallsDue(g.following(held), m.Now)
	if !next.IsZero() {
		g.fix(next, held.Place, m.Now)
	}
	switch n := g.next(); {
	case !held.Recorded.IsZero():
		return g.draftRecord(held.N, m)
	case !next.IsZero():
		g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupMeeting, To: g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}), By: n.At,
			Asks: ledger.Asking("come to meeting "+strconv.Itoa(n.N)+" of the group {on}",
				""), Text: "You are invited to " + g.meetingWords(*n)})
	}
	return ""
}

// draftRecord sends the draft to those who were there, who have days to correct it, and tells the other members.
// What the meeting agreed holds from the meeting on (R90).
func (g *Group) draftRecord(number int, m ledger.Moment) string {
	held, follows := g.meeting(number), ""
	if n := g.next(); n != nil {
		follows = "; the next is " + g.meetingWords(*n)
	}
	there := ledger.DutyContacts(held.Present)
	name := "record of meeting " + strconv.Itoa(number) + " of the group"
	rest := g.pen.Agree(ledger.Agreement{Kind: ledger.ToFinalise, Of: strconv.Itoa(number), By: m.By.For, At: m.Now, Present: held.Present},
		func(rest ledger.Agreement) ledger.Notice {
			return ledger.Notice{Kind: regime.NoticeDraftRecord, To: there, Text: "The draft " + name + " is there (" + rest.ID + ")" + follows,
				Asks: ledger.Asking("correct the draft record "+rest.ID+" if it is not right", "group object, group agree")}
		})
	held.Draft = rest.ID
	absent := ledger.Without(g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}), there)
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupMeeting, To: absent, Text: "The draft " + name + " is there" + follows})
	return " Draft " + rest.ID + ": those who were there can correct it until " + calendar.Instant(rest.Until) + "."
}

// finalRecord: the draft with what was said of it is the record.
func (g *Group) finalRecord(rest *ledger.Agreement, m ledger.Moment) {
	number, _ := strconv.Atoi(rest.Of)
	held := g.meeting(number)
	held.Final = m.Now
	g.pen.EndAgreement(rest.ID, ledger.TookEffect, m)
	text := "The record of meeting " + rest.Of + " of the group is final" + g.AgainstWords(*rest)
	g.pen.EnterByClock(m.Now, text+" (R90).")
	if len(rest.Objections) == 0 {
		return
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeDraftRecord, Text: text, To: ledger.DutyContacts(rest.Told)})
}

// attendance says who came and who did not. No absence invalidates anything.
func (g *Group) attendance(n Meeting) string {
	text := "Present: " + g.names(n.Present) + "."
	var byRisk, others []regime.Party
	for _, m := range g.Members {
		switch {
		case slices.Contains(n.Present, m.Party):
		case g.profile().Seat(m.Party.Body()).ByRisk:
			byRisk = append(byRisk, m.Party)
		default:
			others = append(others, m.Party)
		}
	}
	if len(others) > 0 {
		text += " Absent: " + g.names(others) + "."
	}
	if len(byRisk) > 0 {
		text += " Not there, as bodies that attend by risk need not be (R16): " + g.names(byRisk) + "."
	}
	if gaps := g.MembershipGaps(); len(gaps) > 0 {
		text += " No seat taken yet by (R69): " + g.names(gaps) + "."
	}
	return text
}

// RecordGroupMeeting supplies the record of the earliest meeting held without one.
type RecordGroupMeeting struct {
	Record string `json:"record" flag:"record" usage:"what was discussed and agreed" need:"yes"`
}

func (a *RecordGroupMeeting) check(g *Group, m ledger.Moment) error {
	if err := g.supportOnly(m, "keeps the record"); err != nil {
		return err
	}
	if g.unrecorded() == nil {
		return regime.Mistakef("no meeting is waiting for its record; a correction is a 'group note'.")
	}
	return nil
}

func (g *Group) unrecorded() *Meeting {
	for i := range g.Meetings {
		if n := &g.Meetings[i]; !n.Held.IsZero() && n.Recorded.IsZero() {
			return n
		}
	}
	return nil
}

func (a *RecordGroupMeeting) do(g *Group, m ledger.Moment) string {
	n := g.unrecorded()
	n.Record, n.Recorded = a.Record, m.Now
	g.pen.Discharge(DutyGroupRecord, strconv.Itoa(n.N), m)
	return "Record of meeting " + strconv.Itoa(n.N) + ": " + words.Full(a.Record) + g.draftRecord(n.N, m)
}
