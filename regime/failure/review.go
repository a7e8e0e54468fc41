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

// The kinds of duty that are owed here.
const (
	DutyReviewReport         regime.DutyKind = "REVIEW_REPORT"
	DutyShareReview          regime.DutyKind = "SHARE_REVIEW"
	DutyReviewRecommendation regime.DutyKind = "ANSWER_REVIEW_RECOMMENDATION"
	DutyRecommendationHolds  regime.DutyKind = "DOES_RECOMMENDATION_HOLD"
)

// Review is an independent one that a body asked for (R115): of a college, an expert, another body.
type Review struct {
	ID       string       `json:"id"` // "E1"
	By       ledger.Actor `json:"by"`
	Of       string       `json:"of"`             // who is to review
	Body     regime.Party `json:"body,omitempty"` // the same, where it is a party
	What     string       `json:"what"`
	Asked    time.Time    `json:"asked"`
	Due      time.Time    `json:"due"`
	Received time.Time    `json:"received,omitzero"`
	Where    string       `json:"where,omitempty"`
	Shared   []SharedWith `json:"shared,omitempty"`
	// Ended without a report, and why.
	Ended           time.Time        `json:"ended,omitzero"`
	Why             string           `json:"why,omitempty"`
	Recommendations []Recommendation `json:"recommendations,omitempty"`
}

// SharedWith is a party that has been given the report.
type SharedWith struct {
	Party regime.Party `json:"party"`
	At    time.Time    `json:"at"`
}

// Recommendation of a review: answered by actions, several by one or one by several, or by why there
// is none (R116).
type Recommendation struct {
	ID       string    `json:"id"` // "E1.2"
	What     string    `json:"what"`
	Actions  []string  `json:"actions,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Answered time.Time `json:"answered,omitzero"`
	Checks   []Holding `json:"checks,omitempty"`
}

// Holding is a later answer to whether what was done still holds.
type Holding struct {
	Holds    Holds     `json:"holds"`
	Evidence string    `json:"evidence"`
	At       time.Time `json:"at"`
}

// Holds is whether a recommendation that was met still is.
type Holds string

// Choices lists the answers.
func (Holds) Choices() []string { return []string{"yes", "partly", "no"} }

var reviewVerbs = []Verb{
	{Path: "review ask", Update: "AskReview", Rules: "R115",
		New:     func() Act { return new(AskReview) },
		Did:     "recorded that a review has been asked for",
		Summary: "Record that your body has asked for an independent review (from which body, of what, by when)",
		Example: `review ask --case CASE --by Monitor --of "a Royal College" --what "maternity, with outside experts" --due 2014-03-31`},
	{Path: "review receive", Update: "ReceiveReview", Rules: "R115",
		New:     func() Act { return new(ReceiveReview) },
		Did:     "recorded that a review has come",
		Summary: "Record that the review has come, and which bodies it is shared with (who asked for it)",
		Example: `review receive --case CASE --by Monitor --review E1 --where https://monitor.example/review --with-members`},
	{Path: "review share", Update: "ShareReview", Rules: "R115",
		New:     func() Act { return new(ShareReview) },
		Did:     "shared a review",
		Summary: "Share a review that has come (who asked for it)",
		Example: `review share --case CASE --by Monitor --review E1 --with-members`},
	{Path: "review end", Update: "EndReview", Rules: "R115",
		New:     func() Act { return new(EndReview) },
		Did:     "said that a review ends without a report",
		Summary: "Say that a review ends without a report, and why; it stays on the board (who asked for it)",
		Example: `review end --case CASE --by Monitor --review E1 --reason "overtaken by an inquiry"`},
	{Path: "review recommendation", Update: "AddReviewRecommendation", Rules: "R116",
		New:     func() Act { return new(AddReviewRecommendation) },
		Did:     "recorded a recommendation of a review",
		Summary: "Record a recommendation of a review (who asked for it)",
		Example: `review recommendation --case CASE --by Monitor --review E1 --what "consultant cover at night" --actions A1,A2`},
	{Path: "review answer", Update: "AnswerReviewRecommendation", Rules: "R116",
		New:     func() Act { return new(AnswerReviewRecommendation) },
		Did:     "answered recommendations of a review",
		Summary: "Answer recommendations by the actions that meet them, or by why there is none (who asked for the review)",
		Example: `review answer --case CASE --by Monitor --recommendations E1.1,E1.2 --actions A1`},
	{Path: "review check", Update: "CheckReviewRecommendation", Rules: "R116",
		New:     func() Act { return new(CheckReviewRecommendation) },
		Did:     "said whether what met a recommendation still holds",
		Summary: "Say later whether what met a recommendation still holds (who asked for the review)",
		Example: `review check --case CASE --by Monitor --recommendation E1.1 --holds partly --evidence "rota of June"`},
}

func (c *Case) review(id string) *Review {
	return ledger.Find(c.Reviews, func(v Review) bool { return v.ID == words.Code(id) })
}

