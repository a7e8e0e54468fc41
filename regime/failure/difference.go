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

// DutyDiscuss is the kind of duty that is owed here.
const DutyDiscuss regime.DutyKind = "DISCUSS_DIFFERENCE"

// Difference is a difference of judgement between two bodies (rec. 141, 000:L5). It is to be
// discussed and resolved where possible; meanwhile and afterwards each keeps its own
// responsibility. Nothing in the case asks whether one is open (R7).
type Difference struct {
	ID      string         `json:"id"` // "J1"
	Between []regime.Party `json:"between" passes:"on"`
	Subject string         `json:"subject"`
	// Safety: it is about immediate safety.
	Safety    YesNo        `json:"safety"`
	View      string       `json:"view,omitempty"` // of the body that registered it
	By        ledger.Actor `json:"by"`
	At        time.Time    `json:"at"`
	Discussed []Discussion `json:"discussed,omitempty"`
}

// Discussion is what one of the two says of a talk between them, and what it will do.
type Discussion struct {
	At           time.Time         `json:"at"`
	Participants []regime.Party    `json:"participants"`
	Outcome      DifferenceOutcome `json:"outcome"`
	Will         string            `json:"will,omitempty"`
	By           ledger.Actor      `json:"by"`
}

// DifferenceOutcome is how a discussion ended; there is no third way, and no vote.
type DifferenceOutcome string

// The outcomes.
const (
	Resolved    DifferenceOutcome = "resolved"
	NotResolved DifferenceOutcome = "not-resolved"
)

// Choices lists the outcomes.
func (DifferenceOutcome) Choices() []string { return []string{string(Resolved), string(NotResolved)} }

var differenceVerbs = []Verb{
	{Path: "difference register", Update: "RegisterDifference", Rules: "R6 R7 A38",
		New:     func() Act { return new(RegisterDifference) },
		Did:     "registered a difference of judgement",
		Summary: "Register a difference of judgement between your body and another",
		Example: `difference register --case CASE --by CCG --other CQC --immediate-safety yes ` +
			`--subject "whether the unit can stay open" --view "close it tonight"`},
	{Path: "difference discuss", Update: "DiscussDifference", Rules: "R6 R7",
		New:     func() Act { return new(DiscussDifference) },
		Did:     "recorded that a difference of judgement was discussed",
		Summary: "Record that the two bodies have discussed it, and what yours will do",
		Example: `difference discuss --case CASE --by CQC --difference J1 --outcome not-resolved ` +
			`--will "inspect tomorrow"`},
}

// Open reports whether it has not been resolved: the last word of either side counts.
func (d Difference) Open() bool {
	last := map[regime.Party]DifferenceOutcome{}
	for _, t := range d.Discussed {
		last[t.By.For] = t.Outcome
	}
	for _, p := range d.Between {
		if last[p] == NotResolved {
			return true
		}
	}
	return len(last) == 0
}

func (c *Case) difference(id string) *Difference {
	return ledger.Find(c.Differences, func(x Difference) bool { return x.ID == id })
}

// openDifferences are listed at meetings and at the closing; that is all (R7).
func (c *Case) openDifferences() string {
	var out []string
	for _, d := range c.Differences {
		if d.Open() {
			out = append(out, d.ID+" between "+c.names(d.Between))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " Differences of judgement open, which block nothing (R7): " + strings.Join(out, "; ") + "."
}

// RegisterDifference is either side's, at any time. Any two bodies may differ (A38); the
// provider answers for itself and is no such side.
type RegisterDifference struct {
	Other   regime.Party `json:"other" flag:"other" board:"with" usage:"the other body" need:"yes"`
	Subject string       `json:"subject" flag:"subject" usage:"what the two see differently" need:"yes"`
	Safety  YesNo        `json:"safety" flag:"immediate-safety" usage:"whether it is about immediate safety" need:"yes"`
	View    string       `json:"view,omitempty" flag:"view" usage:"your own body's view"`
}

func (a *RegisterDifference) allowedAfterClosing() {}

func (a *RegisterDifference) check(c *Case, m ledger.Moment) error {
	for _, p := range []regime.Party{m.By.For, a.Other} {
		switch p.Body() {
		case regime.ProviderBody:
			return regime.Refusef("R6", "differences of judgement lie between performance managers and "+
				"regulators; the provider answers for itself.")
		case regime.QSGLocal, regime.QSGRegional:
			return regime.Refusef("R68", "a group itself makes no judgement; name the member that differs.")
		}
	}
	if a.Other == m.By.For {
		return regime.Mistakef("--other %q is not another body.", a.Other)
	}
	return nil
}

func (a *RegisterDifference) do(c *Case, m ledger.Moment) string {
	d := Difference{ID: "J" + strconv.Itoa(len(c.Differences)+1), Between: []regime.Party{m.By.For, a.Other},
		Subject: a.Subject, Safety: a.Safety, View: a.View, By: m.By, At: m.Now}
	c.Differences = append(c.Differences, d)
	if c.Stage != regime.Closed {
		for _, p := range d.Between {
			c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDiscuss, Owner: p, Subject: ofParty(d.ID, p), Start: m.Now})
		}
	}
	c.notifyDifference(d, c.names(d.Between)+" see something differently ("+d.ID+"). It blocks nothing, and each "+
		"keeps its own responsibility", c.Stage != regime.Closed)
	about := ""
	if a.Safety == "yes" {
		about = " about immediate safety"
	}
	text := "Registered a difference of judgement" + about + " with " + c.Name(a.Other) + " (" + d.ID +
		"): " + a.Subject + "."
	if a.View != "" {
		text += " Own view: " + a.View + "."
	}
	return text + " It blocks nothing (R7)."
}

