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

// DutyPublicQuestion is the kind of duty that is owed here.
const DutyPublicQuestion regime.DutyKind = "PUBLIC_INFORMATION_QUESTION"

// Questions are what every case must have considered, whatever the answer.
type Questions struct {
	// Standards: have professional standards issues arisen (R18)?
	Standards *Considered `json:"standards,omitempty"`
	// Public: advice and information to the public, support to those affected (R64)?
	Public *Considered `json:"public,omitempty"`
	// Letter: written feedback to the provider (regime 5.14).
	Letter time.Time `json:"letter,omitzero"`
	// Level under which the provider is watched after the case.
	Level       regime.SurveillanceLevel `json:"level,omitempty"`
	LevelReason string                   `json:"levelReason,omitempty"`
	Review      time.Time                `json:"review,omitzero"`
	// Lowering is the routine level, where members can still object to it.
	Lowering *LevelAfter `json:"lowering,omitempty"`
}

// LevelAfter is a level under which the provider is to be watched.
type LevelAfter struct {
	Level     regime.SurveillanceLevel `json:"level"`
	Reason    string                   `json:"reason"`
	Review    time.Time                `json:"review,omitzero"`
	Agreement string                   `json:"agreement"`
}

// Considered is a question that was asked, and its answer.
type Considered struct {
	Answer YesNo        `json:"answer"`
	Reason string       `json:"reason"`
	By     ledger.Actor `json:"by"`
	At     time.Time    `json:"at"`
}

// YesNo is an answer that cannot be left empty.
type YesNo = ledger.YesNo

var questionVerbs = []Verb{
	{Path: "letter send", Update: "SendLetter", Rules: "2.4 A32",
		New:     func() Act { return new(SendLetter) },
		Did:     "recorded that the provider was given written feedback",
		Summary: "Record that the provider was given written feedback (chair)",
		Example: `letter send --case CASE --by "NHS England"`},
	{Path: "level set", Update: "SetLevel", Rules: "R89 R139 2.4",
		New:     func() Act { return new(SetLevel) },
		Did:     "set the level of surveillance",
		Summary: "Set the level under which the group watches the provider; routine on evidence, with time to object",
		Example: `level set --case CASE --by "NHS England" --level enhanced --reason "watch staffing" --review 2014-01-10`},
	{Path: "note add", Update: "AddNote", Rules: "R77",
		New:     func() Act { return new(AddNote) },
		Did:     "added a note, or corrected an entry",
		Summary: "Add a note to the record, or correct an earlier entry",
		Example: `note add --case CASE --by CQC --text "The summit began at 10:30" --corrects 5`},
	{Path: "mail resend", Update: "ResendMail", Rules: "R5 R81", New: func() Act { return new(ResendMail) },
		Did:     "had mails sent again",
		Summary: "Send again a mail that was refused for good, or try a waiting one at once",
		Example: `mail resend --case CASE --by "NHS England" --notice n12 --to CQC:duty`},
	{Path: "provider correct", Update: "CorrectProvider", Rules: "R4", New: func() Act { return new(CorrectProvider) },
		Did:     "corrected the provider's type",
		Summary: "Correct a wrong provider type in the register, at once and on the record",
		Example: `provider correct --case CASE --by CQC --type FOUNDATION_TRUST --reason "authorised in May"`},
}

// chairAnswers: the chair of the discussion in progress answers for the meeting.
func (c *Case) chairAnswers(m ledger.Moment, rule string) error {
	if c.Trigger == nil {
		return regime.Refusef(rule, "no %s has been triggered.", c.labels().Summit)
	}
	if m.By.For != c.chair() {
		return regime.Refusef(rule, "the chair, %s, answers this.", c.Name(c.chair()))
	}
	return nil
}

// AnswerPublic records that the question was considered (R64).
type AnswerPublic struct {
	Answer YesNo     `json:"answer" flag:"answer" board:"plain" usage:"whether advice and support are needed" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was answered, if earlier than now"`
}

