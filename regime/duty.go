package regime

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// DutyKind names what is owed; its row in the profile says the rest.
type DutyKind string

// The kinds of duty that rules open.
const (
	DutyConvene            DutyKind = "CONVENE_SUMMIT"
	DutyHoldSummit         DutyKind = "HOLD_SUMMIT"
	DutyRegulatory         DutyKind = "REGULATORY_JUDGEMENT"
	DutyRegulatoryFollowUp DutyKind = "REGULATORY_JUDGEMENT_FOLLOW_UP"
	DutyCollective         DutyKind = "COLLECTIVE_JUDGEMENT"
	DutyAgreeRingHolder    DutyKind = "AGREE_RING_HOLDER"
	DutyFirstMeeting       DutyKind = "FIRST_RESPONSE_MEETING"
	DutyHoldMeeting        DutyKind = "HOLD_RESPONSE_MEETING"
	DutyNextMeeting        DutyKind = "NEXT_MEETING_DATE"
	DutyMeetingRecord      DutyKind = "MEETING_RECORD"
	DutyAnswerAction       DutyKind = "ANSWER_PROPOSED_ACTION"
	DutyDoAction           DutyKind = "DO_ACTION"
	DutyDoUrgentAction     DutyKind = "DO_URGENT_ACTION"
	DutyKeepMoving         DutyKind = "KEEP_CASE_MOVING"
	DutyAnswerRecommend    DutyKind = "ANSWER_RECOMMENDATION"
	DutyAppointDirector    DutyKind = "APPOINT_IMPROVEMENT_DIRECTOR"
	DutyAppointPartner     DutyKind = "APPOINT_PARTNER_TRUST"
	DutyLeadershipReview   DutyKind = "LEADERSHIP_REVIEW"
	DutyActionPlan         DutyKind = "ACTION_PLAN"
	DutyProgress           DutyKind = "MONTHLY_PROGRESS"
	DutyReinspect          DutyKind = "REINSPECTION"
	DutyReinspectExtended  DutyKind = "REINSPECTION_AFTER_EXTENSION"
	DutyReinspectPrimary   DutyKind = "REINSPECTION_PRIMARY_CARE"
	DutyPrimaryLimit       DutyKind = "PRIMARY_CARE_LIMIT"
	DutyReinspectReport    DutyKind = "REINSPECTION_REPORT"
	DutyDecideOutcome      DutyKind = "DECIDE_ON_REINSPECTION"
	DutyExitCriteria       DutyKind = "AGREE_EXIT_CRITERIA"
	DutyInspectAgain       DutyKind = "INSPECTION_AFTER_TIME_TO_IMPROVE"
	DutyRateAgain          DutyKind = "RATING_AFTER_INSPECTION"
	DutyDecideEntry        DutyKind = "DECIDE_ON_ENTRY"
	DutyInspectFurther     DutyKind = "INSPECTION_DURING_PROCEEDINGS"
	DutyStandards          DutyKind = "PROFESSIONAL_STANDARDS_QUESTION"
	DutyPublicQuestion     DutyKind = "PUBLIC_INFORMATION_QUESTION"
	DutyOutcomeLetter      DutyKind = "OUTCOME_LETTER"
	DutySurveillanceLevel  DutyKind = "SURVEILLANCE_LEVEL"
	DutyNoteClosing        DutyKind = "NOTE_CLOSING"
	DutyMendDirectory      DutyKind = "MEND_DIRECTORY"
	DutySendCopies         DutyKind = "SEND_COPIES"
	DutyGatherPack         DutyKind = "GATHER_PACK"

	DutyAcknowledgeTrigger DutyKind = "ACKNOWLEDGE_TRIGGER"
	DutyAcknowledgeRisk    DutyKind = "ACKNOWLEDGE_RISK"
	DutyAcknowledgeRing    DutyKind = "ACKNOWLEDGE_RING"

	DutyAdultProtocol   DutyKind = "ADULT_SAFEGUARDING_PROTOCOL"
	DutyNotifyBoard     DutyKind = "NOTIFY_CHILDREN_BOARD"
	DutyEngageBoard     DutyKind = "ENGAGE_CHILDREN_BOARD"
	DutyNotifyEmployer  DutyKind = "NOTIFY_EMPLOYER"
	DutyRefer           DutyKind = "PROFESSIONAL_REFERRAL"
	DutyReturnImpact    DutyKind = "IMPACT_ASSESSMENT"
	DutyDiscuss         DutyKind = "DISCUSS_DIFFERENCE"
	DutyDraftPlan       DutyKind = "DRAFT_PUBLIC_PLAN"
	DutyAssentPlan      DutyKind = "ASSENT_TO_PUBLIC_PLAN"
	DutyConsiderParties DutyKind = "CONSIDER_PARTIES"
	DutyConsiderOther   DutyKind = "CONSIDER_OTHER_PARTY"
	DutyGiveInformation DutyKind = "GIVE_INFORMATION"

	DutyGroupMeeting      DutyKind = "HOLD_GROUP_MEETING"
	DutyGroupRecord       DutyKind = "GROUP_MEETING_RECORD"
	DutyCoverage          DutyKind = "PROVIDER_COVERAGE"
	DutyLevelReview       DutyKind = "LEVEL_REVIEW"
	DutyAnswerGroupAction DutyKind = "ANSWER_GROUP_ACTION"
	DutyDoGroupAction     DutyKind = "DO_GROUP_ACTION"

	DutyDecidePower          DutyKind = "DECIDE_AFTER_REPRESENTATIONS"
	DutyCertificate          DutyKind = "ANSWER_CERTIFICATE"
	DutyAnswerBreach         DutyKind = "ANSWER_BREACH"
	DutyPassConcern          DutyKind = "PASS_CONCERN_ON"
	DutyBestPlaced           DutyKind = "WHO_IS_BEST_PLACED"
	DutyMeetRequirement      DutyKind = "MEET_WARNING_REQUIREMENT"
	DutyDecideWarning        DutyKind = "DECIDE_ON_WARNING"
	DutyDetermineWarning     DutyKind = "DETERMINE_WARNING"
	DutyOrderAdministration  DutyKind = "ORDER_ADMINISTRATION"
	DutyAppointAdministrator DutyKind = "APPOINT_ADMINISTRATOR"
	DutyDraftReport          DutyKind = "ADMINISTRATION_DRAFT_REPORT"
	DutyDraftReportLater     DutyKind = "ADMINISTRATION_DRAFT_REPORT_LONGER"
	DutyEndConsultation      DutyKind = "ADMINISTRATION_CONSULTATION"
	DutyFinalReport          DutyKind = "ADMINISTRATION_FINAL_REPORT"
	DutyDecideAdministration DutyKind = "ADMINISTRATION_DECISION"
	DutyCheckAdministration  DutyKind = "ADMINISTRATION_CHECK"
	DutyWholeAdministration  DutyKind = "ADMINISTRATION_WHOLE"
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

// Rung is one step of a ladder of reminders.
type Rung struct {
	// At is relative to the due time ("-7d", "+24h", "0h"), to the start ("start+12h"), or a
	// share of the time between ("50%").
	At string `json:"at"`
	// Every repeats the rung, from At on; Max is how often at most, 0 without limit.
	Every calendar.Period `json:"every,omitzero"`
	Max   int             `json:"max,omitempty"`
	// To lists roles: "owner", "owner:executive", "members", ... (see audience).
	To     []string   `json:"to"`
	Notice NoticeKind `json:"notice"`
	// Urgent: it goes at any hour, though its kind of notice does not.
	Urgent bool `json:"urgent,omitempty"`
	// Unless names a circumstance in which the rung is passed over: "scheduled".
	Unless string `json:"unless,omitempty"`
	// Adds is a sentence that the reminder adds to what is owed.
	Adds string `json:"adds,omitempty"`
	// Asks is what the reminder asks of those who do not owe the duty, or of those with the role Of
	// alone, and How the verbs that answer; see Ask.
	Asks string `json:"asks,omitempty"`
	How  string `json:"how,omitempty"`
	Of   string `json:"of,omitempty"`

	share     int             // of the time between, in per cent
	fromStart bool            // distance is from the start, not from the due time
	distance  calendar.Period // signed
}

// DutyEnd is how a duty ended.
type DutyEnd string

// The ends of a duty.
const (
	EndDone      DutyEnd = "DONE"
	EndWithdrawn DutyEnd = "WITHDRAWN"
	EndNotNeeded DutyEnd = "NO_LONGER_NEEDED"
)

// Duty is something that somebody owes by a time.
type Duty struct {
	ID   string   `json:"id"` // "D7"
	Kind DutyKind `json:"kind"`
	// Owner owes it; where Role is set, whoever has that role at the time.
	Owner Party  `json:"owner,omitempty"`
	Role  string `json:"role,omitempty"`
	// Subject tells duties of one kind apart: a month's number, an action's id. What stands
	// behind a bar tells those apart who owe the same thing, and is not shown.
	Subject string    `json:"subject,omitempty"`
	Start   time.Time `json:"start"`
	Due     time.Time `json:"due"`
	// Period is the length as it was applied; zero when the date was given.
	Period calendar.Period `json:"period,omitzero"`
	// Counted is what Period is counted from, where that is not Start: each monthly report is
	// owed from the last one on, and its date is counted from entry.
	Counted time.Time       `json:"counted,omitzero"`
	Grace   calendar.Period `json:"grace,omitzero"`
	Fired   []int           `json:"fired,omitempty"` // how often each rung has gone
	// Marked what the clock has recorded of it: overdue, missed.
	Overdue bool `json:"overdue,omitempty"`
	Missed  bool `json:"missed,omitempty"`
	// Unreached is whom nobody could tell, of a duty to mend the directory; With is the contact of
	// the owner who was asked to: "Jo Bloggs (duty contact)". No mail's subject, log, list or
	// metric shows it.
	Unreached Mailbox `json:"unreached,omitzero"`
	// Said is what the mail service said of the mail that could not go, under the same condition.
	Said    string    `json:"said,omitempty"`
	With    string    `json:"with,omitempty"`
	End     DutyEnd   `json:"end,omitempty"`
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy Party     `json:"endedBy,omitempty"`

	// wakes is when the clock next has something to do for the duty, once worked out; whoever
	// changes the duty's dates or marks forgets it.
	wakes time.Time
	// fresh: it ended in the act or tick in progress.
	fresh bool
}

// Open tells whether the duty is still owed.
func (d Duty) Open() bool { return d.End == "" }

// Late tells whether the duty was done after its time.
func (d Duty) Late() bool { return d.End == EndDone && d.Ended.After(d.Limit()) }

// Limit is the last moment at which the duty is done in time: its due time and its grace.
func (d Duty) Limit() time.Time { return d.Grace.After(d.Due) }

// OverdueAt reports whether the duty is still owed and its time is up: from its limit on, as the
// clock marks it. Whatever calls a duty overdue asks this, so that all say the same.
func (d Duty) OverdueAt(now time.Time) bool { return d.Open() && !now.Before(d.Limit()) }

// owed is what is needed to open a duty.
type owed struct {
	kind    DutyKind
	owner   Party
	role    string
	subject string
	start   time.Time
	due     time.Time // zero: start and the row's period
	urgent  bool
	period  calendar.Period // not zero: instead of the row's
	counted time.Time       // from when; zero: start
}

// owe opens a duty, unless the same one is open already.
func (l *Ledger) owe(o owed) *Duty {
	if d := l.duty(o.kind, o.subject); d != nil {
		return d
	}
	row, _ := l.host.profile().Duty(o.kind)
	d := Duty{
		ID: "D" + itoa(l.serial()), Kind: o.kind, Owner: o.owner, Role: o.role,
		Subject: o.subject, Start: o.start, Due: o.due, Grace: row.Grace,
	}
	if d.Due.IsZero() {
		d.Period = row.Period
		if o.urgent && !row.UrgentPeriod.IsZero() {
			d.Period = row.UrgentPeriod
		}
		if !o.period.IsZero() {
			d.Period = o.period
		}
		d.Counted = o.counted
		d.Due = d.Period.After(firstSet(o.counted, o.start))
	}
	d.Fired = passOver(row, d, o.start)
	// What was recorded later than it happened: the act that opens the duty says what reminders
	// before its time would have said.
	if t := earliest(l.recorded, d.Due.Add(-1)); t.After(o.start) {
		d.Fired = passOver(row, d, t)
	}
	l.Duties = append(l.Duties, d)
	return &l.Duties[len(l.Duties)-1]
}

// duty finds the open duty of a kind about a subject.
func (l *Ledger) duty(k DutyKind, subject string) *Duty {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.Kind == k && d.Subject == subject && d.Open() {
			return d
		}
	}
	return nil
}

