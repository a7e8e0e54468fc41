package regime

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Parse reads At once, when the profile is loaded.
func (r *Rung) Parse() error {
	if share, ok := strings.CutSuffix(r.At, "%"); ok {
		n, err := strconv.Atoi(share)
		if err != nil || n < 1 || n > 100 {
			return fmt.Errorf("%q is no share of a duty's time", r.At)
		}
		r.share = n
		return nil
	}
	text, fromStart := strings.CutPrefix(r.At, "start+")
	distance, err := calendar.ParsePeriod(strings.TrimPrefix(text, "+"))
	r.fromStart, r.distance = fromStart, distance
	return err
}

// DutyKind names what is owed; its row in the profile says the rest.
type DutyKind string

// The kinds of duty that every case and group can have; the others stand in the file of their family,
// in packages failure and surveillance.
const (
	DutyHoldSummit      DutyKind = "HOLD_SUMMIT"
	DutyMendDirectory   DutyKind = "MEND_DIRECTORY"
	DutySendCopies      DutyKind = "SEND_COPIES"
	DutyAcknowledgeRisk DutyKind = "ACKNOWLEDGE_RISK"

	// The time to object to what is put to rest.
	DutyHearSettingAside DutyKind = "HEAR_SETTING_ASIDE"
	DutyHearLowering     DutyKind = "HEAR_LOWERING"
	DutyHearClosing      DutyKind = "HEAR_CLOSING"
	DutyHearCorrections  DutyKind = "HEAR_CORRECTIONS"

	// DutyStillHolds asks after an important action again.
	DutyStillHolds DutyKind = "ACTION_STILL_HOLDS"
	// DutyTalkAgain is owed by each of two bodies that have said when they talk again.
	DutyTalkAgain DutyKind = "TALK_AGAIN"
)

// DutyRow says what a kind of duty is: a row of regime 2.8 and section 8.
type DutyRow struct {
	Kind DutyKind `json:"kind"`
	Says string   `json:"says"` // what is owed, as an infinitive without "to"
	// Asks is Says as it is said to the owner, where that differs; see Ask.Says.
	Asks string `json:"asks,omitempty"`
	How  string `json:"how"` // the verb that discharges it
	// Meeting: what is owed is to hold one.
	Meeting *MeetingRow `json:"meeting,omitempty"`
	// HowInGroup is the verb in a surveillance group, for a duty of both.
	HowInGroup string `json:"howInGroup,omitempty"`
	Rule       string `json:"rule"`
	// After is what its period counts from, for who asks why: "the collective judgement".
	After string `json:"after,omitempty"`
	// Period from start to due; UrgentPeriod takes its place where patients are at
	// immediate risk. Zero: the act that opens the duty gives the date.
	Period       calendar.Period `json:"period,omitzero"`
	UrgentPeriod calendar.Period `json:"urgentPeriod,omitzero"`
	Ladder       []Rung          `json:"ladder"`
	// FirstDay is set for a period that the law counts in whole days; see DueFrom.
	FirstDay FirstDay `json:"firstDay,omitempty"`
	// Extension says who may give more of such a period; nil where no text is known that does.
	Extension *ExtensionRow `json:"extension,omitempty"`
	// Grace is how long after its due time the duty still counts as done in time: a meeting
	// is recorded when it has begun, not before.
	Grace calendar.Period `json:"grace,omitzero"`
	// MissedAfter: the duty is shown as missed once this has passed after its due time. It
	// stays open: it can still be done, late.
	MissedAfter calendar.Period `json:"missedAfter,omitzero"`
	Source      string          `json:"source"`
	// Basis of the period (regime 0.1).
	Basis Basis `json:"basis"`
}

// FirstDay says whether the day from which a statutory period is counted is its first.
type FirstDay string

// The ways of counting.
const (
	FirstDayCounts FirstDay = "counts" // "beginning with the day"
	FirstDayNext   FirstDay = "next"   // "from the end of the day"
)

// ExtensionRow is who may extend a statutory period, before it ends.
type ExtensionRow struct {
	By     Role   `json:"by"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// DueFrom is when a period of the duty ends. A statutory one ends with a UK day, whenever it was
// recorded; every other so long after the moment.
func (r *DutyRow) DueFrom(p calendar.Period, from time.Time) time.Time {
	switch r.FirstDay {
	case FirstDayCounts:
		return p.LastDay(from)
	case FirstDayNext:
		return p.LastDay(calendar.OneDay.After(from))
	}
	return p.After(from)
}

// Rung is one step of a ladder of reminders.
type Rung struct {
	// At is relative to the due time ("-7d", "+24h", "0h"), to the start ("start+12h"), or a
	// share of the time between ("50%").
	At string `json:"at"`
	// Every repeats the rung, from At on; Max is how often at most, 0 without limit.
	Every  calendar.Period `json:"every,omitzero"`
	Max    int             `json:"max,omitempty"`
	To     []Audience      `json:"to"`
	Notice NoticeKind      `json:"notice"`
	// Urgent: it goes at any hour, though its kind of notice does not.
	Urgent bool `json:"urgent,omitempty"`
	// Unless names a circumstance in which the rung is passed over: "scheduled".
	Unless string `json:"unless,omitempty"`
	// ExtraSentence is a sentence that the reminder adds to what is owed.
	ExtraSentence string `json:"adds,omitempty"`
	// Asks is what the reminder asks of those who do not owe the duty, or of those with the role Of
	// alone, and How the verbs that answer; see Ask.
	Asks string `json:"asks,omitempty"`
	How  string `json:"how,omitempty"`
	Of   Role   `json:"of,omitempty"`

	share     int             // of the time between, in per cent
	fromStart bool            // distance is from the start, not from the due time
	distance  calendar.Period // signed
}

// When says in words when the rung falls, and how often.
func (r Rung) When() string {
	text := r.first()
	if !r.Every.IsZero() {
		text += ", then every " + r.Every.Words()
	}
	if r.Max > 0 {
		text += ", at most " + words.Count(r.Max, "time")
	}
	if r.Unless != "" {
		text += ", unless it is " + r.Unless
	}
	return text
}

func (r Rung) first() string {
	switch {
	case r.share > 0:
		return strconv.Itoa(r.share) + "% of its time gone"
	case r.fromStart:
		return r.distance.Words() + " after it began"
	case strings.HasPrefix(strings.TrimLeft(r.At, "+-"), "0"):
		return "when it is due"
	case strings.HasPrefix(r.At, "-"):
		return r.distance.Words() + " it is due" // the words end in "before"
	}
	return r.distance.Words() + " after it was due"
}

// Falls is when the rung falls, having gone sent times already, of a duty from its start and due
// time; ok is false when it has gone as often as it may.
func (r *Rung) Falls(start, due time.Time, sent int) (at time.Time, ok bool) {
	if r.Every.IsZero() && sent > 0 {
		return time.Time{}, false
	}
	at = r.First(start, due)
	if r.Every.IsZero() {
		return at, true
	}
	if r.Max > 0 && sent >= r.Max {
		return at, false
	}
	return r.Every.Times(int64(sent)).After(at), true
}

// First is when the rung falls for the first time.
func (r *Rung) First(start, due time.Time) time.Time {
	switch {
	case r.share > 0:
		return start.Add(due.Sub(start) * time.Duration(r.share) / 100)
	case r.fromStart:
		return r.distance.After(start)
	}
	return r.distance.After(due)
}
