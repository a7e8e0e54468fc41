package failure

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyAnswerRecommend is the kind of duty that is owed here.
const DutyAnswerRecommend regime.DutyKind = "ANSWER_RECOMMENDATION"

// RecommendMeasures may be repeated after a refusal; it never places a trust by itself.
type RecommendMeasures struct {
	Reason string    `json:"reason" flag:"reason" usage:"the poor care and the weak leadership found" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was recommended, if earlier than now"`
}

func (a *RecommendMeasures) check(c *Case, m ledger.Moment) error {
	row := c.providerRow()
	if m.By.For.Body() != regime.CQC {
		return regime.Refusef("R54", "CQC recommends %s; %s can tell the decider, %s, what it knows.",
			c.labels().Measures, c.Name(m.By.For), c.Name(c.decider()))
	}
	if row.SelfDecided {
		return regime.Refusef("R61", "for %s CQC decides itself: 'measures decide'.", row.Label)
	}
	if e := c.episode(); e != nil && e.InForce() {
		return regime.Refusef("R60", "the provider is already in %s.", c.labels().Measures)
	}
	return nil
}

func (a *RecommendMeasures) do(c *Case, m ledger.Moment) string {
	e := c.pending()
	e.State = regime.MeasuresRecommended
	e.Recommendations = append(e.Recommendations,
		MeasuresAdvice{By: m.By, At: m.At, Reason: a.Reason})
	c.breachActedOn(m)
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerRecommend, Owner: c.decider(), Start: m.At})
	c.pen.Ask(regime.NoticeMeasuresRecommended, d)
	c.tellGovernors("CQC has recommended " + c.labels().Measures)
	c.pen.Event(regime.NoticeMeasuresDecision, "CQC has recommended "+c.labels().Measures+"; "+c.Name(c.decider())+
		" decides", regime.RoleMembers, regime.RoleProvider)
	return "Recommended " + c.labels().Measures + ": " + a.Reason
}

// DecideMeasures is the decider's alone: in 2013 Monitor for a foundation trust, TDA for an
// NHS trust, CQC for primary care and social care. With or without a recommendation, a summit or
// a ring-holder, at any stage (R3, R56).
type DecideMeasures struct {
	Outcome   MeasuresOutcome `json:"outcome" flag:"outcome" usage:"the decision" need:"yes"`
	Reason    string          `json:"reason" flag:"reason" usage:"why (R57)" need:"yes"`
	Announced time.Time       `json:"announced,omitzero" flag:"announced" day:"start" when:"either" within:"meeting" usage:"when it is announced, if not now"`
	Length    calendar.Period `json:"length,omitzero" flag:"for" usage:"length of an extension, such as 6mo"`
	Report    time.Time       `json:"report,omitzero" flag:"report" day:"start" when:"ever" usage:"for adult social care: when the report that found it inadequate was published"`
	At        time.Time       `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was decided, if earlier than now: the months run from then"`
}

func (a *DecideMeasures) check(c *Case, m ledger.Moment) error {
	if err := c.deciderOnly(m); err != nil {
		return err
	}
	e := c.episode()
	inForce := e != nil && e.InForce()
	label := c.labels().Measures
	switch a.Outcome {
	case Place:
		if inForce {
			return regime.Refusef("R60", "the provider is already in %s.", label)
		}
	case Decline:
		if (e == nil || e.State != regime.MeasuresRecommended) && c.Duty(DutyDecideEntry, "") == nil {
			return regime.Refusef("R57", "no recommendation is waiting for an answer.")
		}
	case CancelOutcome:
		if !c.providerRow().SelfDecided {
			return regime.Refusef("R60", "for a trust the next step is 'further-action'.")
		}
		fallthrough
	default:
		if !inForce {
			return regime.Refusef("R60", "the provider is not in %s.", label)
		}
		return a.checkAfterReinspection(c, e, m)
	}
	return nil
}

// checkAfterReinspection: exit, extension and further action follow CQC's report on a
// re-inspection; there is no other way out (R60, R62), but where criteria are agreed instead.
func (a *DecideMeasures) checkAfterReinspection(c *Case, e *Episode, m ledger.Moment) error {
	if c.providerRow().ExitCriteria {
		return c.mayLeaveByCriteria(e, a.Outcome)
	}
	if e.advice() == nil {
		return regime.Refusef("R60", "this is decided on CQC's re-inspection and its recommendation, which "+
			"has not been reported since the last decision.")
	}
	if a.Outcome != Extend {
		return nil
	}
	if limit := c.Duty(DutyPrimaryLimit, ""); limit != nil {
		if until := a.length(c).After(m.At); !until.Before(limit.Due) {
			return regime.Refusef("R62", "twelve months are the limit, until %s; after that registration is "+
				"at stake.", calendar.Instant(limit.Due))
		}
	}
	return nil
}

func (a *DecideMeasures) length(c *Case) calendar.Period {
	if !a.Length.IsZero() {
		return a.Length
	}
	return c.profile().ExtensionLimit
}