// dutyNamed finds a duty by its id, open or ended; nil when there is none.
func (l *Ledger) dutyNamed(id string) *Duty {
	for i := range l.Duties {
		if d := &l.Duties[i]; d.ID == id {
			return d
		}
	}
	return nil
}

// discharge ends the duty as done; it is no mistake if nothing was owed.
func (l *Ledger) discharge(k DutyKind, subject string, m Moment) {
	l.endDuty(k, subject, EndDone, m)
}

func (l *Ledger) endDuty(k DutyKind, subject string, how DutyEnd, m Moment) {
	if d := l.duty(k, subject); d != nil {
		d.Owner = l.ownerOf(*d)
		d.End, d.Ended, d.EndedBy = how, d.notBefore(m), m.By.For
		d.fresh = true
	}
}

// notBefore is when the act that ends the duty happened, but not before the duty began.
func (d *Duty) notBefore(m Moment) time.Time {
	at := firstSet(m.At, m.Now)
	if d.Start.After(at) && !d.Start.After(m.Now) {
		return d.Start
	}
	return at
}

// lapse ends every open duty of the kinds: nobody needs it any more.
func (l *Ledger) lapse(now time.Time, kinds ...DutyKind) {
	for i := range l.Duties {
		d := &l.Duties[i]
		for _, k := range kinds {
			if d.Kind == k && d.Open() {
				d.Owner = l.ownerOf(*d)
				d.End, d.Ended, d.fresh = EndNotNeeded, now, true
			}
		}
	}
}

