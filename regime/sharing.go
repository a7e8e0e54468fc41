package regime

import (
	"slices"
	"time"

	"holdthering/regime/calendar"
)

// InformationRequest is one body's to another under the duty to co-operate (R78; 001:L8).
// It orders nothing: the other body answers, or says why not, and both stay on the record.
type InformationRequest struct {
	ID       string    `json:"id"` // "Q1"
	By       Actor     `json:"by"`
	To       Party     `json:"to"`
	What     string    `json:"what"`
	At       time.Time `json:"at"`
	Answer   string    `json:"answer,omitempty"`
	Declined bool      `json:"declined,omitempty"`
	Answered time.Time `json:"answered,omitzero"`
}

var sharingVerbs = []Verb{
	{Path: "concern record", Update: "RecordConcern", Rules: "R14 R20 R52 R75 R79",
		New:     func() Act { return new(RecordConcern) },
		Summary: "Record a concern; those whom the matrix names are told at once",
		Example: `concern record --case CASE --by CCG --kind training-unsafe --profession doctor ` +
			`--what "no senior cover at night" --source training-visit`},
	{Path: "concern consider", Update: "ConsiderParty", Rules: "R14 R42",
		New:     func() Act { return new(ConsiderParty) },
		Summary: "Answer whether a party that comes into question is told of your concern",
		Example: `concern consider --case CASE --by CCG --concern K1 --party Police --answer no ` +
			`--reason "nothing points to a crime"`},
	{Path: "information request", Update: "RequestInformation", Rules: "R78",
		New:     func() Act { return new(RequestInformation) },
		Summary: "Ask another body for information under the duty to co-operate",
		Example: `information request --case CASE --by Monitor --to CQC --what "ratings of the last three years"`},
	{Path: "information answer", Update: "AnswerInformation", Rules: "R78",
		New:     func() Act { return new(AnswerInformation) },
		Summary: "Answer a request for information, for your own body",
		Example: `information answer --case CASE --by CQC --request Q1 --answer "sent by courier today"`},
}

func (c *Case) informationRequest(id string) *InformationRequest {
	for i := range c.Requests {
		if c.Requests[i].ID == id {
			return &c.Requests[i]
		}
	}
	return nil
}

// RequestInformation may come from any body to any other.
type RequestInformation struct {
	To   Party  `json:"to" flag:"to" usage:"the body asked" need:"yes"`
	What string `json:"what" flag:"what" usage:"what is asked for" need:"yes"`
}

func (a *RequestInformation) check(c *Case, m Moment) error {
	if b := a.To.Body(); b == QSGLocal || b == QSGRegional {
		return refuse("R68", "a group holds nothing of its own; ask the member who knows.")
	}
	if a.To == m.By.For {
		return mistake("--to %q is no other body.", a.To)
	}
	return nil
}

func (a *RequestInformation) do(c *Case, m Moment) string {
	r := InformationRequest{ID: "Q" + itoa(len(c.Requests)+1), By: m.By, To: a.To, What: a.What, At: m.Now}
	c.Requests = append(c.Requests, r)
	c.ask("N21", c.owe(owed{kind: DutyGiveInformation, owner: a.To, subject: r.ID, start: m.Now,
		period: c.profile().timeToAnswer(m.By.For, a.To)}))
	return "Asked " + c.Name(a.To) + " for information (" + r.ID + "): " + a.What
}

// AnswerInformation is the asked body's alone.
type AnswerInformation struct {
	Request  string    `json:"request" flag:"request" usage:"its number, such as Q1" need:"yes"`
	Answer   string    `json:"answer" flag:"answer" usage:"the information, where it is to be found, or why it is not given" need:"yes"`
	Declined bool      `json:"declined,omitempty" flag:"declined" usage:"it is not given"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was answered, if earlier than now"`
}

func (a *AnswerInformation) check(c *Case, m Moment) error {
	r := c.informationRequest(a.Request)
	if r == nil {
		return mistake("there is no request for information %q in case %s.", clip(a.Request, 20), c.Ref)
	}
	if m.By.For != r.To {
		return refuse("R78", "%s was asked and answers itself.", c.Name(r.To))
	}
	if !r.Answered.IsZero() {
		return mistake("%s is answered already; more is a 'note add'.", r.ID)
	}
	return nil
}

func (a *AnswerInformation) do(c *Case, m Moment) string {
	r := c.informationRequest(a.Request)
	r.Answer, r.Declined, r.Answered = a.Answer, a.Declined, m.At
	c.discharge(DutyGiveInformation, r.ID, m)
	how := "has answered"
	if a.Declined {
		how = "has declined"
	}
	c.notify(Notice{Kind: "N21", Text: c.Name(r.To) + " " + how + " your request for information " + r.ID,
		To: []Recipient{{Party: r.By.For, Level: LevelDuty}}})
	if a.Declined {
		return "Declined the request for information " + r.ID + ": " + a.Answer
	}
	return "Answered the request for information " + r.ID + ": " + a.Answer
}

// AnswerRow is how long a body has to answer the requests of another, by law.
type AnswerRow struct {
	By     Body            `json:"by"` // who asks
	To     []Body          `json:"to"`
	Period calendar.Period `json:"period"`
	Source string          `json:"source"`
	Basis  Basis           `json:"basis"`
}

// timeToAnswer is the law's time for an answer; zero where the duty's own applies.
func (p *Profile) timeToAnswer(by, to Party) calendar.Period {
	for _, r := range p.Answers {
		if r.By == by.Body() && slices.Contains(r.To, to.Body()) {
			return r.Period
		}
	}
	return calendar.Period{}
}
