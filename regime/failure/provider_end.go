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

// DutyEndStay is owed where somebody else than the decider has recorded that the provider has ended.
const DutyEndStay regime.DutyKind = "END_STAY_WITH_PROVIDER"

// ProviderEnd is how the provider itself ended (R113).
type ProviderEnd struct {
	How    ProviderEnding `json:"how"`
	On     time.Time      `json:"on"`
	By     ledger.Actor   `json:"by"`
	Reason string         `json:"reason"`
	// Successors run what goes on of its services; none where nobody does.
	Successors []regime.Party `json:"successors,omitempty"`
	// Passed and Over name the duties that it owed, by number and words.
	Passed []string `json:"passed,omitempty"`
	Over   []string `json:"over,omitempty"`
}

// ProviderEnding is a way in which a provider ends.
type ProviderEnding string

// ServicesMoved is the one end after which the provider goes on as a legal person.
const ServicesMoved ProviderEnding = "services-moved"

// The other ends that a rule asks for.
const (
	RegistrationGivenUp   ProviderEnding = "registration-given-up"
	RegistrationCancelled ProviderEnding = "registration-cancelled"
)

// Choices lists the ways.
func (ProviderEnding) Choices() []string {
	return []string{"merged", "acquired", "closed", string(RegistrationGivenUp), string(RegistrationCancelled),
		string(ServicesMoved), "dissolved"}
}

var providerEndVerbs = []Verb{
	{Path: "provider end", Update: "EndProvider", Rules: "R113 R114",
		New:     func() Act { return new(EndProvider) },
		Did:     "recorded that the provider has ended",
		Summary: "Record that the provider has ended: merged, acquired, closed, registration given up (decider, CQC, who supports the group)",
		Example: `provider end --case CASE --by Monitor --how acquired --on 2014-10-01 --successor PROVIDER/RDU ` +
			`--reason "acquired by its partner trust"`},
}

// EndProvider is the outcome of the case. The decider's own record ends a stay in special measures with
// it; anybody else's leaves that to the decider.
type EndProvider struct {
	How        ProviderEnding `json:"how" flag:"how" board:"plain" usage:"how it ended" need:"yes"`
	Reason     string         `json:"reason" flag:"reason" usage:"why" need:"yes"`
	Successors []regime.Party `json:"successors,omitempty" flag:"successor" usage:"who runs its services now, such as PROVIDER/RDU"`
	None       bool           `json:"none,omitempty" flag:"no-successor" usage:"nobody does"`
	Passes     string         `json:"passes,omitempty" flag:"passes" usage:"its open duties that go to the successor, such as D7,D9; the others end"`
	Case       string         `json:"case,omitempty" flag:"successor-case" usage:"reference of the successor's own case, to link to"`
	On         time.Time      `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"its last day, if earlier than today"`
}

func (a *EndProvider) check(c *Case, m ledger.Moment) error {
	may := []regime.Party{c.decider(), c.Inspector(), c.support(), c.region(), c.Provider.Party(),
		regime.Party(c.providerRow().AdministrationBy)}
	if m.By.For == "" || !slices.Contains(may, m.By.For) {
		return regime.Refusef("R113", c.says("the decider, %s, {inspector}, %s or the provider itself records that it has ended; %s cannot."),
			c.Name(c.decider()), c.Name(c.support()), c.Name(m.By.For))
	}
	if c.Gone != nil && (c.Gone.How != ServicesMoved || a.How == ServicesMoved) {
		return regime.Mistakef("the provider has ended already, on %s: %s.", calendar.Day(c.Gone.On), words.Plain(string(c.Gone.How)))
	}
	if a.None == (len(a.Successors) > 0) {
		return regime.Mistakef("say who runs its services now, --successor, or that nobody does: --no-successor.")
	}
	if slices.Contains(a.Successors, c.Provider.Party()) {
		return regime.Mistakef("--successor is the provider itself.")
	}
	if a.How == RegistrationCancelled {
		for _, u := range c.OwnActs {
			if u.Power == cancelRegistration && u.Outcome == "" && !u.Until.IsZero() {
				return regime.Refusef("R113", c.says("%s is a notice of proposal, which ends nothing: {inspector} decides on it first ('power decide')."), u.ID)
			}
		}
	}
	for _, id := range words.Codes(a.Passes) {
		if len(a.Successors) == 0 || c.owedByProvider(id) == nil {
			return regime.Mistakef("--passes %s: that is no open duty of the provider that a successor could take.", words.Clip(id, 20))
		}
	}
	if a.Case != "" {
		return c.mayLink(words.Code(a.Case))
	}
	return nil
}

// cancelRegistration is CQC's notice of proposal to cancel a registration.
const cancelRegistration regime.PowerID = "P-CQC-5"

func (c *Case) owedByProvider(id string) *ledger.Duty {
	return ledger.Find(c.Duties, func(d ledger.Duty) bool {
		return d.ID == id && d.Open() && c.OwnerOf(d) == c.Provider.Party()
	})
}

func (a *EndProvider) do(c *Case, m ledger.Moment) string {
	end := &ProviderEnd{How: a.How, On: m.At, By: m.By, Reason: a.Reason, Successors: a.Successors}
	text := "The provider has ended on " + calendar.Day(m.At) + ": " + words.Plain(string(a.How)) + c.successors(end) + "."
	to := ledger.And(c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleSupport, regime.RoleRegion, regime.RoleDecider),
		ledger.Duty{}), append(slices.Clone(a.Successors), c.Provider.Party())...)
	c.handOver(end, words.Codes(a.Passes), m)
	text += c.endStay(m)
	if a.Case != "" {
		text += " " + c.link(words.Code(a.Case), "the provider's successor", m)
	}
	c.Gone = end
	c.endedWithIt(m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeProviderEnded, To: to, Text: "The provider has ended: " + words.Plain(string(a.How)) +
		c.successors(end) + ". Nothing more is owed by it or sent to it" + c.asLegalPerson()})
	if c.gone(c.Provider.Party()) {
		c.pen.NoMoreTo(c.Provider.Party())
	}
	if len(end.Passed) > 0 {
		text += " To the successor: " + strings.Join(end.Passed, "; ") + "."
	}
	if len(end.Over) > 0 {
		text += " Ended with it: " + strings.Join(end.Over, "; ") + "."
	}
	return words.Sentence(text, a.Reason, "")
}