// redate moves a duty; the ladder is worked out anew from the new date.
func (l *Ledger) redate(k DutyKind, subject string, due time.Time, now time.Time) {
	d := l.duty(k, subject)
	if d == nil || d.Due.Equal(due) {
		return
	}
	row, _ := l.host.profile().Duty(k)
	d.Due, d.Period, d.Overdue, d.Missed = due, calendar.Period{}, false, false
	d.Counted = time.Time{}
	d.Fired, d.wakes = passOver(row, *d, now), time.Time{}
	for i := range l.Notices { // what has not gone yet says the new date
		if n := &l.Notices[i]; n.Duty == d.ID && slices.ContainsFunc(n.To, Recipient.held) {
			n.By = due
		}
	}
}

// ownerOf is who owes the duty at present.
func (l *Ledger) ownerOf(d Duty) Party {
	if d.Role == "" || !d.Open() {
		return d.Owner
	}
	role, _, _ := strings.Cut(d.Role, ":")
	for _, p := range l.host.roleParties(role, d) {
		if p != "" {
			return p
		}
	}
	return l.host.support()
}

// Says is what is owed, in words, with its subject.
func (l *Ledger) Says(d Duty) string {
	return about(l.host.profile().dutyRow(d.Kind).Says, d)
}

// OpenDuties lists what is owed now, the soonest first.
func (l *Ledger) OpenDuties() []Duty {
	var out []Duty
	for _, d := range l.Duties {
		if d.Open() {
			d.Owner = l.ownerOf(d)
			out = append(out, d)
		}
	}
	sortByDue(out)
	return out
}
