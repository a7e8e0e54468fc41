package surveillance

import (
	"cmp"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Review is what makes an action a responsive review: terms, a date (the action's), who makes it,
// who gets the report, and the report (R101).
type Review struct {
	Terms   string         `json:"terms"`
	Experts string         `json:"experts,omitempty"`
	To      []regime.Party `json:"to,omitempty"`
	Report  string         `json:"report,omitempty"`
	Where   string         `json:"where,omitempty"`
}

// isReview: it was asked for as one, and is accepted with terms and done with a report.
func (a *Action) isReview() bool { return a.From == ResponsiveReview }

var reviewVerbs = []Verb{
	{Path: "group review-terms", Update: "SetReviewTerms", Rules: "R68 R101",
		New:     func() Act { return new(SetReviewTerms) },
		Did:     "took on a responsive review",
		Summary: "Take on a responsive review: its terms, who makes it, by when, and who gets the report",
		Example: `group review-terms --group GROUP --by CCG/07J --action A2 --terms "Night staffing on all wards" --experts "a nurse director and a physician from elsewhere" --due 2013-11-01 --to CQC,MONITOR`},
	{Path: "group review-report", Update: "GiveReviewReport", Rules: "R101",
		New:     func() Act { return new(GiveReviewReport) },
		Did:     "gave the report of a responsive review",
		Summary: "Give the report of a responsive review; those who are to get it are told",
		Example: `group review-report --group GROUP --by CCG/07J --action A2 --report "Two wards below safe staffing" --where "the group's file, 12 October"`},
}

// reviewOf refuses unless the owner acts on a review that was asked of it and is not over.
func (g *Group) reviewOf(m ledger.Moment, id string) (*Action, error) {
	a := g.action(words.Code(id))
	if a == nil || !a.isReview() {
		return nil, regime.Mistakef("action %q is no responsive review that the group asked for.", words.Clip(id, 20))
	}
	if err := a.CheckOwner(m.By.For, g.Name(a.Owner)); err != nil {
		return nil, err
	}
	if a.Settled() {
		return nil, regime.Mistakef("%s.", a.NotNow())
	}
	return a, nil
}

// SetReviewTerms accepts a review, or changes its terms.
type SetReviewTerms struct {
	Action  string         `json:"action" flag:"action" number:"yes" usage:"the action's number, such as A2" need:"yes"`
	Terms   string         `json:"terms" flag:"terms" usage:"what the review is to look at" need:"yes"`
	Due     time.Time      `json:"due" flag:"due" day:"end" when:"ahead" usage:"by when the report is there" need:"yes"`
	To      []regime.Party `json:"to,omitempty" flag:"to" usage:"who gets the report; without it, all members"`
	Experts string         `json:"experts,omitempty" flag:"experts" usage:"who makes it: clinical and other experts, by role, not by name"`
}

func (a *SetReviewTerms) check(g *Group, m ledger.Moment) error {
	_, err := g.reviewOf(m, a.Action)
	return err
}

func (a *SetReviewTerms) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	act.Review = &Review{Terms: a.Terms, Experts: a.Experts, To: a.To}
	act.Due, act.Status, act.Accepted = a.Due, regime.ActionAccepted, cmp.Or(act.Accepted, m.Now)
	g.pen.Discharge(DutyAnswerGroupAction, act.ID, m)
	if g.Duty(DutyReviewReport, act.ID) == nil {
		g.pen.OpenDuty(ledger.DutySpec{Kind: DutyReviewReport, Owner: act.Owner, Subject: act.ID, Start: m.Now, Due: a.Due})
	} else {
		g.pen.Reschedule(DutyReviewReport, act.ID, a.Due, m.Now)
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupReview, To: g.reportGoesTo(act), Text: g.Name(act.Owner) +
		" has a responsive review made of one of the group's providers (" + act.ID + "); its report is due by " +
		calendar.Instant(a.Due) + ", and your body gets it"})
	text := "Takes on the responsive review of provider " + act.Provider + " (" + act.ID + "), its report due " +
		calendar.Instant(a.Due) + ". Terms: " + words.Full(a.Terms)
	if a.Experts != "" {
		text += " Made by: " + words.Full(a.Experts)
	}
	if len(a.To) > 0 {
		text += " The report goes to " + g.names(a.To) + "."
	}
	return text
}

// reportGoesTo are those who get a review's report, but for who gives it.
func (g *Group) reportGoesTo(a *Action) []ledger.Recipient {
	to := g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{})
	if len(a.Review.To) > 0 {
		to = nil
		for _, p := range a.Review.To {
			if r := (ledger.Recipient{Party: p, Level: regime.LevelDuty}); !r.Among(to) {
				to = append(to, r)
			}
		}
	}
	return ledger.Without(to, []ledger.Recipient{{Party: a.Owner, Level: regime.LevelDuty}})
}

// GiveReviewReport is the end of a review. The report itself lies where it is said to.
type GiveReviewReport struct {
	Action string    `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Report string    `json:"report" flag:"report" usage:"what the review has found, in short" need:"yes"`
	Where  string    `json:"where,omitempty" flag:"where" usage:"where the report lies"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was given, if earlier than now"`
}

func (a *GiveReviewReport) check(g *Group, m ledger.Moment) error {
	act, err := g.reviewOf(m, a.Action)
	if err == nil && act.Review == nil {
		err = regime.Refusef("R101", "a review has terms, a date and those who get its report before it has a report: "+
			"'group review-terms'.")
	}
	return err
}

func (a *GiveReviewReport) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	act.Review.Report, act.Review.Where, act.Evidence = a.Report, a.Where, a.Report
	g.endAction(act, regime.ActionDone, ledger.EndDone, m)
	to := g.reportGoesTo(act)
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupReview, To: to, Text: "The report of the responsive review of one of " +
		"the group's providers (" + act.ID + ") is there; it stands with the group"})
	text := "Report of the review of provider " + act.Provider + " (" + act.ID + "): " + words.Full(a.Report)
	if a.Where != "" {
		text += " It lies in: " + words.Full(a.Where)
	}
	return text + " Told: " + g.names(ledger.PartiesOf(to)) + "."
}

// byReview refuses for a review what is done otherwise for other actions.
func (g *Group) byReview(id, how string) error {
	if a := g.action(words.Code(id)); a != nil && a.isReview() {
		return regime.Refusef("R101", "action %s is a responsive review, which has terms, a date, a report and those "+
			"who get it: '%s'.", a.ID, how)
	}
	return nil
}