func (c *Case) recommendation(id string) (*Review, *Recommendation) {
	for i := range c.Reviews {
		v := &c.Reviews[i]
		if r := ledger.Find(v.Recommendations, func(r Recommendation) bool { return r.ID == words.Code(id) }); r != nil {
			return v, r
		}
	}
	return nil, nil
}

// askersReview refuses whoever has not asked for the review.
func (c *Case) askersReview(m ledger.Moment, id string) error {
	v := c.review(id)
	if v == nil {
		return regime.Mistakef("there is no review %q in case %s.", words.Clip(id, 20), c.Ref)
	}
	if m.By.For != c.Today(v.By.For) && !(c.gone(v.By.For) && c.succeeds(m.By.For)) {
		return regime.Refusef("R115", "%s asked for review %s and records what becomes of it.", c.Name(c.Today(v.By.For)), v.ID)
	}
	return nil
}

// AskReview may be done by any party to the case, the provider and the decider too.
type AskReview struct {
	Of   string       `json:"of" flag:"of" usage:"who reviews: an organisation or an office, not a name" need:"yes"`
	What string       `json:"what" flag:"what" usage:"what is reviewed, and with which experts" need:"yes"`
	Due  time.Time    `json:"due" flag:"due" day:"end" when:"either" usage:"when the report is due" need:"yes"`
	Body regime.Party `json:"body,omitempty" flag:"body" board:"by" usage:"who reviews, where that is one of the parties"`
	On   time.Time    `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"when it was asked for, if earlier than now"`
}

func (a *AskReview) check(c *Case, m ledger.Moment) error {
	if p := m.By.For; !c.atTable(p) && p != c.Provider.Party() && p != c.decider() {
		return regime.Refusef("R115", "%s is no party to the case; a party can ask for the review.", c.Name(p))
	}
	if a.Due.Before(m.At) {
		return regime.Mistakef("--due lies before the day on which it was asked for.")
	}
	return nil
}

func (a *AskReview) do(c *Case, m ledger.Moment) string {
	v := Review{ID: "E" + strconv.Itoa(len(c.Reviews)+1), By: m.By, Of: a.Of, Body: a.Body, What: a.What, Asked: m.At, Due: a.Due}
	c.Reviews = append(c.Reviews, v)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReviewReport, Owner: m.By.For, Subject: v.ID, Start: m.At, Due: a.Due})
	to := c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleProvider), ledger.Duty{})
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeReview, To: ledger.And(to, a.Body), Text: c.Name(m.By.For) + " has asked for an independent review, " + v.ID +
		". Its report is due by " + calendar.Day(a.Due)})
	return "Asked " + a.Of + " for review " + v.ID + ", due by " + calendar.Day(a.Due) + ": " + words.Full(a.What)
}

// ReceiveReview ends the wait. What was received and is not shared is owed to the members.
type ReceiveReview struct {
	Review  string         `json:"review" flag:"review" number:"yes" usage:"its number, such as E1" need:"yes"`
	Where   string         `json:"where,omitempty" flag:"where" usage:"where the report is to be found"`
	With    []regime.Party `json:"with,omitempty" flag:"with" usage:"the parties that it is shared with"`
	Members bool           `json:"members,omitempty" flag:"with-members" usage:"it is shared with all members and the provider"`
	On      time.Time      `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"when it came, if earlier than now"`
}

func (a *ReceiveReview) check(c *Case, m ledger.Moment) error {
	if v := c.review(a.Review); v != nil && v.Body != "" && v.Body == m.By.For {
		return v.waiting()
	}
	if err := c.askersReview(m, a.Review); err != nil {
		return err
	}
	return c.review(a.Review).waiting()
}

func (v *Review) waiting() error {
	switch {
	case !v.Ended.IsZero():
		return regime.Mistakef("review %s ended without a report on %s.", v.ID, calendar.Day(v.Ended))
	case !v.Received.IsZero():
		return regime.Mistakef("review %s was received on %s; 'review share' shares it.", v.ID, calendar.Day(v.Received))
	}
	return nil
}

func (a *ReceiveReview) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(calendar.AtHour(c.review(a.Review).Asked, 0), "it was asked for")
}

func (a *ReceiveReview) do(c *Case, m ledger.Moment) string {
	v := c.review(a.Review)
	v.Received, v.Where = m.At, a.Where
	c.pen.Discharge(DutyReviewReport, v.ID, m)
	text := "Received review " + v.ID
	if m.At.After(v.Due) {
		text += ", late (it was due by " + calendar.Day(v.Due) + ")"
	}
	if len(a.With) == 0 && !a.Members {
		c.pen.Ask(regime.NoticeReview, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyShareReview, Owner: v.By.For, Subject: v.ID, Start: m.At}))
		return text + "; it is not shared yet."
	}
	return text + ". " + c.shareReview(v, a.With, a.Members, m)
}

