package ledger

import (
	"slices"
	"strconv"
	"strings"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

func (l *Ledger) whyNotice(n Notice) Explanation {
	row, _ := l.subject.Profile().Notice(n.Kind)
	e := Explanation{About: n.ID, Title: string(n.Kind) + ", " + row.Subject + ": " +
		strings.TrimSuffix(n.Text, ".") + ".", Told: l.heard(n)}
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
		e.AddPoint("now", "whoever was not told by then is not told any more: the duty has ended")
	}
	return e
}

// becauseOf says which event or which rung of which duty a mail tells of.
func (l *Ledger) becauseOf(n Notice) string {
	for _, d := range l.Duties {
		if d.ID != n.Duty {
			continue
		}
		if n.Rung == 0 {
			return "duty " + d.ID + " was opened: " + l.owes(d)
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

func (l *Ledger) heard(n Notice) []RecipientExplained {
	roles, d := l.rolesTold(n)
	out := make([]RecipientExplained, len(n.To))
	for i, r := range n.To {
		out[i] = RecipientExplained{r.Party, r.Level, l.subject.Name(r.Party), l.roleOf(r, roles, d), came(n, r)}
	}
	return out
}

// everyRole are those that an event is told to, the nearest first.
var everyRole = []string{"owner", "provider", "ring-holder", "chair", "decider", "perf", "cqc", "support",
	"region", "la-safeguarding", "lscb", "commissioners", "members", "invited"}

func (l *Ledger) rolesTold(n Notice) ([]string, Duty) {
	for _, d := range l.Duties {
		if d.ID != n.Duty {
			continue
		}
		row, _ := l.subject.Profile().Duty(d.Kind)
		if n.Rung > 0 && n.Rung <= len(row.Ladder) {
			return row.Ladder[n.Rung-1].To, d
		}
		return everyRole, d
	}
	return everyRole[1:], Duty{}
}

// roleOf is why a party was told: the role that it had then; in a record from before that was
// kept, one that it has now.
func (l *Ledger) roleOf(r Recipient, roles []string, d Duty) string {
	if r.As != "" {
		return roleWords(r.As + ":" + string(r.Level))
	}
	near := ""
	if a, ok := l.alert(d); ok && slices.Contains(a.Of, r.Party) {
		return roleWords("unacknowledged:" + string(r.Level))
	}
	for _, role := range roles {
		for _, to := range l.Audiences([]string{role}, d) {
			switch {
			case to.Party == r.Party && to.Level == r.Level:
				return roleWords(role)
			case to.Party == r.Party && near == "":
				near = roleWords(role + ":" + string(r.Level))
			}
		}
	}
	return near
}

// roleWords says what a role of a ladder means.
func roleWords(role string) string {
	role, level, _ := strings.Cut(role, ":")
	if level == string(LevelDuty) {
		level = ""
	}
	text := role
	switch role {
	case "owner":
		text = "who owes it"
	case "members":
		text = "a member"
	case "yet-to-send":
		text = "a member that had sent nothing"
	case "invited":
		text = "invited to the meeting"
	case "unanswered":
		text = "invited, without an answer"
	case "ring-holder":
		text = "the ring-holder"
	case "chair", "provider", "decider", "performance-manager", "proposer":
		text = "the " + words.Plain(role)
	case "support":
		text = "supporting the group"
	case "region":
		text = "the region"
	case "perf":
		text = "overseeing the provider"
	case "cqc":
		text = "the quality regulator"
	case "commissioners":
		text = "a commissioner"
	case "la-safeguarding":
		text = "the council's safeguarding team"
	case "lscb":
		text = "safeguarding children"
	case "la-comm":
		text = "the council"
	case "unacknowledged":
		text = "alerted, without an acknowledgement"
	case "packless":
		text = "invited, without a page in the pack"
	}
	if level != "" {
		text += " (" + level + ")"
	}
	return text
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
