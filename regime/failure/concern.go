package failure

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyConsiderParties is the kind of duty that is owed here.
const DutyConsiderParties regime.DutyKind = "CONSIDER_PARTIES"

// SharedConcern is what a member knows and others should (R75): neutral words, never a name.
type SharedConcern struct {
	ID         string            `json:"id"` // "K1"
	Kind       regime.MatrixKind `json:"kind"`
	What       string            `json:"what"`
	By         ledger.Actor      `json:"by"`
	From       regime.Party      `json:"from,omitempty"` // the party it was recorded for
	At         time.Time         `json:"at"`
	Profession regime.Profession `json:"profession,omitempty"`
	// Source and SourceNote go into no notice, and where Protect is set into nothing that is
	// shown (R14).
	Source     regime.SourceKind `json:"source,omitempty"`
	SourceNote string            `json:"sourceNote,omitempty"`
	Protect    bool              `json:"protect,omitempty"`
	Told       []regime.Party    `json:"told,omitempty"`
	Forum      []regime.Party    `json:"forum,omitempty"` // hear of it in the group
	Consider   []Considering     `json:"consider,omitempty"`
	// End is how it came to need no more attention.
	End   EndOfConcern `json:"end,omitempty"`
	Ended time.Time    `json:"ended,omitzero"`
}

// Considering is a party, and the recording body's answer whether it is told.
type Considering struct {
	To     string       `json:"to"`                          // the matrix's word for it
	Party  regime.Party `json:"party,omitempty" passes:"on"` // empty until it is known who is meant
	If     string       `json:"if,omitempty"`                // the circumstance that it hangs on
	Answer YesNo        `json:"answer,omitempty"`
	Reason string       `json:"reason,omitempty"`
	At     time.Time    `json:"at,omitzero"`
}

// Settled reports whether it has been answered.
func (k Considering) Settled() bool { return k.Answer != "" }

func (c *Case) concern(id string) *SharedConcern {
	return ledger.Find(c.Concerns, func(x SharedConcern) bool { return x.ID == id })
}

// unanswered is the party's open item; a regulator not yet named takes any regulator.
func (n *SharedConcern) unanswered(p regime.Party, profile *regime.Profile) *Considering {
	for i := range n.Consider {
		k := &n.Consider[i]
		if k.Answer == "" && (k.Party == p ||
			k.Party == "" && k.To == "regulator" && profile.Regulates(p.Body())) {
			return k
		}
	}
	return nil
}

func (c *Case) toAnswer(n *SharedConcern) []string {
	var out []string
	for _, k := range n.Consider {
		if k.Answer != "" {
			continue
		}
		name := "the professional regulator"
		if k.Party != "" {
			name = c.Name(k.Party)
		}
		if k.If != "" {
			name += " (" + k.If + ")"
		}
		out = append(out, name)
	}
	return out
}

// notifyConcern says that there is something to know and where, never what (R80).
func (c *Case) notifyConcern(n *SharedConcern, kind regime.NoticeKind, to ...regime.Party) {
	text := c.Name(n.By.For) + " has recorded a concern (" + n.ID + ") that your body is to know of; " +
		"what it is stands in the case"
	if kind == regime.NoticeImmediateRisk {
		text = "Patients may be at immediate risk (" + n.ID + "); each body can act within its own " +
			"powers at once"
	}
	row, _ := c.profile().Row(n.Kind)
	var rs []ledger.Recipient
	for _, p := range to {
		n.Told = append(n.Told, p)
		for _, cell := range row.Cells {
			if cell.Office != "" && slices.Contains(c.cellParties(cell.To, n.Profession), p) {
				text += "; at " + c.Name(p) + " it is for " + cell.Office
			}
		}
		rs = append(rs, ledger.Recipient{Party: p, Level: regime.LevelDuty})
	}
	c.pen.Notify(ledger.Notice{Kind: kind, Text: text, To: rs})
}

// RecordConcern is any statutory organisation's, about providers too that it does not
// commission (R75; 003:L461). A Royal College, a patient or staff tell one who records it.
type RecordConcern struct {
	Kind       regime.MatrixKind `json:"kind" flag:"kind" usage:"what kind of concern it is" need:"yes"`
	What       string            `json:"what" flag:"what" usage:"what is feared, in neutral words and without anyone's name" need:"yes" confided:"yes"`
	From       regime.Party      `json:"from,omitempty" flag:"from" usage:"the body for which it is recorded, such as a Royal College"`
	Profession regime.Profession `json:"profession,omitempty" flag:"profession" usage:"the profession concerned, where it is about practitioners or their training"`
	Source     regime.SourceKind `json:"source,omitempty" flag:"source" usage:"where it came from"`
	SourceNote string            `json:"sourceNote,omitempty" flag:"source-note" usage:"more on the source, kept apart from all that is sent" confided:"yes"`
	Protect    bool              `json:"protect,omitempty" flag:"protect-identity" usage:"the source's identity is to be protected (R14)"`
}

// InConfidence reports whether the source's identity is to be protected (R14), by any profile's
// matrix where it is not said.
func (a *RecordConcern) InConfidence() bool {
	return a.Protect || a.Source == "whistleblower" || slices.ContainsFunc(regime.Profiles(), func(p *regime.Profile) bool {
		row, ok := p.Row(a.Kind)
		return ok && row.Protect
	})
}