// shareReview gives the report to parties, and says so to them.
func (c *Case) shareReview(v *Review, with []regime.Party, members bool, m ledger.Moment) string {
	var to []ledger.Recipient
	if members {
		to = c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleProvider), ledger.Duty{})
		c.pen.Discharge(DutyShareReview, v.ID, m)
	}
	to = ledger.And(to, with...)
	for _, r := range to {
		if !slices.ContainsFunc(v.Shared, func(s SharedWith) bool { return s.Party == r.Party }) {
			v.Shared = append(v.Shared, SharedWith{Party: r.Party, At: m.At})
		}
	}
	if len(v.Shared) > 0 && !members && c.Duty(DutyShareReview, v.ID) == nil {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyShareReview, Owner: v.By.For, Subject: v.ID, Start: m.At})
	}
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeReview, To: to, Text: "The report of review " + v.ID + " is shared with you; the case says where it is"})
	return "Shared with " + c.names(ledger.PartiesOf(to)) + "."
}

// ShareReview shares a report with some parties, or with all.
type ShareReview struct {
	Review  string         `json:"review" flag:"review" number:"yes" usage:"its number, such as E1" need:"yes"`
	With    []regime.Party `json:"with,omitempty" flag:"with" usage:"the parties that it is shared with"`
	Members bool           `json:"members,omitempty" flag:"with-members" usage:"it is shared with all members and the provider"`
	On      time.Time      `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"when, if earlier than now"`
}

func (a *ShareReview) check(c *Case, m ledger.Moment) error {
	if err := c.askersReview(m, a.Review); err != nil {
		return err
	}
	switch {
	case c.review(a.Review).Received.IsZero():
		return regime.Refusef("R115", "review %s has not come yet ('review receive').", words.Code(a.Review))
	case len(a.With) == 0 && !a.Members:
		return regime.Mistakef("say which bodies it is shared with: --with or --with-members.")
	}
	return nil
}

func (a *ShareReview) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(calendar.AtHour(c.review(a.Review).Received, 0), "it was received")
}

func (a *ShareReview) do(c *Case, m ledger.Moment) string {
	v := c.review(a.Review)
	return "Review " + v.ID + ": " + c.shareReview(v, a.With, a.Members, m)
}

// EndReview is the asker's word that no report will come.
type EndReview struct {
	Review string    `json:"review" flag:"review" number:"yes" usage:"its number, such as E1" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when, if earlier than now"`
}

func (a *EndReview) check(c *Case, m ledger.Moment) error {
	if err := c.askersReview(m, a.Review); err != nil {
		return err
	}
	return c.review(a.Review).waiting()
}

func (a *EndReview) do(c *Case, m ledger.Moment) string {
	v := c.review(a.Review)
	v.Ended, v.Why = m.At, a.Reason
	c.pen.EndDuty(DutyReviewReport, v.ID, ledger.EndWithdrawn, m)
	c.pen.Event(regime.NoticeReview, "Review "+v.ID+" has ended without a report; the case says why", regime.RoleMembers, regime.RoleProvider)
	return "Review " + v.ID + " ends without a report: " + words.Full(a.Reason)
}

// reviewWords say for the board what is late, not shared, or does not hold.
func (c *Case) reviewWords(now time.Time) []string {
	var out []string
	for _, v := range c.Reviews {
		switch {
		case !v.Ended.IsZero():
			out = append(out, "review "+v.ID+" ended without a report")
		case v.Received.IsZero() && now.After(v.Due):
			out = append(out, "review "+v.ID+" late since "+calendar.Day(v.Due))
		case !v.Received.IsZero() && len(v.Shared) == 0:
			out = append(out, "review "+v.ID+" received on "+calendar.Day(v.Received)+" and shared with nobody")
		case !v.Received.IsZero() && c.Duty(DutyShareReview, v.ID) != nil:
			out = append(out, "review "+v.ID+" not shared with all")
		}
		for _, r := range v.Recommendations {
			if n := len(r.Checks); n > 0 && r.Checks[n-1].Holds != "yes" {
				out = append(out, "recommendation "+r.ID+" does not hold, or only partly")
			}
		}
	}
	return out
}

// openReviews are what stands in the way of closing: a report that has not come, or whose
// recommendations nobody has answered.
func (c *Case) openReviews() []string {
	var out []string
	for _, v := range c.Reviews {
		if v.Received.IsZero() && v.Ended.IsZero() {
			out = append(out, "review "+v.ID+" has neither come nor been ended ('review receive', 'review end')")
		}
		var open []string
		for _, r := range v.Recommendations {
			if r.Answered.IsZero() {
				open = append(open, r.ID)
			}
		}
		if len(open) > 0 {
			out = append(out, "nobody has answered recommendation "+strings.Join(open, ", ")+" ('review answer')")
		}
	}
	return out
}
