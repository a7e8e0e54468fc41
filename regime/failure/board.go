package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Board says in Markdown where the case stands, for somebody who knows the regime and not
// the software: where we are, who owes what by when, what happened last and what was decided. It gives
// the provider by its code, as the server's open lists do, and names no person or allegation; texts that
// people wrote stay in the record.
func (c *Case) Board(now time.Time) string {
	lines := []string{"## " + c.Headline(now), ""}
	if c.Demonstration {
		lines = append(lines, "**Demonstration: not a real case. Its clock is not the world's.**", "")
	}
	lines = append(lines, "**About** — provider "+c.Provider.Code+".", "")
	lines = append(lines, "**Where we are** — "+strings.Join(append(c.Standing(), c.reviewWords(now)...), "; ")+".", "")
	lines = append(lines, c.BoardLines(now, 0)...)
	return strings.Join(lines, "\n")
}

// what an entry is, without the words that people wrote.
func (c *Case) what(e ledger.Entry) string {
	if e.Verb == ledger.ByClock {
		return e.Text
	}
	return ledger.DoneAt(verbs, e, words.Capital(c.Name(e.By.For)))
}

// Headline is the case in one line.
func (c *Case) Headline(now time.Time) string {
	h := "Case " + c.Ref + ": " + c.stageWords()
	if n := c.CountOverdue(now); n > 0 {
		h += "; " + ledger.OverdueWords(n)
	}
	return h
}

// Standing says where the case stands in a few phrases.
func (c *Case) Standing() []string {
	out := []string{c.stageWords() + " since " + calendar.Short(c.StageSince)}
	if n := len(c.Regulatory); n > 0 {
		out = append(out, c.says("{inspector}: ")+words.Plain(string(c.Regulatory[n-1].Value)))
	}
	if c.Collective != nil {
		out = append(out, "collective judgement: "+words.Plain(string(c.Collective.Value))+" ("+
			calendar.Short(c.Collective.At)+")")
	}
	if n := len(c.TakenUp); n > 0 && c.Stage != regime.StoodDown {
		out = append(out, "taken up again "+calendar.Short(c.TakenUp[n-1].At)+" after it had been stood down")
	}
	if c.Ring.Holder != "" {
		out = append(out, c.Name(c.Ring.Holder)+" holds the ring ("+c.Ring.Basis.Words()+")")
	}
	if e := c.episode(); e != nil {
		out = append(out, c.labels().Measures+": "+e.Words())
	}
	if c.Gone != nil {
		out = append(out, "the provider ended on "+calendar.Day(c.Gone.On)+": "+words.Plain(string(c.Gone.How)))
	}
	for _, f := range c.Further {
		if f.Held.IsZero() {
			out = append(out, c.labels().Summit+" "+strconv.Itoa(f.N)+" on "+calendar.Short(f.At))
		}
	}
	if c.improving() {
		out = append(out, "time to improve since "+calendar.Day(c.Ratings[len(c.Ratings)-1].Published))
	}
	if text := c.hoursNotBegun(); text != "" {
		out = append(out, text)
	}
	if c.metAlone() {
		out = append(out, "the members have not met yet: the ring-holder was alone (R96)")
	}
	if text := c.nobodyActs(); text != "" {
		out = append(out, text)
	}
	if text := c.noContinuity(); text != "" && c.Stage == regime.Responding {
		out = append(out, text)
	}
	out = append(out, c.enforcementWords()...)
	return append(out, c.reminders()...)
}

// Words is the basis in words.
func (b RingHolderBasis) Words() string {
	switch b {
	case Agreed:
		return "agreed"
	case DefaultNoAgreement:
		return "by default, no agreement"
	case DefaultTimeout:
		return "by default, time was up"
	}
	return string(b)
}

// Words is the episode's state in words.
func (e *Episode) Words() string {
	switch e.State {
	case regime.MeasuresRecommended:
		return "recommended, not decided"
	case regime.MeasuresDeclined:
		return "declined"
	case regime.MeasuresInForce:
		s := "in force since " + calendar.Day(e.Entered)
		if on(e.Scope, e.Of) != "" {
			s += " for one " + string(e.Scope)
		}
		if n := e.Extensions(); n > 0 {
			s += ", extended " + strconv.Itoa(n) + "x"
		}
		return s
	case regime.MeasuresExited:
		if e.WithSupport {
			return "left on " + calendar.Day(e.Ended) + ", with support"
		}
		return "left on " + calendar.Day(e.Ended)
	case regime.MeasuresFurther:
		return "gone further"
	case regime.MeasuresCeased:
		return "ended with the provider on " + calendar.Day(e.Ended)
	case regime.MeasuresDeregistered:
		return "registration being cancelled"
	}
	return string(e.State)
}
