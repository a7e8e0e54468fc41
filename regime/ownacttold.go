package regime

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// powerTold is what is to be told of a body's own act.
type powerTold struct {
	row       PowerRow
	by        Party
	text      string // names no provider, person or allegation
	immediate bool
	now       time.Time
	// lifted: services are no longer at stake, and no notice is copied.
	lifted bool
}

// tellOfPower tells, after the act, all who should know of it, each once: those who are given
// a copy of CQC's notice (R44), at immediate risk those who can act on it, the other members
// and whom the matrix of section 7 names (R5, R20, R52, R53). Commissioners learn that the
// continuity of services is at stake (R43). It returns whom it told.
func (c *Case) tellOfPower(t powerTold) []Party {
	told := []Recipient{{Party: t.by, Level: LevelDuty}}
	var stake []Recipient
	if t.row.Continuity && !t.lifted {
		stake = c.audiences([]string{"commissioners", "support"}, Duty{})
	}
	send := func(kind NoticeKind, text string, to []Recipient) {
		to = without(to, told)
		told = append(told, to...)
		if kind == "N23" && len(to) > 0 && c.Stage != Closed {
			c.owe(owed{kind: DutySendCopies, owner: t.by, subject: "|" + t.now.UTC().Format(time.RFC3339), start: t.now})
		}
		c.notify(Notice{Kind: kind, Text: text, To: without(to, stake)})
		c.notify(Notice{Kind: kind, To: without(to, without(to, stake)), Asks: asking(otherProvision, ""), Text: text +
			". The continuity of services may be at stake"})
	}
	if !t.lifted {
		send("N23", t.text+". You are among those who are given a copy of the notice",
			c.audiences(t.row.Copies, Duty{}))
	}
	if t.immediate {
		send("N2", t.text+". Patients may be at immediate risk", c.audiences(riskRoles, Duty{}))
	}
	members := c.audiences(append([]string{"members"}, t.row.Tell...), Duty{})
	members = append(members, without(c.alsoTold(t.row), members)...)
	send("N21", t.text, append(members, without(stake, members)...))
	return partiesOf(told[1:])
}

// otherProvision is asked of commissioners where a provider may have to stop.
const otherProvision = "find out what other provision patients need"

// riskRoles are told of an immediate risk (N2).
var riskRoles = []string{"cqc", "perf", "commissioners", "support", "provider"}

func (c *Case) alsoTold(row PowerRow) []Recipient {
	var out []Recipient
	for _, a := range row.Also {
		if len(a.ProviderTypes) == 0 || slices.Contains(a.ProviderTypes, c.Provider.Type) {
			out = append(out, Recipient{Party: c.Complete(Party(a.Body)), Level: LevelDuty})
		}
	}
	return out
}

func partiesOf(rs []Recipient) []Party {
	var out []Party
	for _, r := range rs {
		if !slices.Contains(out, r.Party) {
			out = append(out, r.Party)
		}
	}
	return out
}

// promptsOn are the remarks on an act, for the chronology. None of them ever refuses it.
func (c *Case) promptsOn(u IndividualAction, row PowerRow) string {
	var out []string
	risk := u.Immediate || c.Trigger != nil && c.Trigger.Immediate
	if row.Restrained && c.Provider.Type.trust() && !risk && u.Reason == "" {
		out = append(out, "(Not said: why CQC acts itself where there is no immediate risk; it "+
			"normally looks to "+c.Name(c.decider())+", R45.)")
	}
	if row.Follows != "" && !c.warned(row.Follows) {
		out = append(out, "(No warning notice under "+row.Follows.Words()+" is recorded in this case.)")
	}
	if row.Needs != "" {
		out = append(out, "It needs "+row.Needs+".")
	}
	if row.Verb != "" && c.takes(row.Verb) {
		out = append(out, "What comes of it is begun by '"+row.Verb+"'.")
	}
	if !u.Until.IsZero() {
		shortened := ""
		if u.Until.Before(row.Representations.After(u.At)) {
			shortened = ", shortened"
			if u.Reason == "" {
				shortened += " (not said: why)"
			}
		}
		out = append(out, "Representations until "+calendar.Instant(u.Until)+shortened+".")
	}
	if len(u.Discussed) > 0 {
		out = append(out, "Discussed beforehand with "+c.names(u.Discussed)+".")
	}
	return strings.Join(out, " ")
}

// join puts sentences together, leaving out the empty ones.
func join(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), " ")
}