func (a *AnswerPublic) check(c *Case, m ledger.Moment) error {
	if by := m.By.For; c.Trigger == nil && (by == c.chair() && (c.regulatorActs() || len(c.Measures) > 0) ||
		by.Body() == c.Inspector().Body() && c.regulatorActs()) {
		return nil
	}
	return c.chairAnswers(m, "R64")
}

// askAboutPublic puts the question where regulatory action found a significant failure before
// any judgement did (004:L16 "identified as part of regulatory action").
func (c *Case) askAboutPublic(now time.Time) {
	if c.Collective == nil && c.Questions.Public == nil {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyPublicQuestion, Role: regime.RoleChair, Start: now})
	}
}

func (a *AnswerPublic) do(c *Case, m ledger.Moment) string {
	c.Questions.Public = &Considered{Answer: a.Answer, Reason: a.Reason, By: m.By, At: m.At}
	c.pen.Discharge(DutyPublicQuestion, "", m)
	return "Information and support for the public needed: " + string(a.Answer) + ". " + a.Reason
}

// SendLetter is the provider's written feedback, which cases without it were blamed for.
type SendLetter struct {
	At time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was given, if earlier than now"`
}

func (a *SendLetter) check(c *Case, m ledger.Moment) error { return c.chairAnswers(m, "2.4") }

func (a *SendLetter) do(c *Case, m ledger.Moment) string {
	c.Questions.Letter = m.At
	c.pen.Discharge(DutyOutcomeLetter, "", m)
	c.tellGovernors("The trust has been given written feedback after a " + c.labels().Summit)
	return "Gave the provider written feedback."
}

// SetLevel is recorded by a member of the group. It is not binding (R68). The enhanced level is set at once; the
// routine one takes effect as a lower level does in a group (R89).
type SetLevel struct {
	Level  regime.SurveillanceLevel `json:"level" flag:"level" board:"plain" usage:"the level" need:"yes"`
	Reason string                   `json:"reason" flag:"reason" usage:"why" need:"yes"`
	Review time.Time                `json:"review,omitzero" flag:"review" day:"start" when:"ahead" usage:"when the group will look again"`
	// Evidence and Dissent are of the routine level.
	Evidence string         `json:"evidence,omitempty" flag:"evidence" usage:"what shows it; the routine level needs it"`
	Dissent  []regime.Party `json:"dissent,omitempty" flag:"dissent" usage:"those at the meeting that see it otherwise"`
	At       time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when it was agreed, if earlier than now"`
}

func (a *SetLevel) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() == regime.ProviderBody || !c.IsMember(m.By.For) {
		return regime.Refusef("R15", "the members of the group agree the level; %s is not one.",
			c.Name(m.By.For))
	}
	if err := c.profile().CheckLevel(a.Level, ""); err != nil {
		return err
	}
	if _, err := c.profile().MaySetLevel(m.By.For.Body(), c.Questions.Level, a.Level); err != nil {
		return err
	}
	if !c.belowAfterCase(a.Level) {
		return nil
	}
	if a.Evidence == "" {
		return regime.Refusef("R89", "a level goes down on evidence: say what shows it (--evidence).")
	}
	if rest := c.Pending(ledger.ToLower, ""); rest != nil {
		return regime.Mistakef("%s is to lower it already, until %s; agree to that, or object.", rest.ID,
			calendar.Instant(rest.Until))
	}
	return nil
}

func (a *SetLevel) do(c *Case, m ledger.Moment) string {
	if c.belowAfterCase(a.Level) {
		return a.lower(c, m)
	}
	c.pen.Overtake(ledger.ToLower, "", m)
	c.Questions.Lowering = nil
	c.Questions.Level, c.Questions.LevelReason, c.Questions.Review = a.Level, a.Reason, a.Review
	c.pen.Discharge(DutySurveillanceLevel, "", m)
	return "Surveillance level: " + c.profile().LevelName(a.Level) + ". " + a.Reason
}

