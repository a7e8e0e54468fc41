package ledger

import (
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

func (l *Ledger) whyNotice(n Notice) Explanation {
	row, _ := l.subject.Profile().Notice(n.Kind)
	e := Explanation{About: n.ID, Title: string(n.Kind) + ", " + row.Subject + ": " +
		strings.TrimSuffix(n.Text, ".") + ".", Told: l.recipientsExplained(n)}
	e.AddRules(row.Rule)
	e.AddPoint("when", calendar.Instant(n.At))
	e.AddPoint("because", l.becauseOf(n))
	if !n.By.IsZero() {
		e.AddPoint("asked by", calendar.Instant(n.By))
	}
	e.AddPoint("answered by", l.AnsweredBy(n))
	if l.subject.Profile().GoesAtOnce(n.Kind, n.Urgent) {
		e.AddPoint("hours", "urgent: it goes at any hour")
	} else if l.subject.Profile().Hours != nil {
		e.AddPoint("hours", "routine: it goes in working hours, in one mail a day with what else there is")
	}
	if l.overtaken(n) {
		e.AddPoint("now", "anyone not told by then is not told any more: the duty has ended")
	}
	return e
}

// becauseOf says which event or step of a ladder a mail is about.
func (l *Ledger) becauseOf(n Notice) string {
	for _, d := range l.Duties {
		if d.ID != n.Duty {
			continue
		}
		if n.Rung == 0 {
			return "duty " + d.ID + " was opened: " + l.dutySentence(d)
		}
		row, _ := l.subject.Profile().Duty(d.Kind)
		text := "duty " + d.ID + ", rung " + strconv.Itoa(n.Rung)
		if n.Rung <= len(row.Ladder) {
			text += " (" + row.Ladder[n.Rung-1].When() + ")"
		}
		return text + ", due " + calendar.Instant(d.Due)
	}
	for _, e := range l.Entries {
		if e.At.Equal(n.At) {
			return "entry " + strconv.Itoa(e.N) + ": " + l.subject.What(e)
		}
	}
	return "it followed from what had happened"
}

func (l *Ledger) recipientsExplained(n Notice) []RecipientExplained {
	roles, d := l.rolesOfNotice(n)
	out := make([]RecipientExplained, len(n.To))
	for i, r := range n.To {
		out[i] = RecipientExplained{r.Party, r.Level, l.subject.Name(r.Party), l.roleOf(r, roles, d), came(n, r)}
	}
	return out
}

// eventRoles are those that an event is told to, the nearest first.
var eventRoles = func() (out []regime.Audience) {
	for _, row := range regime.RoleRows {
		if row.Events {
			out = append(out, regime.Audience{Role: row.Role})
		}
	}
	return out
}()

func (l *Ledger) rolesOfNotice(n Notice) ([]regime.Audience, Duty) {
	for _, d := range l.Duties {
		if d.ID != n.Duty {
			continue
		}
		row, _ := l.subject.Profile().Duty(d.Kind)
		if n.Rung > 0 && n.Rung <= len(row.Ladder) {
			return row.Ladder[n.Rung-1].To, d
		}
		return eventRoles, d
	}
	return eventRoles[1:], Duty{}
}

// roleOf is why a party was told: the role that it had then; in a record from before that was
// kept, one that it has now.
func (l *Ledger) roleOf(r Recipient, roles []regime.Audience, d Duty) string {
	if r.As != "" {
		return regime.Audience{Role: r.As, Level: r.Level}.Words()
	}
	near := ""
	if a, ok := l.alert(d); ok && slices.Contains(a.Of, r.Party) {
		return regime.Audience{Role: regime.RoleUnacknowledged, Level: r.Level}.Words()
	}
	for _, role := range roles {
		for _, to := range l.Audiences([]regime.Audience{role}, d) {
			switch {
			case to.Party == r.Party && to.Level == r.Level:
				return role.Words()
			case to.Party == r.Party && near == "":
				near = regime.Audience{Role: role.Role, Level: r.Level}.Words()
			}
		}
	}
	return near
}

func came(n Notice, r Recipient) string {
	switch {
	case r.State == "" && n.Settled:
		return "not sent: overtaken"
	case r.Deferred():
		return "goes " + calendar.Short(r.NotBefore)
	case r.State == "":
		return "not sent yet"
	case r.State == StateAccepted:
		return "accepted by the mail service"
	case r.State == StateDelivered:
		return "delivered to the mailbox's server"
	case r.Note != "":
		return string(r.State) + ": " + r.Note
	}
	return string(r.State)
}
