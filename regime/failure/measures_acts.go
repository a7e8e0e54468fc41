package failure

import (
	"slices"
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
	Scope  Scope     `json:"scope,omitempty" flag:"scope" usage:"whether it is for the trust, one site or one service"`
	Of     string    `json:"of,omitempty" flag:"service" was:"of" usage:"which site or service"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was recommended, if earlier than now"`
}

func (a *RecommendMeasures) check(c *Case, m ledger.Moment) error {
	row := c.providerRow()
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R54", c.says("{inspector} recommends %s; %s can tell the decider, %s, what it knows."),
			c.labels().Measures, c.Name(m.By.For), c.Name(c.decider()))
	}
	if row.SelfDecided {
		return regime.Refusef("R61", c.says("for %s {inspector} decides itself: 'measures decide'."), row.Label)
	}
	if e := c.episode(); e != nil && e.InForce() {
		return regime.Refusef("R60", "the provider is already in %s.", c.labels().Measures)
	}
	if c.Gone != nil {
		return regime.Refusef("R113", "the provider ended on %s.", calendar.Day(c.Gone.On))
	}
	return checkScope(a.Scope, a.Of)
}

func (a *RecommendMeasures) do(c *Case, m ledger.Moment) string {
	e := c.pending()
	e.State = regime.MeasuresRecommended
	e.Recommendations = append(e.Recommendations,
		MeasuresAdvice{By: m.By, At: m.At, Reason: a.Reason})
	c.breachActedOn(m)
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerRecommend, Owner: c.decider(), Start: m.At})
	c.pen.Ask(regime.NoticeMeasuresRecommended, d)
	c.tellGovernors(c.says("{inspector} has recommended ") + c.labels().Measures)
	c.pen.Event(regime.NoticeMeasuresDecision, c.says("{inspector} has recommended ")+c.labels().Measures+"; "+c.Name(c.decider())+
		" decides", regime.RoleMembers, regime.RoleProvider)
	return "Recommended " + c.labels().Measures + on(a.Scope, a.Of) + ": " + a.Reason
}

// DecideMeasures is the decider's alone: in 2013 Monitor for a foundation trust, TDA for an
// NHS trust, CQC for primary care and social care. With or without a recommendation, a summit or
// a ring-holder, at any stage (R3, R56).
type DecideMeasures struct {
	Outcome   MeasuresOutcome `json:"outcome" flag:"outcome" board:"plain" usage:"the decision" need:"yes"`
	Reason    string          `json:"reason" flag:"reason" usage:"why (R57)" need:"yes"`
	Acts      []regime.Party  `json:"acts,omitempty" flag:"acts" usage:"where it declines: the bodies that act instead; each is told, and owes its answer"`
	Announced time.Time       `json:"announced,omitzero" flag:"announced" day:"start" when:"either" within:"meeting" usage:"when it is announced, if not now"`
	Length    calendar.Period `json:"length,omitzero" flag:"for" board:"for" usage:"length of an extension, such as 6mo"`
	Report    time.Time       `json:"report,omitzero" flag:"report-on" was:"report" day:"start" when:"ever" usage:"for adult social care: when the report that found it inadequate was published"`
	Scope     Scope           `json:"scope,omitempty" flag:"scope" board:"plain" usage:"for placing: whether the measures are on the trust, one site or one service"`
	Of        string          `json:"of,omitempty" flag:"service" was:"of" usage:"which site or service"`
	RestsOn   string          `json:"restsOn,omitempty" flag:"evidence" was:"rests-on" usage:"for an exit: what it rests on beside {inspector}'s last report, such as criteria that are met"`
	Published string          `json:"published,omitempty" flag:"url" was:"published" usage:"for declining what nobody recommended: where it is published (R118)"`
	At        time.Time       `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was decided, if earlier than now: the months run from then"`
}

