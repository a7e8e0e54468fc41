package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

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
