package failure

import (
	"cmp"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyProgress is the kind of duty that is owed here.
const DutyProgress regime.DutyKind = "MONTHLY_PROGRESS"

// ActionPlan is a published version of the provider's plan.
type ActionPlan struct {
	Version int       `json:"version"`
	URL     string    `json:"url"`
	At      time.Time `json:"at"`
}

// ProgressReport is one month's publication (004:L21), once a month.
type ProgressReport struct {
	Month int       `json:"month"`
	URL   string    `json:"url"`
	At    time.Time `json:"at"`
	Late  bool      `json:"late,omitempty"`
	// Past are links that were corrected; Entry is where the present one was recorded.
	Past  []string `json:"past,omitempty"`
	Entry int      `json:"entry,omitempty"`
}

var aMonth = calendar.MustPeriod("1mo")

// openProgress opens the month's duty. Months are counted from the day of entry, the end of
// the month clamped, never chained (A28).
func (c *Case) openProgress(e *Episode, month int) {
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyProgress, Owner: c.Provider.Party(), Subject: strconv.Itoa(month),
		Start:   aMonth.Times(int64(month - 1)).After(e.Entered),
		Counted: e.Entered, Period: aMonth.Times(int64(month))})
}

// progressDue opens the next month as soon as the last one's day has come or its report is
// there: a missed month never stops the next (B4).
func (c *Case) progressDue(now time.Time) {
	e := c.episode()
	if e == nil || !e.InForce() || c.providerRow().SelfDecided {
		return
	}
	var last ledger.Duty
	for _, d := range c.Duties {
		if d.Kind == DutyProgress && !d.Start.Before(e.Entered) {
			last = d
		}
	}
	if last.ID != "" && (!last.Open() || !now.Before(last.Due)) {
		c.openProgress(e, words.Number(last.Subject)+1)
	}
}

// PublishPlan is the provider's; the plan comes before the first month's progress.
type PublishPlan struct {
	URL string    `json:"url" flag:"url" usage:"where it is published" need:"yes"`
	On  time.Time `json:"on,omitzero" flag:"on" when:"ever" usage:"when it was published, if earlier than now"`
}

func (a *PublishPlan) check(c *Case, m ledger.Moment) error {
	if err := c.providerOnly(m, "publishes its action plan"); err != nil {
		return err
	}
	return c.inForce()
}

func (c *Case) providerOnly(m ledger.Moment, does string) error {
	if m.By.For == c.Provider.Party() || c.succeeds(m.By.For) {
		return nil
	}
	return regime.Refusef("R1", "the provider itself %s; %s cannot on its behalf.", does, c.Name(m.By.For))
}

func (a *PublishPlan) do(c *Case, m ledger.Moment) string {
	e := c.episode()
	e.Plans = append(e.Plans, ActionPlan{Version: len(e.Plans) + 1, URL: a.URL, At: m.At})
	c.pen.Discharge(DutyActionPlan, "", m)
	return "Published version " + strconv.Itoa(len(e.Plans)) + " of the action plan: " + a.URL
}

// PublishProgress reports on the earliest month that is owed, has begun and is not given up as
// missed, unless another is named. Where there is none, or the month is published already,
// another link corrects the one that was given.
type PublishProgress struct {
	URL   string    `json:"url" flag:"url" usage:"where it is published" need:"yes"`
	Month int       `json:"month,omitempty" flag:"month" usage:"which month since entry; without it, the earliest that has begun and is not yet missed, else the last published"`
	On    time.Time `json:"on,omitzero" flag:"on" when:"past" usage:"when it was published, if earlier than now"`
}

func (a *PublishProgress) check(c *Case, m ledger.Moment) error {
	if err := c.providerOnly(m, "publishes its progress"); err != nil {
		return err
	}
	if err := c.inForce(); err != nil {
		return err
	}
	month := a.month(c, m)
	d, published := c.Duty(DutyProgress, strconv.Itoa(month)), c.episode().published(month)
	switch {
	case published != nil && published.URL == a.URL:
		return regime.Mistakef("the progress of month %d has already been published at that address.", month)
	case published != nil:
		return nil
	case d == nil:
		return regime.Mistakef("no progress is owed for month %d: it has not begun, or is not owed.", a.Month)
	case !begun(*d, m.At):
		return regime.Mistakef("month %d begins on %s: its progress cannot be published yet. To correct the link of an "+
			"earlier month, say which: --month.", month, calendar.Instant(d.Start))
	}
	return nil
}

// begun reports whether the month has begun by the day of t.
func begun(d ledger.Duty, t time.Time) bool { return !d.Start.After(t) || calendar.SameDay(d.Start, t) }

// published is the month's report, nil before it is out.
func (e *Episode) published(month int) *ProgressReport {
	for i := range e.Publications {
		if e.Publications[i].Month == month {
			return &e.Publications[i]
		}
	}
	return nil
}

// month is the month reported on: a report missed long ago is not taken for made up by this
// month's, a report a few days late is. The next month's is never taken for published before
// the month has begun (B4).
func (a *PublishProgress) month(c *Case, m ledger.Moment) int {
	if a.Month != 0 {
		return a.Month
	}
	missed, next := 0, 0
	for _, d := range c.Duties {
		switch n := words.Number(d.Subject); {
		case d.Kind != DutyProgress || !d.Open():
		case !begun(d, m.At):
			next = n
		case !d.Missed:
			return n
		default:
			missed = n
		}
	}
	if n := len(c.episode().Publications); n > 0 {
		return max(c.episode().Publications[n-1].Month, missed)
	}
	return cmp.Or(missed, next)
}

// repeats is the entry that said the same of the same month.
func (a *PublishProgress) repeats(c *Case, m ledger.Moment) int {
	if e := c.episode(); e != nil && e.InForce() && m.By.For == c.Provider.Party() {
		if r := e.published(a.month(c, m)); r != nil && r.URL == a.URL {
			return r.Entry
		}
	}
	return 0
}

func (a *PublishProgress) do(c *Case, m ledger.Moment) string {
	e := c.episode()
	month := a.month(c, m)
	if r := e.published(month); r != nil {
		r.Past = append(r.Past, r.URL)
		text := "Corrected the link to the progress of month " + strconv.Itoa(month) + ": " + a.URL + " (before: " + r.URL + ")"
		r.URL, r.Entry = a.URL, c.LastEntry+1
		return text
	}
	d := c.Duty(DutyProgress, strconv.Itoa(month))
	r := ProgressReport{Month: month, URL: a.URL, At: m.At, Late: m.At.After(d.Due), Entry: c.LastEntry + 1}
	e.Publications = append(e.Publications, r)
	c.pen.Discharge(DutyProgress, strconv.Itoa(month), m)
	c.tellGovernors("The trust has published its progress for month " + strconv.Itoa(month))
	text := "Published progress for month " + strconv.Itoa(month)
	if r.Late {
		text += ", late (it was due on " + calendar.Instant(d.Due) + ")"
	}
	return text + ": " + a.URL
}

// measuresRegion is special measures: region B.
var measuresRegion = region{
	name:   "special measures",
	settle: (*Case).progressDue,
	open: func(c *Case) []string {
		if e := c.episode(); e != nil && e.Ended.IsZero() && e.State != regime.MeasuresDeclined {
			return []string{"the provider is still in " + c.labels().Measures}
		}
		return c.ratingsOpen()
	},
}
