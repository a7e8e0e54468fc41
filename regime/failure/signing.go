package failure

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

// RecordSummit gives the draft record of the summit, or another one (R90).
type RecordSummit struct {
	Record string `json:"record" flag:"record" usage:"what was discussed and agreed" need:"yes"`
}

func (a *RecordSummit) check(c *Case, m ledger.Moment) error {
	if err := c.summitRecordBy(m, "gives"); err != nil {
		return err
	}
	if !c.Summit.Signed.IsZero() {
		return regime.Mistakef("the record of the summit has been signed; a correction is a 'note add'.")
	}
	return nil
}

// summitRecordBy refuses before the summit has ended, and to all but its chair.
func (c *Case) summitRecordBy(m ledger.Moment, does string) error {
	s := c.Summit
	if s.Ended.IsZero() {
		return regime.Refusef("T4", "the summit has not ended: %s.", c.stageWords())
	}
	if m.By.For != s.Chair {
		return regime.Refusef("R1", "only the chair, %s, %s the record of the summit.", c.Name(s.Chair), does)
	}
	return nil
}

func (a *RecordSummit) do(c *Case, m ledger.Moment) string {
	return "Record of the " + c.labels().Summit + ": " + words.Full(a.Record) + c.draftOfSummit(a.Record, m)
}

// draftOfSummit sends the draft to those who were there; one before it is overtaken.
func (c *Case) draftOfSummit(record string, m ledger.Moment) string {
	s := &c.Summit
	c.pen.Overtake(ledger.ToFinalise, summitRecord, m)
	c.pen.Discharge(DutySummitRecord, "", m)
	there := s.Attended
	if s.ProviderIn {
		there = append(slices.Clone(there), c.Provider.Party())
	}
	s.Record = record
	text := ""
	s.Draft, text = c.draftRecord(summitRecord, "the "+c.labels().Summit, there, m)
	return text
}

// summitRecord tells the record of the summit from those of the response meetings, which have numbers; that of a further
// summit has its number after it.
const summitRecord = "summit"

func (c *Case) draftOfMeeting(n *ResponseMeeting, record string, m ledger.Moment) string {
	n.Record, n.Recorded = record, m.Now
	number, text := strconv.Itoa(n.N), ""
	n.Draft, text = c.draftRecord(number, "response meeting "+number, n.there(), m)
	return text
}

// draftRecord sends a draft to those who were there, who have days to correct it. What was agreed holds from the
// meeting on (R90).
func (c *Case) draftRecord(of, what string, there []regime.Party, m ledger.Moment) (id, text string) {
	rest := c.pen.Agree(ledger.Agreement{Kind: ledger.ToFinalise, Of: of, By: m.By.For, At: m.Now, Present: there},
		func(rest ledger.Agreement) ledger.Notice {
			return ledger.Notice{Kind: regime.NoticeDraftRecord, To: ledger.DutyContacts(there),
				Text: "The draft record of " + what + " is there (" + rest.ID + ")",
				Asks: ledger.Asking("correct the draft record "+rest.ID+" if it is not right", "case object, case agree")}
		})
	return rest.ID, " Draft " + rest.ID + ": those who were there can correct it until " + calendar.Instant(rest.Until) + "."
}

// finalRecord: the draft with what was said of it is the record; that of the summit when its chair has signed as
// well.
func (c *Case) finalRecord(rest *ledger.Agreement, m ledger.Moment) {
	what := "the " + c.labels().Summit
	if rest.Of == summitRecord {
		if c.Summit.Signed.IsZero() {
			c.pen.EnterByClock(m.Now, "The time to correct the record of "+what+" has ended"+c.AgainstWords(*rest)+
				". It is final when its chair has signed (R90).")
			return
		}
		c.Summit.Final = m.Now
	} else if number, further := strings.CutPrefix(rest.Of, summitRecord+" "); further {
		n, _ := strconv.Atoi(number)
		c.Further[n-2].Final = m.Now // the first of them is the second summit
		what = c.labels().Summit + " " + number
	} else {
		n, _ := strconv.Atoi(rest.Of)
		c.Meetings[n-1].Final = m.Now
		what = "response meeting " + rest.Of
	}
	text := "The record of " + what + " is final" + c.AgainstWords(*rest)
	c.pen.EnterByClock(m.Now, text+" (R90).")
	if len(rest.Objections) > 0 {
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeDraftRecord, Text: text, To: ledger.DutyContacts(rest.Told)})
	}
}

// SignSummit makes the record of the summit final, when those who were there have had time to correct it (R90). It
// waits for safeguarding, for the professional standards question and for answers to suggestions (R15, R18, R40,
// R41), and nothing in the case waits for it.
type SignSummit struct {
	Record string    `json:"record,omitempty" flag:"record" usage:"the agreed record, if it is not in the case yet or has changed"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was signed, if earlier than now"`
}

func (a *SignSummit) check(c *Case, m ledger.Moment) error {
	if err := c.summitRecordBy(m, "signs"); err != nil {
		return err
	}
	if !c.Summit.Signed.IsZero() {
		return regime.Mistakef("the record of the summit has already been signed; a correction is a 'note add'.")
	}
	byRule, open := c.openSafeguarding()
	if c.Questions.Standards == nil {
		byRule = append(byRule, "R18")
		open = append(open, "the professional standards question is open ('standards answer')")
	}
	ofSuggestions, suggestions := c.openSuggestions()
	byRule, open = append(byRule, ofSuggestions...), append(open, suggestions...)
	if len(open) > 0 {
		return regime.Refusef(byRule[0], "the record cannot be signed yet: %s. Everything else goes on.",
			strings.Join(open, "; "))
	}
	if strings.TrimSpace(c.Summit.Record+a.Record) == "" {
		return regime.Refusef("R90", "there is no record yet, and an empty one is not final: say what was discussed and "+
			"agreed (--record, or 'summit record').")
	}
	return nil
}

func (a *SignSummit) do(c *Case, m ledger.Moment) string {
	s := &c.Summit
	text := "Signed the record of the " + c.labels().Summit
	s.Signed = m.At
	if record := strings.TrimSpace(a.Record); record != "" && record != s.Record {
		text = words.Full(text+": "+a.Record) + c.draftOfSummit(a.Record, m)
	}
	rest := c.Agreement(s.Draft)
	if rest == nil || !rest.Open() {
		s.Final = m.At
		return words.Full(text + "; it is final")
	}
	return words.Full(text) + " It is final on " + calendar.Instant(rest.Until) +
		", with what those who were there say of it until then (R90)."
}