// deciderOnly names the one who decides for this type of provider (R54, R55, R61).
func (c *Case) deciderOnly(m ledger.Moment) error {
	row := c.providerRow()
	if m.By.For.Body() == row.Decider {
		return nil
	}
	rule := "R55"
	switch {
	case row.SelfDecided:
		rule = "R61"
	case m.By.For.Body() == regime.CQC:
		rule = "R54"
	}
	return regime.Refusef(rule, "%s decides for %s; %s cannot.%s", c.profile().BodyName(row.Decider),
		row.Label, c.Name(m.By.For), c.ifWrongType(m.By.For))
}

// ifWrongType recalls, where the body decides for another type of provider, that a wrong type in
// the register holds nothing up (R4).
func (c *Case) ifWrongType(p regime.Party) string {
	for _, r := range c.profile().Providers {
		if r.Decider == p.Body() || r.AdministrationBy == p.Body() {
			return " If the register has the wrong type, 'provider correct' puts it right at once."
		}
	}
	return ""
}

func (a *DecideMeasures) do(c *Case, m ledger.Moment) string {
	episode := c.pendingFor(a.Outcome)
	decision := MeasuresDecision{Outcome: a.Outcome, By: m.By, At: m.At, Reason: a.Reason,
		Announced: a.Announced}
	label := c.labels().Measures
	c.pen.Discharge(DutyAnswerRecommend, "", m)
	c.pen.Discharge(DutyDecideOutcome, "", m)
	if a.Outcome != Place && a.Outcome != Decline && a.Outcome != Extend {
		c.pen.Discharge(DutyPrimaryLimit, "", m)
	}
	var text string
	switch a.Outcome {
	case Place:
		decision.OwnEvidence = episode.State != regime.MeasuresRecommended
		text = c.place(episode, m, a.Report)
	case Decline:
		episode.State = regime.MeasuresDeclined
		c.pen.Discharge(DutyDecideEntry, "", m)
		text = "Declined to place the provider in " + label + "."
	case Extend:
		decision.Length = a.length(c).String()
		text = c.extend(episode, a.length(c), m)
	default:
		text = c.endMeasures(episode, a.Outcome, m)
	}
	episode.Decisions = append(episode.Decisions, decision)
	if m.By.For.Body() == regime.CQC && a.Outcome != Decline {
		c.breachActedOn(m)
	}
	c.tellGovernors(c.Name(m.By.For) + " has taken a decision on " + label)
	kind := regime.NoticeKind(regime.NoticeMeasuresDecision)
	if a.Outcome == Extend {
		kind = regime.NoticeExtension
	}
	c.pen.Event(kind, "A decision on "+label+" has been recorded: "+words.Plain(string(a.Outcome))+
		c.usersToNotify(a.Outcome, m.At),
		regime.RoleMembers, regime.RoleProvider, regime.RoleRegion)
	if a.Outcome == CancelOutcome {
		c.pen.Notify(ledger.Notice{Kind: regime.NoticePowerUsed, To: c.Audiences(regime.Contacts(regime.RoleCommissioners, regime.RoleSupport), ledger.Duty{}), Asks: ledger.Asking(otherProvision, ""),
			Text: "The registration may be cancelled. The continuity of services may be at stake"})
	}
	return text + " " + words.Full(a.Reason)
}

func (c *Case) pendingFor(o MeasuresOutcome) *Episode {
	if o == Place || o == Decline {
		return c.pending()
	}
	return c.episode()
}

// extend keeps special measures in force and dates the next re-inspection.
func (c *Case) extend(e *Episode, length calendar.Period, m ledger.Moment) string {
	c.pen.Lapse(m.Now, reinspectionDuties...)
	due := length.After(m.At)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectExtended, Owner: regime.Party(regime.CQC), Subject: strconv.Itoa(e.Extensions() + 1),
		Start: m.At, Period: length})
	text := "Extended " + c.labels().Measures + " by " + length.Words() +
		"; the next re-inspection is due by " + calendar.Instant(due) + "."
	if due.After(c.profile().ExtensionLimit.After(m.At)) {
		text += " Normally it is not more than " + c.profile().ExtensionLimit.Words() + " (B7)."
	}
	return text
}

func (c *Case) endMeasures(e *Episode, o MeasuresOutcome, m ledger.Moment) string {
	label := c.labels().Measures
	c.pen.Lapse(m.Now, append(episodeDuties(), reinspectionDuties...)...)
	e.Ended = m.At
	switch o {
	case Exit, ExitWithSupport:
		e.State, e.WithSupport = regime.MeasuresExited, o == ExitWithSupport
		if e.WithSupport {
			return "Took the provider out of " + label + ", with continued support."
		}
		return "Took the provider out of " + label + "."
	case CancelOutcome:
		e.State = regime.MeasuresDeregistered
		c.openProceedings(m.At)
		return "Began proceedings to cancel the registration (R62). The notice of proposal, with its time " +
			"for representations, is 'power use --power P-CQC-5'."
	default:
		e.State = regime.MeasuresFurther
		return "Went further than " + label + "."
	}
}
