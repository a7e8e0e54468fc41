package failure

import (
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// SignSummit makes the record of the summit final. It waits for safeguarding, for the
// professional standards question and for answers to suggestions (R15, R18, R40, R41), and nothing in the case waits for it.
type SignSummit struct {
	Record string    `json:"record,omitempty" flag:"record" usage:"the agreed record, if it is not in the case yet or has changed"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was signed, if earlier than now"`
}

func (a *SignSummit) check(c *Case, m ledger.Moment) error {
	s := c.Summit
	if s.Ended.IsZero() {
		return regime.Refusef("T4", "the summit has not ended: %s.", c.stageWords())
	}
	if m.By.For != s.Chair {
		return regime.Refusef("R1", "only the chair, %s, signs the record of the summit.", c.Name(s.Chair))
	}
	if !s.Signed.IsZero() {
		return regime.Mistakef("the record of the summit has already been signed; a correction is a 'note add'.")
	}
	byRule, open := c.openSafeguarding()
	if c.Questions.Standards == nil {
		byRule = append(byRule, "R18")
		open = append(open, "the professional standards question is open ('standards answer')")
	}
	ofSuggestions, suggestions := c.openSuggestions()
	byRule, open = append(byRule, ofSuggestions...), append(open, suggestions...)
	if len(open) > 0 {
		return regime.Refusef(byRule[0], "the record cannot be signed yet: %s. Everything else goes on.",
			strings.Join(open, "; "))
	}
	return nil
}

func (a *SignSummit) do(c *Case, m ledger.Moment) string {
	c.Summit.Signed = m.At
	if a.Record != "" {
		c.Summit.Record = a.Record
	}
	return words.Sentence("Signed the record of the "+c.labels().Summit+"; it is final.", a.Record, "")
}
