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

// DutyReturnImpact is the kind of duty that is owed here.
const DutyReturnImpact regime.DutyKind = "IMPACT_ASSESSMENT"

// ImpactRequest is CQC's for a rapid assessment of what an action that it considers would
// bring about (003:L840). CQC may act before any answer is there (R22).
type ImpactRequest struct {
	ID        string         `json:"id"` // "I1"
	Considers string         `json:"considers"`
	Asked     []regime.Party `json:"asked" passes:"on"`
	At        time.Time      `json:"at"`
	Returns   []ImpactReturn `json:"returns,omitempty"`
}

// ImpactReturn is one member's assessment, for itself.
type ImpactReturn struct {
	By         ledger.Actor `json:"by"`
	Assessment string       `json:"assessment"`
	At         time.Time    `json:"at"`
}

var impactVerbs = []Verb{
	{Path: "impact request", Update: "RequestImpact", Rules: "R21 R22",
		New:     func() Act { return new(RequestImpact) },
		Did:     "asked members what an action would lead to",
		Summary: "Ask members what an action that CQC is considering would lead to (CQC)",
		Example: `impact request --case CASE --by CQC --asked Monitor,CCG --considers "closing the unit"`},
	{Path: "impact return", Update: "ReturnImpact", Rules: "R21",
		New:     func() Act { return new(ReturnImpact) },
		Did:     "returned an assessment of what an action would lead to",
		Summary: "Return your own body's assessment",
		Example: `impact return --case CASE --by Monitor --request I1 --assessment "two neighbours can take over"`},
}

func (c *Case) impactRequest(id string) *ImpactRequest {
	return ledger.Find(c.Impacts, func(x ImpactRequest) bool { return x.ID == id })
}

// RequestImpact is a request and no order: nothing waits for it, CQC least of all.
type RequestImpact struct {
	Considers string         `json:"considers" flag:"considers" usage:"the action that CQC considers" need:"yes"`
	Asked     []regime.Party `json:"asked" flag:"asked" usage:"the members asked" need:"yes"`
}

func (a *RequestImpact) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R21", c.says("only {inspector} asks for a rapid impact assessment, of action that it considers; ")+
			"%s can ask for information.", c.Name(m.By.For))
	}
	for _, p := range a.Asked {
		if !c.IsMember(p) || p.Body() == c.Inspector().Body() {
			return regime.Refusef("R21", "the other members of the group can be asked; %s is not one.", c.Name(p))
		}
	}
	return nil
}

func (a *RequestImpact) do(c *Case, m ledger.Moment) string {
	r := ImpactRequest{ID: "I" + strconv.Itoa(len(c.Impacts)+1), Considers: a.Considers, At: m.Now}
	var due time.Time
	for _, p := range a.Asked {
		if slices.Contains(r.Asked, p) {
			continue
		}
		r.Asked = append(r.Asked, p)
		d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReturnImpact, Owner: p, Subject: ofParty(r.ID, p),
			Start: m.Now})
		c.pen.Ask(regime.NoticeImpactAssessment, d)
		due = d.Due
	}
	c.Impacts = append(c.Impacts, r)
	return "Asked " + c.names(r.Asked) + " for a rapid impact assessment (" + r.ID + ") by " +
		calendar.Instant(due) + ", of: " + a.Considers + c.says(". {inspector} may act before (R22).")
}

// ReturnImpact may come late, and again.
type ReturnImpact struct {
	Request    string    `json:"request" flag:"request" number:"yes" usage:"its number, such as I1" need:"yes"`
	Assessment string    `json:"assessment" flag:"assessment" usage:"what the action would lead to" need:"yes"`
	At         time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was returned, if earlier than now"`
}

func (a *ReturnImpact) check(c *Case, m ledger.Moment) error {
	r := c.impactRequest(a.Request)
	if r == nil {
		return regime.Mistakef("there is no impact request %q in case %s.", words.Clip(a.Request, 20), c.Ref)
	}
	if !slices.Contains(r.Asked, m.By.For) {
		return regime.Refusef("R21", "each member asked answers for itself; %s was not asked.",
			c.Name(m.By.For))
	}
	return nil
}

func (a *ReturnImpact) do(c *Case, m ledger.Moment) string {
	r := c.impactRequest(a.Request)
	r.Returns = append(r.Returns, ImpactReturn{By: m.By, Assessment: a.Assessment, At: m.At})
	c.pen.Discharge(DutyReturnImpact, ofParty(r.ID, m.By.For), m)
	c.pen.Event(regime.NoticeImpactAssessment,
		c.Name(m.By.For)+" has returned its rapid impact assessment "+r.ID, regime.RoleInspector)
	return "Rapid impact assessment " + r.ID + ": " + a.Assessment
}

// ofParty makes the subject of a duty that several owe for the same thing; Says shows the thing.
func ofParty(id string, owner regime.Party) string { return id + "|" + string(owner) }