func (a *DecideMeasures) check(c *Case, m ledger.Moment) error {
	if err := c.deciderOnly(m); err != nil {
		return err
	}
	e := c.episode()
	inForce := e != nil && e.InForce()
	label := c.labels().Measures
	if len(a.Acts) > 0 && a.Outcome != Decline {
		return regime.Mistakef("--acts belongs to --outcome decline.")
	}
	switch a.Outcome {
	case Place:
		if inForce {
			return regime.Refusef("R60", "the provider is already in %s.", label)
		}
		if c.Gone != nil {
			return regime.Refusef("R113", "the provider ended on %s.", calendar.Day(c.Gone.On))
		}
		return checkScope(a.Scope, a.Of)
	case Decline:
		if err := c.checkNamed("acts", a.Acts, m); err != nil {
			return err
		}
		return a.checkDecline(c, inForce)
	case ProviderCeased:
		return c.mayEndWithProvider(inForce)
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
}

// checkDecline: what was recommended is declined with a reason (R57); what nobody recommended, with
// the place where that is published as well (R118).
func (a *DecideMeasures) checkDecline(c *Case, inForce bool) error {
	switch {
	case inForce:
		return regime.Refusef("R57", "no recommendation is waiting for an answer: the provider is in %s.", c.labels().Measures)
	case !c.ownMotion() || a.Published != "":
		return nil
	}
	return regime.Refusef("R118", "no recommendation is waiting for an answer; %s are declined of one's own motion with "+
		"where that is published: --url.", c.labels().Measures)
}

// ownMotion reports whether nobody has asked the decider to decide.
func (c *Case) ownMotion() bool {
	e := c.episode()
	return (e == nil || e.State != regime.MeasuresRecommended) && c.Duty(DutyDecideEntry, "") == nil
}

// checkAfterReinspection: exit, extension and further action follow CQC's report on a
// re-inspection; there is no other way out (R60, R62), but where criteria are agreed instead.
func (a *DecideMeasures) checkAfterReinspection(c *Case, e *Episode, m ledger.Moment) error {
	if c.byCriteria(e) {
		return c.mayLeaveByCriteria(e, a.Outcome)
	}
	newer := a.RestsOn != "" && (a.Outcome == Exit || a.Outcome == ExitWithSupport) && e.lastReport() != nil
	if e.advice() == nil && !newer {
		return regime.Refusef("R60", "%s", c.says("this is decided on {inspector}'s re-inspection and its recommendation, which ")+
			"has not been reported since the last decision. An exit that rests on newer facts than that report says "+
			"which: --evidence.")
	}
	if a.Outcome != Extend && a.Outcome != Remain {
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
	switch {
	case a.Outcome == Remain:
		row, _ := c.profile().Duty(DutyReinspectRemain)
		return row.Period
	case !a.Length.IsZero():
		return a.Length
	}
	return c.profile().ExtensionLimit
}

// deciderOnly names the one who decides for this type of provider (R54, R55, R61).
func (c *Case) deciderOnly(m ledger.Moment) error {
	row := c.providerRow()
	if m.By.For.Body() == c.inPlaceOf(row.Decider) || c.unproven {
		return nil
	}
	rule := "R55"
	switch {
	case row.SelfDecided:
		rule = "R61"
	case m.By.For.Body() == c.Inspector().Body():
		rule = "R54"
	}
	return regime.Refusef(rule, "%s decides for %s; %s cannot.%s", c.profile().BodyName(c.inPlaceOf(row.Decider)),
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
		Announced: a.Announced, Published: a.Published}
	label := c.labels().Measures
	c.pen.Discharge(DutyAnswerRecommend, "", m)
	c.pen.Discharge(DutyDecideOutcome, "", m)
	c.pen.Discharge(DutyEndStay, "", m)
	if a.Outcome.ends() {
		c.pen.Discharge(DutyPrimaryLimit, "", m)
	}
	var text string
	switch a.Outcome {
	case Place:
		decision.OwnEvidence = episode.State != regime.MeasuresRecommended
		episode.Scope, episode.Of = a.Scope, a.Of
		text = c.place(episode, m, a.Report)
	case Decline:
		text = c.decline(episode, a, m)
	case Extend:
		decision.Length = a.length(c).String()
		text = c.extend(episode, a.length(c), m)
	case Remain, FurtherAction:
		text = c.stay(episode, a.Outcome, m)
	case Exit, ExitWithSupport:
		decision.RestsOn, text = c.leave(episode, a, m)
	default:
		text = c.endMeasures(episode, a.Outcome, m)
	}
	episode.Decisions = append(episode.Decisions, decision)
	if m.By.For.Body() == c.Inspector().Body() && a.Outcome != Decline {
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
	text += " " + words.Full(a.Reason)
	if a.Outcome == Decline {
		text += c.nameToAct(a.Acts, "which declines "+label, m)
	}
	return text
}

// ends reports whether the outcome ends the stay.
func (o MeasuresOutcome) ends() bool {
	switch o {
	case Exit, ExitWithSupport, CancelOutcome, ProviderCeased:
		return true
	}
	return false
}

// decline leaves a recommendation visible, and says where a decision of one's own motion is published.
func (c *Case) decline(e *Episode, a *DecideMeasures, m ledger.Moment) string {
	text := "Declined to place the provider in " + c.labels().Measures
	if c.ownMotion() {
		text += " of its own motion, which nobody had recommended; published at " + a.Published
	}
	e.State = regime.MeasuresDeclined
	c.pen.Discharge(DutyDecideEntry, "", m)
	return text + "."
}

// stay: the provider remains in special measures, with or without a further step of the decider, and
// is re-inspected again after the period of the profile. Where that names none no day was due.
func (c *Case) stay(e *Episode, o MeasuresOutcome, m ledger.Moment) string {
	text := "The provider remains in " + c.labels().Measures + "; nothing new is decided."
	if o == FurtherAction {
		text = "Went further, and the stay in " + c.labels().Measures + " goes on."
	}
	row, _ := c.profile().Duty(DutyReinspectRemain)
	owed := slices.ContainsFunc(c.Duties, func(d ledger.Duty) bool {
		return d.Open() && slices.Contains(reinspectionDuties, d.Kind)
	})
	if c.byCriteria(e) || c.providerRow().SelfDecided || row.Period.IsZero() || owed {
		return text
	}
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectRemain, Owner: c.Inspector(),
		Subject: strconv.Itoa(len(e.Decisions) + 1), Start: m.At})
	return text + " The next re-inspection is due by " + calendar.Instant(d.Due) + "."
}

// leave ends the stay, and says what that rests on.
func (c *Case) leave(e *Episode, a *DecideMeasures, m ledger.Moment) (rests, text string) {
	remark := ""
	switch r := e.lastReport(); {
	case c.byCriteria(e):
		for _, x := range e.Criteria {
			rests = words.Join(rests, "criterion "+x.ID)
		}
	case r != nil:
		rests = c.says("{inspector}'s report of ") + calendar.Day(r.Reported) + ", which recommends: " + words.Plain(string(r.Advice))
		if old := c.profile().OldReport; !old.IsZero() && old.After(r.Reported).Before(m.At) {
			remark += " That report is more than " + old.Words() + " old."
		}
		if r.Advice != "exit" && r.Advice != "exit-with-support" {
			remark += c.says(" {inspector} did not recommend to leave.")
		}
	}
	if a.RestsOn != "" {
		rests = words.Join(rests, a.RestsOn)
	}
	text = c.endMeasures(e, a.Outcome, m)
	if rests != "" {
		text += " It rests on " + words.Full(rests) + remark
	}
	return rests, text
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
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectExtended, Owner: c.Inspector(), Subject: e.nextRound(),
		Start: m.At, Period: length})
	text := "Extended " + c.labels().Measures + " by " + length.Words() +
		"; the next re-inspection is due by " + calendar.Instant(due) + "."
	if due.After(c.profile().ExtensionLimit.After(m.At)) {
		text += " Normally it is not more than " + c.profile().ExtensionLimit.Words() + " (B7)."
	}
	return text
}

// nextRound tells the re-inspections apart that follow a decision.
func (e *Episode) nextRound() string {
	return strconv.Itoa(e.decided(Extend) + e.decided(FurtherAction) + 1)
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
	case ProviderCeased:
		e.State = regime.MeasuresCeased
		return "The stay in " + label + " ended with the provider, with no re-inspection."
	case CancelOutcome:
		e.State = regime.MeasuresDeregistered
		c.openProceedings(m.At)
		return "Began proceedings to cancel the registration (R62). The notice of proposal, with its time " +
			"for representations, is 'power use --power " + string(regime.CancelsRegistration) + "'."
	default:
		e.State = regime.MeasuresFurther
		return "Went further than " + label + "."
	}
}
