package failure

import (
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyGiveInformation is the kind of duty that is owed here.
const DutyGiveInformation regime.DutyKind = "GIVE_INFORMATION"

// InformationRequest is one body's to another under the duty to co-operate (R78; 001:L8).
// It orders nothing: the other body answers, or says why not, and both stay on the record.
type InformationRequest struct {
	ID       string       `json:"id"` // "Q1"
	By       ledger.Actor `json:"by"`
	To       regime.Party `json:"to" passes:"on"`
	What     string       `json:"what"`
	At       time.Time    `json:"at"`
	Answer   string       `json:"answer,omitempty"`
	Declined bool         `json:"declined,omitempty"`
	Answered time.Time    `json:"answered,omitzero"`
}

// Settled reports whether it has been answered.
func (r InformationRequest) Settled() bool { return !r.Answered.IsZero() }

var sharingVerbs = []Verb{
	{Path: "concern record", Update: "RecordConcern", Rules: "R14 R20 R52 R75 R79",
		New:     func() Act { return new(RecordConcern) },
		Did:     "recorded a concern",
		Summary: "Record a concern; those that the matrix names are told at once",
		Example: `concern record --case CASE --by CCG --kind training-unsafe --profession doctor ` +
			`--what "no senior cover at night" --source training-visit`},
	{Path: "concern consider", Update: "ConsiderParty", Rules: "R14 R42",
		New:     func() Act { return new(ConsiderParty) },
		Did:     "said whether a party in question is told of a concern",
		Summary: "Say whether a party in question is told of your concern",
		Example: `concern consider --case CASE --by CCG --concern K1 --party Police --answer no ` +
			`--reason "nothing points to a crime"`},
	{Path: "information request", Update: "RequestInformation", Rules: "R78",
		New:     func() Act { return new(RequestInformation) },
		Did:     "asked another body for information",
		Summary: "Ask another body for information under the duty to co-operate",
		Example: `information request --case CASE --by Monitor --to CQC --what "ratings of the last three years"`},
	{Path: "information answer", Update: "AnswerInformation", Rules: "R78",
		New:     func() Act { return new(AnswerInformation) },
		Did:     "answered a request for information",
		Summary: "Answer a request for information, for your own body",
		Example: `information answer --case CASE --by CQC --request Q1 --answer "sent by courier today"`},
}

func (c *Case) informationRequest(id string) *InformationRequest {
	return ledger.Find(c.Requests, func(x InformationRequest) bool { return x.ID == id })
}

// RequestInformation may come from any body to any other.
type RequestInformation struct {
	To   regime.Party `json:"to" flag:"to" board:"plain" usage:"the body asked" need:"yes"`
	What string       `json:"what" flag:"what" usage:"what is asked for" need:"yes"`
}

func (a *RequestInformation) check(c *Case, m ledger.Moment) error {
	if b := a.To.Body(); b == regime.QSGLocal || b == regime.QSGRegional {
		return regime.Refusef("R68", "a group holds nothing of its own; ask the member that knows.")
	}
	if a.To == m.By.For {
		return regime.Mistakef("--to %q is not another body.", a.To)
	}
	return nil
}

func (a *RequestInformation) do(c *Case, m ledger.Moment) string {
	r := InformationRequest{ID: "Q" + strconv.Itoa(len(c.Requests)+1), By: m.By, To: a.To, What: a.What, At: m.Now}
	c.Requests = append(c.Requests, r)
	c.pen.Ask(regime.NoticePowerUsed, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyGiveInformation, Owner: a.To, Subject: r.ID, Start: m.Now,
		Period: c.profile().TimeToAnswer(m.By.For, a.To)}))
	return "Asked " + c.Name(a.To) + " for information (" + r.ID + "): " + a.What
}

// AnswerInformation is the asked body's alone.
type AnswerInformation struct {
	Request  string    `json:"request" flag:"request" number:"yes" usage:"its number, such as Q1" need:"yes"`
	Answer   string    `json:"answer" flag:"answer" usage:"the information, where it is to be found, or why it is not given" need:"yes"`
	Declined bool      `json:"declined,omitempty" flag:"declined" usage:"it is not given"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was answered, if earlier than now"`
}

func (a *AnswerInformation) check(c *Case, m ledger.Moment) error {
	r := c.informationRequest(a.Request)
	if r == nil {
		return regime.Mistakef("there is no request for information %q in case %s.", words.Clip(a.Request, 20), c.Ref)
	}
	if m.By.For != r.To {
		return regime.Refusef("R78", "%s was asked and answers itself.", c.Name(r.To))
	}
	if !r.Answered.IsZero() {
		return regime.Mistakef("%s has already been answered; add more with 'note add'.", r.ID)
	}
	return nil
}

func (a *AnswerInformation) do(c *Case, m ledger.Moment) string {
	r := c.informationRequest(a.Request)
	r.Answer, r.Declined, r.Answered = a.Answer, a.Declined, m.At
	c.pen.Discharge(DutyGiveInformation, r.ID, m)
	how := "has answered"
	if a.Declined {
		how = "has declined"
	}
	c.pen.Notify(ledger.Notice{Kind: regime.NoticePowerUsed, Text: c.Name(r.To) + " " + how + " your request for information " + r.ID,
		To: []ledger.Recipient{{Party: r.By.For, Level: regime.LevelDuty}}})
	if a.Declined {
		return "Declined the request for information " + r.ID + ": " + a.Answer
	}
	return "Answered the request for information " + r.ID + ": " + a.Answer
}
