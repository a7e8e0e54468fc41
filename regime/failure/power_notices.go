package failure

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// powerNotice is what is to be told of a body's own act.
type powerNotice struct {
	row       regime.PowerRow
	by        regime.Party
	text      string // names no provider, person or allegation
	immediate bool
	now       time.Time
	// lifted: services are no longer at stake, and no notice is copied.
	lifted bool
}

// notifyPower tells, after the act, all who should know of it, each once: those who are given a
// copy of CQC's notice (R44), at immediate risk those who can act on it, the other members, and
// those named by the matrix of section 7 (R5, R20, R52, R53). Commissioners learn that the
// continuity of services is at stake (R43). It returns those it told.
func (c *Case) notifyPower(t powerNotice) []regime.Party {
	told := []ledger.Recipient{{Party: t.by, Level: regime.LevelDuty}}
	var stake []ledger.Recipient
	if t.row.Continuity && !t.lifted {
		stake = c.Audiences(regime.Contacts(regime.RoleCommissioners, regime.RoleSupport), ledger.Duty{})
	}
	send := func(kind regime.NoticeKind, text string, to []ledger.Recipient) {
		to = ledger.Without(to, told)
		told = append(told, to...)
		if kind == regime.NoticeStatutoryCopy && len(to) > 0 && c.Stage != regime.Closed {
			c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutySendCopies, Owner: t.by,
				Subject: "|" + t.now.UTC().Format(time.RFC3339), Start: t.now})
		}
		c.pen.Notify(ledger.Notice{Kind: kind, Text: text, To: ledger.Without(to, stake)})
		c.pen.Notify(ledger.Notice{Kind: kind, To: ledger.Without(to, ledger.Without(to, stake)), Asks: ledger.Asking(otherProvision, ""), Text: text +
			". The continuity of services may be at stake"})
	}
	if !t.lifted {
		send(regime.NoticeStatutoryCopy, t.text+". You are among those who are given a copy of the notice",
			c.Audiences(regime.Contacts(t.row.Copies...), ledger.Duty{}))
	}
	if t.immediate {
		send(regime.NoticeImmediateRisk, t.text+". Patients may be at immediate risk",
			c.Audiences(regime.Contacts(ledger.RiskRoles...), ledger.Duty{}))
	}
	members := c.Audiences(regime.Contacts(append([]regime.Role{regime.RoleMembers}, t.row.Tell...)...),
		ledger.Duty{})
	members = append(members, ledger.Without(c.alsoNotified(t.row), members)...)
	send(regime.NoticePowerUsed, t.text, append(members, ledger.Without(stake, members)...))
	return ledger.PartiesOf(told[1:])
}

// otherProvision is asked of commissioners where a provider may have to stop.
const otherProvision = "find out what other provision patients need"

func (c *Case) alsoNotified(row regime.PowerRow) []ledger.Recipient {
	var out []ledger.Recipient
	for _, a := range row.Also {
		if len(a.ProviderTypes) == 0 || slices.Contains(a.ProviderTypes, c.Provider.Type) {
			out = append(out, ledger.Recipient{Party: c.ResolveUnit(regime.Party(a.Body)), Level: regime.LevelDuty})
		}
	}
	return out
}

// promptsOn are the remarks on an act, for the chronology. None of them ever refuses it.
func (c *Case) promptsOn(u IndividualAction, row regime.PowerRow) string {
	var out []string
	risk := u.Immediate || c.Trigger != nil && c.Trigger.Immediate
	if row.Restrained && c.Provider.Type.Trust() && !risk && u.Reason == "" {
		out = append(out, c.says("(Not said: why {inspector} acts itself where there is no immediate risk; it ")+
			"normally looks to "+c.Name(c.decider())+", R45.)")
	}
	switch {
	case row.Fits(c.Provider.Type):
	case slices.Contains(row.Doubted, c.Provider.Type):
		out = append(out, "(Not confirmed: "+row.Doubt+". Nothing is refused on it, R125.)")
	default:
		out = append(out, "(Not confirmed: that "+string(row.ID)+" applies to "+c.providerRow().Label+" under the law of "+
			"this day. Nothing is refused on it, R125.)")
	}
	if row.Follows != "" && !c.warned(row.Follows) {
		out = append(out, "(No warning notice under "+row.Follows.Words()+" is recorded in this case.)")
	}
	if len(row.After) > 0 && !c.usedOneOf(row.After) {
		out = append(out, "(It follows the breach of a condition; none under "+powerIDs(row.After)+" is recorded in this "+
			"case, R106.)")
	}
	if row.EssentialRisk && !c.continuityAtStake() {
		out = append(out, "(It is for where an essential service is at risk; nothing recorded in this case puts one at "+
			"risk, R106.)")
	}
	if law, ok := c.profile().Change(row.Since); ok && !c.profile().Changed(row.Since, u.At) {
		out = append(out, "(The law has "+law.Says+" from "+law.Day()+" at the earliest, R112; the act stands as it "+
			"was recorded.)")
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

// usedOneOf reports whether one of the powers has been used in this case, and not withdrawn.
func (c *Case) usedOneOf(ids []regime.PowerID) bool {
	return slices.ContainsFunc(c.OwnActs, func(u IndividualAction) bool {
		return slices.Contains(ids, u.Power) && u.Outcome != Withdraw
	})
}

// continuityAtStake reports whether a power was used by which services may end (R43).
func (c *Case) continuityAtStake() bool {
	return slices.ContainsFunc(c.OwnActs, func(u IndividualAction) bool {
		row, _ := c.profile().Power(u.Power)
		return row.Continuity && !row.EssentialRisk && u.Outcome != Withdraw
	})
}

func powerIDs(ids []regime.PowerID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return strings.Join(out, " or ")
}