// belowAfterCase reports whether a level is lower than the one that a case leaves behind by itself (R89).
func (c *Case) belowAfterCase(l regime.SurveillanceLevel) bool {
	after := c.profile().LevelAfterCase()
	return after != "" && c.profile().Rank(l) < c.profile().Rank(after)
}

// lower begins the time in which members agree or object. Who was at the meeting of the day has agreed, and
// who proposes it; all others answer for themselves.
func (a *SetLevel) lower(c *Case, m ledger.Moment) string {
	_, present := c.sitting(m.At)
	agreed := ledger.Dissenting(present, a.Dissent)
	if !slices.Contains(agreed, m.By.For) {
		agreed = append(agreed, m.By.For)
	}
	rest := c.pen.Agree(ledger.Agreement{Kind: ledger.ToLower, By: m.By.For, At: m.At, Present: present, Agreed: agreed,
		Reason: a.Reason, Evidence: a.Evidence, Objections: ledger.SawOtherwise(a.Dissent, present, m)},
		func(rest ledger.Agreement) ledger.Notice {
			return ledger.Notice{Kind: regime.NoticeLowering, To: c.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}),
				Text: "The provider is to be watched at the " + c.profile().LevelName(a.Level) + " level after the case (" + rest.ID + "). The evidence stands in the case",
				Asks: []ledger.Ask{{Of: rest.NotYetAgreed(c.parties(nil)), How: "case agree, case object",
					Says: "agree, or object, to the lower level (" + rest.ID + ")"}}}
		})
	c.Questions.Lowering = &LevelAfter{Level: a.Level, Reason: a.Reason, Review: a.Review, Agreement: rest.ID}
	return "The provider is to be watched at the " + c.profile().LevelName(a.Level) + " level (" + rest.ID + "), " + c.AgreedWords(rest) +
		". It takes effect on " + calendar.Instant(rest.Until) + ", when all members have had time to object (R89). " +
		words.Full(a.Reason) + ledger.OnEvidence(a.Evidence)
}

// lowered is what follows when the time to object has ended: the lower level, if enough agree.
func (c *Case) lowered(rest *ledger.Agreement, m ledger.Moment) {
	to := c.Questions.Lowering
	c.Questions.Lowering = nil
	if !c.Enough(*rest) {
		c.pen.EndAgreement(rest.ID, ledger.NotAgreed, m)
		c.pen.EnterByClock(m.Now, "The provider is not to be watched at the "+c.profile().LevelName(to.Level)+" level: too few agree ("+rest.ID+"), "+
			c.AgreedWords(*rest)+".")
		c.pen.Event(regime.NoticeLowering, "A lower surveillance level was not agreed by enough members ("+rest.ID+")", regime.RoleMembers)
		return
	}
	c.pen.EndAgreement(rest.ID, ledger.TookEffect, m)
	c.Questions.Level, c.Questions.LevelReason, c.Questions.Review = to.Level, to.Reason, to.Review
	c.pen.Discharge(DutySurveillanceLevel, "", ledger.Moment{Now: m.Now, At: rest.At})
	c.pen.EnterByClock(m.Now, "The provider is to be watched at the "+c.profile().LevelName(to.Level)+" level after the case ("+rest.ID+"), "+
		c.AgreedWords(*rest)+".")
	c.pen.Event(regime.NoticeLowering, "A lower surveillance level has taken effect ("+rest.ID+"), "+c.AgreedWords(*rest), regime.RoleMembers)
}

// LevelAgreed is what the routine level after the case rests on; nil where none was agreed.
func (c *Case) LevelAgreed() *ledger.Agreement {
	for i := len(c.Agreements) - 1; i >= 0; i-- {
		if a := c.Agreements[i]; a.Kind == ledger.ToLower && a.Outcome == ledger.TookEffect &&
			c.belowAfterCase(c.Questions.Level) {
			return &a
		}
	}
	return nil
}

