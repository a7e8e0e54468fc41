package failure

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyInspectAgain regime.DutyKind = "INSPECTION_AFTER_TIME_TO_IMPROVE"
	DutyRateAgain    regime.DutyKind = "RATING_AFTER_INSPECTION"
	DutyDecideEntry  regime.DutyKind = "DECIDE_ON_ENTRY"
)

// PublishedRating is CQC's rating of a provider, outside of a re-inspection in special measures.
type PublishedRating struct {
	Overall Rating `json:"overall"`
	// Inadequate are the key questions so rated.
	Inadequate []string     `json:"inadequate,omitempty"`
	Published  time.Time    `json:"published"`
	By         ledger.Actor `json:"by"`
	At         time.Time    `json:"at"`
	Leads      RatingLeads  `json:"leads,omitempty"`
	Scope      Scope        `json:"scope,omitempty"`
	Of         string       `json:"of,omitempty"`
}

// RatingLeads is what a rating leads to where CQC decides itself on special measures (A24).
type RatingLeads string

// What a rating leads to; empty: nothing.
const (
	LeadsToTime     RatingLeads = "time-to-improve"
	LeadsToMeasures RatingLeads = "special-measures"
)

// keyQuestions are those that CQC rates ([W28]); for a practice population groups are rated as
// well ([W27]).
var keyQuestions = []string{"safe", "effective", "caring", "responsive", "well-led", "population-group"}

// ratingDuties are what CQC owes after a rating that leaves something to be seen.
var ratingDuties = []regime.DutyKind{DutyInspectAgain, DutyRateAgain, DutyDecideEntry, DutyInspectFurther}

var ratingVerbs = []Verb{
	{Path: "rating publish", Update: "PublishRating", Rules: "R61 A24 A25",
		New:     func() Act { return new(PublishRating) },
		Did:     "published a rating",
		Summary: "Publish a rating: time to improve, or special measures, may follow from it (CQC)",
		Example: `rating publish --case CASE --by CQC --overall requires-improvement --inadequate safe ` +
			`--on 2015-05-12`},
}

// PublishRating is CQC's. At a provider of primary or social care a rating has consequences
// that follow from the day on which it was published: time to improve and a second
// inspection, or a decision on special measures. No rating places anybody by itself (R61).
type PublishRating struct {
	Overall    Rating    `json:"overall" flag:"overall" board:"plain" usage:"the overall rating" need:"yes"`
	Inadequate string    `json:"inadequate,omitempty" flag:"inadequate" usage:"key questions rated inadequate, such as safe,well-led"`
	Scope      Scope     `json:"scope,omitempty" flag:"scope" usage:"whether the rating is of the trust, one site or one service"`
	Of         string    `json:"of,omitempty" flag:"of" usage:"which site or service"`
	Published  time.Time `json:"published,omitzero" flag:"on" day:"start" when:"ever" usage:"when the report was published, if earlier than now"`
}

func (a *PublishRating) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R61", c.says("{inspector} rates; %s cannot."), c.Name(m.By.For))
	}
	if e := c.episode(); e != nil && e.InForce() {
		return regime.Mistakef("in %s a rating comes with the report on an inspection: 'reinspection hold', with "+
			"--focused where it is not the re-inspection, and 'reinspection report'.", c.labels().Measures)
	}
	for _, q := range a.questions() {
		if !slices.Contains(keyQuestions, q) {
			return regime.Mistakef("--inadequate: %q is not one of %s.", words.Clip(q, 40),
				strings.Join(keyQuestions, ", "))
		}
	}
	if n := len(c.Ratings); n > 0 && !a.published(m).After(c.Ratings[n-1].Published) {
		return regime.Mistakef("--on must lie after the last rating, of %s.", calendar.Day(c.Ratings[n-1].Published))
	}
	return checkScope(a.Scope, a.Of)
}

func (a *PublishRating) questions() []string {
	return strings.FieldsFunc(strings.ToLower(a.Inadequate), func(r rune) bool { return r == ',' || r == ' ' })
}

func (a *PublishRating) published(m ledger.Moment) time.Time {
	if a.Published.IsZero() {
		return m.Now
	}
	return a.Published
}