// notifyDifference tells the two bodies, which are asked to discuss it where they owe that, and the
// chair.
func (c *Case) notifyDifference(d Difference, text string, discuss bool) {
	n := ledger.Notice{Kind: regime.NoticeDifference, Text: text}
	for _, p := range d.Between {
		n.To = append(n.To, ledger.Recipient{Party: p, Level: regime.LevelDuty})
		if owed := c.Duty(DutyDiscuss, ofParty(d.ID, p)); discuss && owed != nil {
			n.By = owed.Due
			n.Asks = []ledger.Ask{{Of: d.Between, How: "difference discuss",
				Says: "discuss the difference of judgement " + d.ID + " with the other body"}}
		}
	}
	n.To = c.Audience(n.To, regime.Audience{Role: regime.RoleChair}, ledger.Duty{})
	c.pen.Notify(n)
}

// DiscussDifference is recorded by either side, and ends what both owe. What each will do it
// says for itself, by recording its own.
type DiscussDifference struct {
	Difference   string            `json:"difference" flag:"difference" number:"yes" usage:"its number, such as J1" need:"yes"`
	Outcome      DifferenceOutcome `json:"outcome" flag:"outcome" board:"plain" usage:"whether it could be resolved" need:"yes"`
	At           time.Time         `json:"at,omitzero" flag:"at" when:"past" usage:"when they talked, if not now"`
	Participants []regime.Party    `json:"participants,omitempty" flag:"participants" usage:"the bodies that took part; without it, the two"`
	Will         string            `json:"will,omitempty" flag:"will" usage:"what your body will do"`
}

func (a *DiscussDifference) allowedAfterClosing() {}

func (a *DiscussDifference) check(c *Case, m ledger.Moment) error {
	d := c.difference(a.Difference)
	if d == nil {
		return regime.Mistakef("there is no difference of judgement %q in case %s.", words.Clip(a.Difference,
			20), c.Ref)
	}
	if !slices.Contains(d.Between, m.By.For) {
		return regime.Refusef("R6", "%s lies between %s; nobody else speaks for them or decides it.", d.ID,
			c.names(d.Between))
	}
	return nil
}

func (a *DiscussDifference) do(c *Case, m ledger.Moment) string {
	d := c.difference(a.Difference)
	t := Discussion{At: a.At, Participants: a.Participants, Outcome: a.Outcome, Will: a.Will, By: m.By}
	if t.At.IsZero() {
		t.At = m.Now
	}
	if len(t.Participants) == 0 {
		t.Participants = d.Between
	}
	d.Discussed = append(d.Discussed, t)
	for _, p := range d.Between {
		c.pen.Discharge(DutyDiscuss, ofParty(d.ID, p), m)
	}
	c.notifyDifference(*d, "The difference of judgement "+d.ID+" was discussed: "+words.Plain(string(a.Outcome))+
		". Each keeps its own responsibility", false)
	text := "Discussed the difference of judgement " + d.ID + " on " + calendar.Instant(t.At) + " (" +
		c.names(t.Participants) + "): " + words.Plain(string(a.Outcome)) + "."
	if a.Will != "" {
		text += " " + c.Name(m.By.For) + " will: " + a.Will
	}
	return text
}