// AddNote is how anything is added or put right: the earlier entry stays (R77).
type AddNote struct {
	Text     string `json:"text" flag:"text" usage:"the note" need:"yes"`
	Corrects int    `json:"corrects,omitempty" flag:"corrects" usage:"number of the entry that it corrects"`
	// Mended names one contact that could not be told, "CCG/07J:duty", or the duty to find it.
	Mended string `json:"mended,omitempty" flag:"directory-mended" usage:"this contact (BODY:CONTACT, or the duty's number) has been found and the directory corrected; it is sent again what it missed"`
	// Copies were sent by other means where a mail could not go (N23).
	Copies bool `json:"copies,omitempty" flag:"copies-sent" usage:"your body has sent the copies of its statutory notice itself"`
}

func (a *AddNote) allowedAfterClosing() {}

func (a *AddNote) check(c *Case, m ledger.Moment) error {
	if a.Corrects < 0 || a.Corrects > c.LastEntry {
		return regime.Mistakef("there is no entry %d; the last is %d.", a.Corrects, c.LastEntry)
	}
	if a.Mended != "" {
		_, err := c.Mends(a.Mended)
		return err
	}
	return nil
}

func (a *AddNote) do(c *Case, m ledger.Moment) string {
	found := ""
	if a.Mended != "" {
		found = c.pen.Mended(a.Mended, m)
	}
	if a.Copies {
		for _, d := range c.OpenDuties() {
			if d.Kind == regime.DutySendCopies && d.Owner == m.By.For {
				c.pen.Discharge(d.Kind, d.Subject, m)
			}
		}
	}
	if a.Corrects > 0 {
		return found + "Corrects entry " + strconv.Itoa(a.Corrects) + ": " + a.Text
	}
	return found + "Note: " + a.Text
}

// CorrectProvider corrects the register. A wrong type must never stand in the way of an act, so
// nothing waits for it.
type CorrectProvider struct {
	Type   regime.ProviderType `json:"type" flag:"type" board:"plain" usage:"the right type" need:"yes"`
	Reason string              `json:"reason" flag:"reason" usage:"how it is known" need:"yes"`
}

func (a *CorrectProvider) allowedAfterClosing() {}

func (a *CorrectProvider) check(c *Case, m ledger.Moment) error {
	if c.Provider.Type == a.Type {
		return regime.Mistakef("that is already the type.")
	}
	return nil
}

func (a *CorrectProvider) do(c *Case, m ledger.Moment) string {
	was := c.providerRow().Label
	c.Provider.Type = a.Type
	if e := c.episode(); e != nil && e.InForce() {
		c.pen.Lapse(m.Now, append(episodeDuties(), reinspectionDuties...)...)
		c.startMeasuresClocks(e, m.Now, m.Now)
	}
	if !c.providerRow().SelfDecided {
		c.pen.Lapse(m.Now, ratingDuties...)
	}
	return "Corrected the provider's type from " + was + " to " + c.providerRow().Label + ": " +
		a.Reason
}

// questionsRegion is what must have been considered before a case closes: parts of regions
// D and H.
var questionsRegion = region{
	name:   "questions",
	settle: func(*Case, time.Time) {},
	open: func(c *Case) []string {
		var out []string
		if c.Questions.Level == "" && c.Gone == nil {
			out = append(out, "no surveillance level is set ('level set')")
		}
		asked := !c.Summit.Ended.IsZero() && c.Stage != regime.StoodDown || c.Duty(DutyPublicQuestion, "") != nil
		if asked && c.Questions.Public == nil {
			out = append(out, "the question of public information is open ('public answer')")
		}
		if c.Summit.Ended.IsZero() {
			return out
		}
		if c.Questions.Standards == nil {
			out = append(out, "the professional standards question is open ('standards answer')")
		}
		if c.Questions.Letter.IsZero() && c.Gone == nil {
			out = append(out, "the provider has no written feedback ('letter send')")
		}
		return out
	},
}
