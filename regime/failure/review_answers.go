package failure

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// AddReviewRecommendation may name the actions that meet it at once.
type AddReviewRecommendation struct {
	Review  string    `json:"review" flag:"review" number:"yes" usage:"the review's number, such as E1" need:"yes"`
	What    string    `json:"what" flag:"what" usage:"what is recommended" need:"yes"`
	Actions string    `json:"actions,omitempty" flag:"actions" usage:"the actions that meet it, such as A1,A2"`
	On      time.Time `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the day of the recommendation, if earlier than now"`
}

func (a *AddReviewRecommendation) check(c *Case, m ledger.Moment) error {
	if err := c.askersReview(m, a.Review); err != nil {
		return err
	}
	if c.review(a.Review).Received.IsZero() {
		return regime.Refusef("R115", "review %s has not come yet ('review receive').", words.Code(a.Review))
	}
	return c.areActions(a.Actions)
}

func (a *AddReviewRecommendation) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(calendar.AtHour(c.review(a.Review).Received, 0), "the review was received")
}

func (c *Case) areActions(ids string) error {
	for _, id := range words.Codes(ids) {
		if c.action(id) == nil {
			return regime.Mistakef("there is no action %q in case %s.", words.Clip(id, 20), c.Ref)
		}
	}
	return nil
}

func (a *AddReviewRecommendation) do(c *Case, m ledger.Moment) string {
	v := c.review(a.Review)
	r := Recommendation{ID: v.ID + "." + strconv.Itoa(len(v.Recommendations)+1), What: a.What}
	v.Recommendations = append(v.Recommendations, r)
	text := "Recommendation " + r.ID + ": " + words.Full(a.What)
	if ids := words.Codes(a.Actions); len(ids) > 0 {
		return text + " " + c.meet(&v.Recommendations[len(v.Recommendations)-1], v.By.For, ids, m)
	}
	c.pen.Ask(regime.NoticeRecommendations, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReviewRecommendation, Owner: v.By.For,
		Subject: r.ID, Start: m.At}))
	return text
}

// meet maps a recommendation to actions, and asks after it again later.
func (c *Case) meet(r *Recommendation, asker regime.Party, actions []string, m ledger.Moment) string {
	r.Actions, r.Answered = actions, m.At
	c.pen.Discharge(DutyReviewRecommendation, r.ID, m)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyRecommendationHolds, Owner: asker, Subject: r.ID, Start: m.At})
	return r.ID + " is met by " + words.List(actions) + "."
}

// AnswerReviewRecommendation answers one or several by the same actions, or by the same reason.
type AnswerReviewRecommendation struct {
	Recommendations string    `json:"recommendations" flag:"recommendations" usage:"their numbers, such as E1.1,E1.2" need:"yes"`
	Actions         string    `json:"actions,omitempty" flag:"actions" usage:"the actions that meet them, such as A1,A2"`
	Reason          string    `json:"reason,omitempty" flag:"reason" usage:"why there is no action"`
	At              time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was answered, if earlier than now"`
}

func (a *AnswerReviewRecommendation) check(c *Case, m ledger.Moment) error {
	ids := words.Codes(a.Recommendations)
	for _, id := range ids {
		v, r := c.recommendation(id)
		if r == nil {
			return regime.Mistakef("there is no recommendation %q in case %s.", words.Clip(id, 20), c.Ref)
		}
		if err := c.askersReview(m, v.ID); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return regime.Mistakef("--recommendations names none.")
	}
	if (len(words.Codes(a.Actions)) == 0) == (a.Reason == "") {
		return regime.Refusef("R116", "a recommendation is answered by the actions that meet it, --actions, or by why there is "+
			"none, --reason.")
	}
	return c.areActions(a.Actions)
}

func (a *AnswerReviewRecommendation) do(c *Case, m ledger.Moment) string {
	text := ""
	for _, id := range words.Codes(a.Recommendations) {
		v, r := c.recommendation(id)
		if ids := words.Codes(a.Actions); len(ids) > 0 {
			text = words.Join(text, c.meet(r, v.By.For, ids, m))
			continue
		}
		r.Actions, r.Reason, r.Answered = nil, a.Reason, m.At
		c.pen.Discharge(DutyReviewRecommendation, r.ID, m)
		c.pen.EndDuty(DutyRecommendationHolds, r.ID, ledger.EndNotNeeded, m)
		text = words.Join(text, "No action for recommendation "+r.ID+".")
	}
	return words.Sentence(text, a.Reason, "")
}

// CheckReviewRecommendation is asked for again as long as the answer is not yes.
type CheckReviewRecommendation struct {
	Recommendation string    `json:"recommendation" flag:"recommendation" number:"yes" usage:"its number, such as E1.1" need:"yes"`
	Holds          Holds     `json:"holds" flag:"holds" board:"plain" usage:"whether it still holds" need:"yes"`
	Evidence       string    `json:"evidence" flag:"evidence" usage:"what shows it" need:"yes"`
	At             time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was looked at, if earlier than now"`
}

func (a *CheckReviewRecommendation) check(c *Case, m ledger.Moment) error {
	v, r := c.recommendation(a.Recommendation)
	if r == nil {
		return regime.Mistakef("there is no recommendation %q in case %s.", words.Clip(a.Recommendation, 20), c.Ref)
	}
	if err := c.askersReview(m, v.ID); err != nil {
		return err
	}
	if len(r.Actions) == 0 {
		return regime.Refusef("R116", "recommendation %s is met by no action that could hold ('review answer').", r.ID)
	}
	return nil
}

func (a *CheckReviewRecommendation) follows(c *Case, _ ledger.Moment) ledger.Bound {
	_, r := c.recommendation(a.Recommendation)
	return ledger.Since(r.Answered, "it was answered")
}

func (a *CheckReviewRecommendation) do(c *Case, m ledger.Moment) string {
	v, r := c.recommendation(a.Recommendation)
	r.Checks = append(r.Checks, Holding{Holds: a.Holds, Evidence: a.Evidence, At: m.At})
	c.pen.Discharge(DutyRecommendationHolds, r.ID, m)
	if a.Holds == "yes" {
		return "Recommendation " + r.ID + " holds: " + words.Full(a.Evidence)
	}
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyRecommendationHolds, Owner: v.By.For, Subject: r.ID, Start: m.At})
	c.pen.Event(regime.NoticeRecommendations, "What was done on recommendation "+r.ID+" does not hold, or only partly", regime.RoleMembers,
		regime.RoleProvider)
	return "Recommendation " + r.ID + " holds: " + string(a.Holds) + ". " + words.Full(a.Evidence)
}