func (a *RecordConcern) check(c *Case, m ledger.Moment) error {
	row, ok := c.profile().Row(a.Kind)
	if !ok {
		return regime.Mistakef("profile %s does not know the concern %q.", c.Profile, words.Clip(string(a.Kind), 40))
	}
	provider := m.By.For == c.Provider.Party() // which tells its commissioners what it fears (003:L418)
	if !provider && !c.statutory(m) && !c.IsMember(m.By.For) && !row.Owns(m.By.For.Body()) {
		return regime.Refusef("R75", "%s tells a member of the %s, who records it with --from.",
			c.Name(m.By.For), c.labels().Group)
	}
	return c.checkAbout(row, a.Profession)
}

// checkAbout: a concern about a practitioner says which profession's regulator is meant.
func (c *Case) checkAbout(row regime.MatrixRow, of regime.Profession) error {
	if of == "" {
		if row.Individual && row.Profession == "" {
			return regime.Mistakef("--profession is missing: it says who regulates the practitioner.")
		}
		return nil
	}
	named, ok := c.profile().Profession(of)
	if !ok {
		return c.checkProfession(of)
	}
	if own, ok := c.profile().Profession(row.Profession); ok && own.Regulator != named.Regulator {
		return regime.Mistakef("%s is no %s; record it as another kind.", named.Label,
			strings.TrimPrefix(own.Label, "a "))
	}
	return nil
}

func (a *RecordConcern) do(c *Case, m ledger.Moment) string {
	row, _ := c.profile().Row(a.Kind)
	n := SharedConcern{ID: "K" + strconv.Itoa(len(c.Concerns)+1), Kind: a.Kind, What: a.What, By: m.By, From: a.From,
		At: m.Now, Profession: a.Profession, Source: a.Source, SourceNote: a.SourceNote,
		Protect: a.Protect || row.Protect || a.Source == "whistleblower"}
	if n.Profession == "" {
		n.Profession = row.Profession
	}
	c.share(&n, row)
	text := "Concern " + n.ID + ", " + row.Label + ": " + n.What + ". Told: " + c.names(n.Told) + "."
	if n.From != "" {
		text = "For " + c.Name(n.From) + ": " + text
	}
	if len(n.Forum) > 0 {
		text += " To hear of it in the " + c.labels().Group + ": " + c.names(n.Forum) + "."
	}
	if ask := c.toAnswer(&n); len(ask) > 0 {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyConsiderParties, Owner: m.By.For, Subject: n.ID, Start: m.Now})
		text += " To be considered and answered: " + words.List(ask) + "."
	}
	c.Concerns = append(c.Concerns, n)
	if row.AtRisk != "" {
		text += " " + c.raiseFlag(row.AtRisk, "", m)
	}
	if row.Individual {
		text += " " + c.openReferral(n.Profession, m.By.For, m)
	}
	return text
}

// share does what the matrix says, for all but the body that knows it already.
func (c *Case) share(n *SharedConcern, row regime.MatrixRow) {
	others := func(ps []regime.Party) []regime.Party {
		return slices.DeleteFunc(ps, func(p regime.Party) bool { return p == n.By.For })
	}
	told := others(c.ToTell(n.Kind, n.Profession))
	// A trust has no part in the group: its concern goes to who commissions the service as well (R75).
	if who := c.commissioner(); n.By.For.Body() == regime.ProviderBody && !n.Protect && who != "" && !slices.Contains(told, who) {
		told = append(told, who)
	}
	c.notifyConcern(n, row.Notice, told...)
	n.Forum = others(c.ToTell(n.Kind, n.Profession, regime.Forum))
	n.Consider = slices.DeleteFunc(c.toConsider(row, n.Profession), func(k Considering) bool {
		return k.Party == n.By.For
	})
}

// ConsiderParty answers for one party whether it is told; either way with the reason. The
// body that recorded the concern answers (R1).
type ConsiderParty struct {
	Concern string       `json:"concern" flag:"concern" number:"yes" usage:"its number, such as K1" need:"yes"`
	Party   regime.Party `json:"party" flag:"body" was:"party" usage:"the party considered" need:"yes"`
	Answer  YesNo        `json:"answer" flag:"answer" usage:"whether it is told" need:"yes"`
	Reason  string       `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *ConsiderParty) check(c *Case, m ledger.Moment) error {
	n := c.concern(a.Concern)
	if n == nil {
		return regime.Mistakef("there is no concern %q in case %s.", words.Clip(a.Concern, 20), c.Ref)
	}
	if who := c.Today(n.By.For); who != m.By.For {
		return regime.Refusef("R1", "%s recorded %s and answers for it.", c.Name(who), n.ID)
	}
	if n.unanswered(a.Party, c.profile()) == nil {
		return regime.Mistakef("%s is not waiting for an answer; to be answered: %s.", c.Name(a.Party),
			words.List(c.toAnswer(n)))
	}
	return nil
}

func (a *ConsiderParty) do(c *Case, m ledger.Moment) string {
	n := c.concern(a.Concern)
	k := n.unanswered(a.Party, c.profile())
	k.Party, k.Answer, k.Reason, k.At = a.Party, a.Answer, a.Reason, m.Now
	if len(c.toAnswer(n)) == 0 {
		c.pen.Discharge(DutyConsiderParties, n.ID, m)
	}
	if a.Answer == "yes" {
		row, _ := c.profile().Row(n.Kind)
		c.notifyConcern(n, row.Notice, a.Party)
	}
	return "Considered whether " + c.Name(a.Party) + " is told of concern " + n.ID + ": " +
		string(a.Answer) + ". " + a.Reason
}
