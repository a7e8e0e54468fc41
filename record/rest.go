package record

import (
	"cmp"
	"strconv"
	"strings"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// agreements are what was put to rest or is to be: who agreed, on what, who was told, and what was said against it.
func (s *sheet) agreements(all []ledger.Agreement, name func(regime.Party) string) {
	names := func(ps []regime.Party) string { return namesBy(name, ps) }
	var rows [][]string
	for _, a := range all {
		var against []string
		for _, o := range a.Objections {
			against = append(against, name(o.By)+", "+string(o.As)+": "+o.Why)
		}
		what := a.Kind.Words()
		switch {
		case a.Of != "" && strings.Trim(a.Of, "0123456789") == "":
			what += " (meeting " + a.Of + ")"
		case a.Of != "":
			what += " (" + a.Of + ")"
		}
		rows = append(rows, []string{a.ID, what, joined(name(a.By), short(a.At)), names(a.Present), names(a.Agreed),
			joined(a.Reason, a.Evidence), names(a.Told), short(a.Until), strings.Join(against, "; "), joined(cmp.Or(a.Outcome.Words(), "open"), short(a.Ended))})
	}
	if len(rows) > 0 {
		s.heading(2, "Put to rest")
		s.table([]string{"No", "What", "By", "Present", "Agreed", "On what", "Told", "Objections until", "Said against it",
			"How it ended"}, rows)
	}
}

// acting is who was named as the one who acts, and what each answered for itself.
func (s *sheet) acting() {
	var named, answers [][]string
	for _, n := range s.c.Named {
		named = append(named, []string{short(n.At), s.c.Name(n.Who), s.c.Name(n.By) + " " + n.Where})
	}
	for _, a := range s.c.Acting {
		answers = append(answers, []string{short(a.At), s.actor(a.By), string(a.Acts), joined(a.Action, a.Reason)})
	}
	if len(named)+len(answers) > 0 {
		s.heading(2, "Who acts")
		s.table([]string{"When", "Named as the one who acts", "By"}, named)
		s.table([]string{"When", "Body", "Does it act?", "By what, or why not"}, answers)
	}
}

// requests for a response meeting stand with the meetings.
// talks are what two bodies said to each other beside the meetings.
func (s *sheet) talks() {
	var rows [][]string
	for _, t := range s.c.Talks {
		rows = append(rows, []string{t.ID, day(t.At), s.c.Name(t.By), s.c.Name(t.With), t.What, day(t.Next)})
	}
	if len(rows) > 0 {
		s.heading(2, "Talks between two bodies")
		s.table([]string{"No", "When", "By", "With", "What", "Again by"}, rows)
	}
}

func (s *sheet) meetingRequests() {
	var rows [][]string
	for _, r := range s.c.MeetingRequests {
		answer := "not answered"
		switch {
		case r.Meeting > 0:
			answer = "response meeting " + strconv.Itoa(r.Meeting)
		case !r.Answered.IsZero():
			answer = joined("no other meeting", r.Why)
		}
		rows = append(rows, []string{r.ID, short(r.At), s.actor(r.By), r.Reason, joined(answer, short(r.Answered))})
	}
	if len(rows) > 0 {
		s.heading(2, "Meetings asked for")
		s.table([]string{"No", "When", "By", "Why", "Answer"}, rows)
	}
}

// provision is where patients go when a power stops a service.
func (s *sheet) provision() {
	var rows [][]string
	for _, o := range s.c.Provision {
		where := o.Where
		if o.None != "" {
			where = "nobody has to go elsewhere: " + o.None
		}
		rows = append(rows, []string{o.Use, joined(s.actor(o.By), short(o.At)), where, day(o.From), o.Patients, o.Neighbours})
	}
	if len(rows) > 0 {
		s.heading(2, "Where patients go")
		s.table([]string{"Power used", "Said by", "Where", "From", "Patients told", "Neighbours told"}, rows)
	}
}

// planSteps are what became of each part of the plan for the public.
func (s *sheet) planSteps() {
	var rows [][]string
	for _, x := range s.c.PlanSteps {
		none := x.None
		if none != "" {
			none = "not needed: " + none
		}
		rows = append(rows, []string{plain(x.Part), joined(s.actor(x.By), short(x.At)), s.actionWords(x.Action), joined(x.How, none)})
	}
	if len(rows) > 0 {
		s.heading(3, "What became of the plan")
		s.table([]string{"Part", "By", "Action", "How, or why not"}, rows)
	}
}

func (s *sheet) actionWords(id string) string {
	a := ledger.Find(s.c.Actions, func(a failure.ResponseAction) bool { return a.ID == id })
	if a == nil {
		return id
	}
	return id + " of " + s.c.Name(a.Owner) + ", " + string(a.Status)
}

// deaths are without names; whether the coroner was told is asked of each.
func (s *sheet) deaths() {
	var rows [][]string
	for _, k := range s.c.Deaths {
		asked := "not answered"
		if k.Coroner != nil {
			asked = s.considered(k.Coroner)
		}
		rows = append(rows, []string{k.ID, short(k.At), s.actor(k.By), k.What, asked, s.fact(k.Told)})
	}
	if len(rows) > 0 {
		s.heading(2, "Deaths")
		s.table([]string{"No", "When", "Recorded by", "What", "Is the coroner to be told?", "Coroner told"}, rows)
	}
}

// guests are shown without their contacts.
func (s *sheet) guests() {
	var rows, told [][]string
	for _, g := range s.c.Guests {
		rows = append(rows, []string{string(g.Party), g.Name, joined(s.actor(g.By), short(g.At)), g.Why, short(g.Ended)})
		for _, t := range g.Told {
			answer := t.Answer
			if t.Asks && answer == "" {
				answer = "not answered"
			}
			told = append(told, []string{string(g.Party), joined(s.actor(t.By), short(t.At)), t.What, answer})
		}
	}
	if len(rows) > 0 {
		s.heading(2, "Guests")
		s.table([]string{"No", "Guest", "Invited by", "Why", "Ended"}, rows)
		s.table([]string{"Guest", "By", "Told or asked", "Answer"}, told)
	}
}
