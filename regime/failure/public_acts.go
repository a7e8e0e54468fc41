package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DraftPlan may come from any of those at the table or from the provider; none of them leads
// (R65). A part that is not given is taken over from the version before.
type DraftPlan struct {
	Support        string `json:"support,omitempty" flag:"support" usage:"prompt advice, counselling and support for those affected (R67)"`
	Lead           string `json:"lead,omitempty" flag:"lead" usage:"the independent expert who leads; an office, not a name (R67)"`
	Experts        string `json:"experts,omitempty" flag:"experts" usage:"how experts to review cases are recruited (R67)"`
	Communications string `json:"communications,omitempty" flag:"communications" usage:"how the public is informed and reassured (R67)"`
	Responsibility string `json:"responsibility,omitempty" flag:"responsibility" usage:"who is responsible for setting it up and overseeing it (R67)"`
}

func (a *DraftPlan) check(c *Case, m ledger.Moment) error {
	if !c.planNeeded() {
		return regime.Refusef("R64", "a plan follows when the question of the public is answered with yes "+
			"('public answer'); a warning waits for nothing ('public warn').")
	}
	return c.planParty(m)
}

func (c *Case) planParty(m ledger.Moment) error {
	if m.By.For != c.Provider.Party() && !c.IsMember(m.By.For) {
		return regime.Refusef("R65", "the plan is agreed between %s, and any members that join them; "+
			"%s has no part in it.", c.names(c.assenters()), c.Name(m.By.For))
	}
	return nil
}

func (a *DraftPlan) do(c *Case, m ledger.Moment) string {
	p := PublicPlan{Version: len(c.Plans) + 1, By: m.By, At: m.Now, Support: a.Support, Lead: a.Lead,
		Experts: a.Experts, Communications: a.Communications, Responsibility: a.Responsibility}
	before := PublicPlan{}
	if b := c.plan(); b != nil {
		before = *b
	}
	old := before.parts()
	var said, missing []string
	text := "Put version " + strconv.Itoa(p.Version) + " of the plan for the public."
	for i, part := range p.parts() {
		if *part.text == "" {
			*part.text = *old[i].text
		}
		if *part.text == "" {
			missing = append(missing, part.name)
			continue
		}
		said = append(said, part.name+": "+*part.text)
	}
	if len(said) > 0 {
		text += " It says, on " + strings.Join(said, "; on ") + "."
	}
	if len(before.Assents) > 0 {
		text += " The assents to version " + strconv.Itoa(before.Version) + " fall away."
	}
	c.Plans = append(c.Plans, p)
	c.pen.Discharge(DutyDraftPlan, "", m)
	if len(missing) > 0 {
		text += " (Not said yet: " + words.List(missing) + ", R67.)"
	}
	return text
}

// AssentToPlan is each body's own; no body assents for another (R65).
type AssentToPlan struct {
	Version int       `json:"version" flag:"version" usage:"the version that your body has read" need:"yes"`
	At      time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when your body assented, if earlier than now"`
}

func (a *AssentToPlan) check(c *Case, m ledger.Moment) error {
	if err := c.planParty(m); err != nil {
		return err
	}
	p := c.plan()
	switch {
	case p == nil:
		return regime.Refusef("R65", "there is no plan yet ('plan draft').")
	case a.Version != p.Version:
		return regime.Refusef("R65", "the version to assent to is %d, put on %s.", p.Version, calendar.Instant(p.At))
	case p.assented(m.By.For):
		return regime.Mistakef("%s has already assented.", c.Name(m.By.For))
	}
	return nil
}

func (a *AssentToPlan) do(c *Case, m ledger.Moment) string {
	p := c.plan()
	agreed := c.planAgreed()
	p.Assents = append(p.Assents, Assent{By: m.By, At: m.At})
	c.pen.Discharge(DutyAssentPlan, ofParty(strconv.Itoa(p.Version), m.By.For), m)
	text := "Assented to version " + strconv.Itoa(p.Version) + " of the plan for the public."
	if agreed || !c.planAgreed() {
		return text
	}
	c.pen.Event(regime.NoticePublicInformation, "The plan for the public is agreed: each of those concerned has assented to version "+
		strconv.Itoa(p.Version), regime.RoleMembers, regime.RoleProvider)
	return text + " It is agreed."
}

// PublicWarning is what a body published, or plans to, within its own powers (R66).
type PublicWarning struct {
	By      ledger.Actor `json:"by"`
	At      time.Time    `json:"at"`
	What    string       `json:"what,omitempty"`
	URL     string       `json:"url,omitempty"`
	Planned time.Time    `json:"planned,omitzero"` // zero when it is out
}

// WarnPublic is any body's, at any time, within its own powers: no agreement, form or stage
// holds it up (R66). Details can follow.
type WarnPublic struct {
	What    string    `json:"what,omitempty" flag:"what" usage:"what is published, in a few words"`
	URL     string    `json:"url,omitempty" flag:"url" usage:"where it is published"`
	Planned time.Time `json:"planned,omitzero" flag:"planned" when:"ahead" within:"meeting" usage:"when it will be published, if it is not out yet"`
	At      time.Time `json:"at,omitzero" flag:"at" when:"ever" usage:"when it was published, if earlier than now"`
}

func (a *WarnPublic) allowedAfterClosing() {}

func (a *WarnPublic) check(c *Case, m ledger.Moment) error {
	if !a.Planned.IsZero() && !a.At.IsZero() {
		return regime.Mistakef("--planned is for what is not out yet, and --at for what is.")
	}
	return nil
}

func (a *WarnPublic) do(c *Case, m ledger.Moment) string {
	c.Warned = append(c.Warned, PublicWarning{By: m.By, At: m.At, What: a.What, URL: a.URL,
		Planned: a.Planned})
	text, told := "Warned the public", "has published something on safety"
	if !a.Planned.IsZero() {
		when := calendar.Instant(a.Planned)
		text, told = "Will warn the public on "+when, "will publish something on safety on "+when
	}
	to := ledger.Without(c.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleSupport, regime.RoleProvider), ledger.Duty{}),
		[]ledger.Recipient{{Party: m.By.For, Level: regime.LevelDuty}})
	c.pen.Notify(ledger.Notice{Kind: regime.NoticePublicPublication,
		Text: c.Name(m.By.For) + " " + told + ", within its own powers", To: to})
	if a.What == "" && a.URL == "" {
		return text + ". (Not said yet: what, and where.)"
	}
	return words.Sentence(text+":", a.What, "") + where(a.URL)
}

func where(url string) string {
	if url == "" {
		return ""
	}
	return " (" + url + ")."
}