func (c *Case) asLegalPerson() string {
	if c.Gone.How == ServicesMoved {
		return " but what is served on it as a legal person"
	}
	return ""
}

func (c *Case) successors(e *ProviderEnd) string {
	if len(e.Successors) == 0 {
		return ", with no successor"
	}
	return "; its services go to " + c.names(e.Successors)
}

// endStay ends a stay in special measures where the decider itself has recorded the end, and owes it
// that elsewhere. What was recommended and not decided on is over.
func (c *Case) endStay(m ledger.Moment) string {
	e := c.episode()
	switch {
	case e == nil || !e.Ended.IsZero() || e.State == regime.MeasuresDeclined:
		return ""
	case e.InForce() && m.By.For != c.decider():
		c.pen.Ask(regime.NoticeProviderEnded, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyEndStay, Owner: c.decider(), Start: m.At}))
		return " " + c.Name(c.decider()) + " is to end the stay in " + c.labels().Measures + "."
	}
	c.pen.Lapse(m.Now, DutyAnswerRecommend, DutyDecideEntry)
	e.Decisions = append(e.Decisions, MeasuresDecision{Outcome: ProviderCeased, By: m.By, At: m.At, Reason: "the provider has ended"})
	return " " + c.endMeasures(e, ProviderCeased, m)
}

// mayEndWithProvider: a stay ends so only where it is on record that the provider has ended.
func (c *Case) mayEndWithProvider(inForce bool) error {
	if c.Gone == nil {
		return regime.Refusef("R113", "it is not on record that the provider has ended ('provider end'); a notice of proposal ends nothing.")
	}
	if !inForce {
		return regime.Refusef("R60", "the provider is not in %s.", c.labels().Measures)
	}
	return nil
}

// handOver has each duty of the provider go to the successor or end, by name. Its actions are proposed
// to the successor, which accepts or declines for itself.
func (c *Case) handOver(end *ProviderEnd, passes []string, m ledger.Moment) {
	provider := c.Provider.Party()
	for i := range c.Actions {
		a := c.Actions[i]
		if a.Owner != provider || a.Settled() {
			continue
		}
		c.endAction(a.ID, regime.ActionWithdrawn, "the provider has ended", m)
		if len(end.Successors) == 0 {
			end.Over = append(end.Over, "action "+a.ID)
			continue
		}
		fresh := ResponseAction{Aim: a.Aim, Urgent: a.Urgent, Staff: a.Staff,
			Action: ledger.Action{What: a.What, Owner: end.Successors[0], Proposer: m.By.For, Due: a.Due}}
		end.Passed = append(end.Passed, "action "+a.ID+", as proposal "+c.propose(fresh, m))
	}
	for i := range c.Duties {
		d := &c.Duties[i]
		if !d.Open() || c.OwnerOf(*d) != provider {
			continue
		}
		name := d.ID + " " + c.Says(*d)
		if slices.Contains(passes, d.ID) {
			c.pen.Pass(d.ID, end.Successors[0])
			end.Passed = append(end.Passed, name)
			continue
		}
		c.pen.EndDuty(d.Kind, d.Subject, ledger.EndNotNeeded, m)
		end.Over = append(end.Over, name)
	}
}

// endedWithIt is what others owed about the provider and that has no object any more.
func (c *Case) endedWithIt(m ledger.Moment) {
	c.pen.Lapse(m.Now, append(slices.Clone(ratingDuties), DutyOutcomeLetter, DutySurveillanceLevel)...)
	if !c.gone(c.Provider.Party()) {
		return
	}
	for _, u := range c.OwnActs {
		if u.Power == cancelRegistration && u.Outcome == "" {
			c.pen.EndDuty(DutyDecidePower, u.ID, ledger.EndNotNeeded, m)
		}
	}
	for i := range c.Warnings {
		c.pen.EndDuty(DutyDecideWarning, c.Warnings[i].ID, ledger.EndNotNeeded, m)
		c.pen.EndDuty(DutyDetermineWarning, c.Warnings[i].ID, ledger.EndNotNeeded, m)
	}
	if s := c.Administration; s.underWay() {
		for _, k := range c.milestones() {
			c.pen.Lapse(m.Now, k.duty)
		}
		s.Ended = m.At
	}
}

// gone reports whether the party is the provider and is no more.
func (c *Case) gone(p regime.Party) bool {
	return c.Gone != nil && c.Gone.How != ServicesMoved && p == c.Provider.Party()
}

// actsNoMore refuses what an ended body would do after its last day (R114).
func (c *Case) actsNoMore(m ledger.Moment) error {
	if !c.gone(m.By.For) || !calendar.AtHour(m.At, 0).After(calendar.AtHour(c.Gone.On, 0)) {
		return nil
	}
	return regime.Refusef("R114", "the provider ended on %s and acts no more%s. What it did before is recorded with its day.",
		calendar.Day(c.Gone.On), c.successors(c.Gone))
}

// succeeds reports whether the party runs what the provider ran.
func (c *Case) succeeds(p regime.Party) bool {
	return c.Gone != nil && slices.Contains(c.Gone.Successors, p)
}