func (a *PublishRating) do(c *Case, m ledger.Moment) string {
	r := PublishedRating{Overall: a.Overall, Inadequate: a.questions(), Published: a.published(m),
		By: m.By, At: m.Now, Scope: a.Scope, Of: a.Of}
	r.Leads = c.leadsTo(r)
	for _, k := range []regime.DutyKind{DutyInspectAgain, DutyRateAgain, DutyInspectFurther} {
		c.pen.Discharge(k, "", m)
	}
	c.Ratings = append(c.Ratings, r)
	c.pen.Event(regime.NoticeCareMeasures,
		c.says("{inspector} has published a rating; what follows from it stands in the case"), regime.RoleMembers, regime.RoleProvider)
	text := "Published the rating of " + calendar.Day(r.Published) + ": overall " + words.Plain(string(r.Overall)) +
		on(r.Scope, r.Of) + "."
	if len(r.Inadequate) > 0 {
		text += " Rated inadequate: " + words.List(r.Inadequate) + "."
	}
	return text + c.followRating(r, m)
}

// bad reports whether care was found inadequate, overall or in one question.
func (r PublishedRating) bad() bool { return r.Overall == "inadequate" || len(r.Inadequate) > 0 }

// improving reports whether the provider was given time to improve and has not been rated since.
func (c *Case) improving() bool {
	return c.Duty(DutyInspectAgain, "") != nil || c.Duty(DutyRateAgain, "") != nil && !c.deregistering()
}

// leadsTo is what follows from a rating. A provider that is still inadequate in any question
// after its time to improve goes into special measures, as one does that is so overall, where
// that was laid down (A24).
func (c *Case) leadsTo(r PublishedRating) RatingLeads {
	row, ok := c.profile().CareMeasuresFor(c.Provider.Type, r.Published)
	switch {
	case !ok || !r.bad() || c.deregistering():
		return ""
	case c.improving(), r.Overall == "inadequate" && row.AtOnce:
		return LeadsToMeasures
	case !row.Improve.IsZero():
		return LeadsToTime
	}
	return ""
}

func (c *Case) deregistering() bool {
	e := c.episode()
	return e != nil && e.State == regime.MeasuresDeregistered
}

// followRating opens what CQC owes after a rating, and says it.
func (c *Case) followRating(r PublishedRating, m ledger.Moment) string {
	switch {
	case r.Leads == LeadsToTime:
		row, _ := c.profile().CareMeasuresFor(c.Provider.Type, r.Published)
		d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyInspectAgain, Owner: m.By.For, Start: m.Now, Counted: r.Published,
			Period: row.Improve})
		return c.says(" The provider has time to improve; {inspector} inspects again by ") + calendar.Instant(d.Due) +
			", counted from the publication (A24, A25)."
	case r.Leads == LeadsToMeasures:
		c.pen.Ask(regime.NoticeCareMeasures, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDecideEntry,
			Owner: m.By.For, Start: m.Now}))
		return " That leads into " + c.labels().Measures + c.says(", on which {inspector} decides (A24).")
	case c.deregistering() && r.bad():
		return c.says(" {inspector} acts to stop or limit the service: 'power use --power P-CQC-5'.")
	case c.Provider.Type.Trust() && r.bad():
		return c.says(" Nothing follows from it by itself: for a trust {inspector} recommends ('measures recommend', R54).")
	}
	return ""
}

// inspectionAwaited is what CQC is to inspect for outside of special measures: after the time
// to improve, or while it moves to cancel the registration; nil where there is nothing.
func (c *Case) inspectionAwaited() *ledger.Duty {
	if d := c.Duty(DutyInspectAgain, ""); d != nil {
		return d
	}
	return c.Duty(DutyInspectFurther, "")
}

// inspected records an inspection that a published rating will follow.
func (c *Case) inspected(a *Reinspect, m ledger.Moment) string {
	d := c.inspectionAwaited()
	when := string(timing(a.From, d.Due)) + " (due by " + calendar.Instant(d.Due) + ")"
	c.pen.Discharge(d.Kind, "", m)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyRateAgain, Owner: m.By.For, Start: m.Now})
	return "Inspected again on " + calendar.Day(a.From) + ", " + when + "; its rating follows ('rating publish')."
}

// ratingsOpen are what stands in the way of closing: a provider whose time to improve runs.
func (c *Case) ratingsOpen() []string {
	var out []string
	for _, k := range []regime.DutyKind{DutyInspectAgain, DutyRateAgain, DutyDecideEntry} {
		if d := c.Duty(k, ""); d != nil && !c.deregistering() {
			row, _ := c.profile().Duty(k)
			out = append(out, c.says("{inspector} is still to ")+c.Says(*d)+" ('"+row.How+"')")
		}
	}
	return out
}
