package regime

import (
	"strings"

	"holdthering/regime/calendar"
)

// partyCalled reads a party by its code, its name in the profile, or its name in the
// case or group.
func partyCalled(h host, units []UnitName, text string) (Party, bool) {
	for _, u := range units {
		if strings.EqualFold(u.Name, text) {
			return u.Party, true
		}
	}
	body, unit, _ := strings.Cut(text, "/")
	for _, b := range h.profile().Bodies {
		for _, name := range append([]string{string(b.Code)}, b.Names...) {
			if strings.EqualFold(name, body) {
				return h.Complete(PartyOf(b.Code, strings.ToUpper(unit))), true
			}
		}
	}
	return "", false
}

// whyParty says what the case has asked of a party, and why it is at the table or not.
func (c *Case) whyParty(p Party) Explanation {
	e := Explanation{About: string(p), Title: c.Name(p) + " in case " + c.Ref + "."}
	e.point("table", c.whyAtTable(p))
	e.point("meeting", c.whyInvited(p))
	for _, d := range c.OpenDuties() {
		if d.Owner == p {
			e.point("owes", d.ID+": "+c.Says(d)+", by "+calendar.Instant(d.Due))
		}
	}
	mails := 0
	for _, n := range c.Notices {
		for _, r := range n.To {
			if r.Party == p {
				mails++
			}
		}
	}
	e.point("told", counted(mails, "mail"))
	e.rules("R15 R16")
	return e
}

func (c *Case) whyAtTable(p Party) string {
	if c.another(p) {
		return "another provider, not the one that the case is about"
	}
	if p.Body() == ProviderBody {
		return "never a member: it stays responsible for its own quality (R8)"
	}
	for _, m := range c.Members {
		switch {
		case m.Party == p && m.Extra:
			return "brought in by the circumstances"
		case m.Party == p:
			return "a member since a surveillance group concerned has it as one, or it has taken part"
		}
	}
	return "no member of this case"
}

func (c *Case) whyInvited(p Party) string {
	for _, l := range c.Summit.LeftOut {
		if l.Party == p {
			return "considered and left out: " + l.Why
		}
	}
	for _, i := range c.Summit.Invited {
		if i.Party != p {
			continue
		}
		text := "invited because it is relevant to this type of provider"
		if i.Why != "" {
			text = "invited by the circumstances: " + i.Why
		}
		if i.Answer == "" {
			return text + "; it has not answered"
		}
		return text + "; it answered: " + words(string(i.Answer))
	}
	if c.Summit.Convened.IsZero() {
		return "no meeting has been convened"
	}
	return "neither invited nor said to be left out: it is not among those relevant to this type of " +
		"provider, and nobody brought it in"
}
