package failure

import (
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// sealedText stands in place of a view that is not open yet.
const sealedText = "(sealed until the views are opened together)"

// sealedEntry is the chronology's line for it.
const sealedEntry = "Own view, sealed until the views are opened together."

var sealedVerbs = []Verb{
	{Path: "judgement unseal", Update: "OpenSealedViews", Rules: "R23",
		New:     func() Act { return new(OpenSealedViews) },
		Did:     "opened all sealed views together",
		Summary: "Open all sealed views together (chair, at the summit)",
		Example: `judgement unseal --case CASE --by "NHS England"`},
}

// maySeal: a view is sealed against the pull of the first one spoken, so only while a
// collective judgement is ahead. Openly it can be given at any time.
func (c *Case) maySeal() error {
	if c.Trigger == nil || c.Collective != nil {
		return regime.Mistakef("there is no collective judgement to come that a view could be sealed for; give it "+
			"without --sealed (%s).", c.stageWords())
	}
	return nil
}

// OpenSealedViews opens them all at once; the collective judgement opens them too.
type OpenSealedViews struct{}

func (a *OpenSealedViews) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.InSession && c.Stage != regime.Judging {
		return regime.Refusef("T4", "the sealed views are opened at the summit: %s.", c.stageWords())
	}
	if m.By.For != c.Summit.Chair {
		return regime.Refusef("R1", "only the chair, %s, has the sealed views opened.", c.Name(c.Summit.Chair))
	}
	if c.sealedViews() == 0 {
		return regime.Mistakef("no view is sealed.")
	}
	return nil
}

func (a *OpenSealedViews) do(c *Case, m ledger.Moment) string {
	n := c.sealedViews()
	c.openSealed(m)
	return "Opened " + words.Count(n, "sealed view") + " together."
}

func (c *Case) sealedViews() int {
	n := 0
	for _, v := range c.OwnViews {
		if v.Sealed {
			n++
		}
	}
	return n
}

// openSealed puts each view into the chronology under its author's name.
func (c *Case) openSealed(m ledger.Moment) {
	if c.sealedViews() == 0 {
		return
	}
	for i := range c.OwnViews {
		v := &c.OwnViews[i]
		if !v.Sealed {
			continue
		}
		v.Sealed = false
		c.pen.Enter(ledger.Entry{At: m.Now, By: v.By, Verb: VerbOf(&JudgeForOneself{}).Path,
			Text: "Opened, sealed since " + calendar.Instant(v.At) + ". " + v.words()})
	}
	c.pen.Event(regime.NoticeJudgement, "The sealed views have been opened together", regime.RoleMembers)
}

// words says the view as the chronology has it.
func (v MemberJudgement) words() string {
	text := "Own view: " + v.View
	if v.Dissent {
		text = "Own view, differing from the others: " + v.View
	}
	if v.Wants {
		text = words.Full(text) + " Determines that focussed action is required."
	}
	return words.Sentence(text, "", v.Intends)
}

// Public is the case as it may be shown to those at the table: without what is sealed, and without
// what was recorded of a protected source (R14). Boards, records, files and the answers of queries
// are made from it; the case itself goes on with the whole.
//
// What this does not protect against: a person who has the key of the payloads (package seal) and
// the store of the Temporal server, or the memory of a worker, sees the text. It does not hide that
// a body has given a view, when, and who typed it. And it cannot keep people from telling each
// other.
func (c *Case) Public() *Case {
	k := c.clone()
	for i := range k.OwnViews {
		if v := &k.OwnViews[i]; v.Sealed {
			v.View, v.Intends, v.Dissent, v.Wants = sealedText, "", false, false
		}
	}
	k.pen.HideRequests()
	if c.Trigger != nil && c.Trigger.Protect {
		k.Trigger.Source = ""
	}
	for i := range k.Withdrawn {
		if t := &k.Withdrawn[i].Trigger; t.Protect {
			t.Source = ""
		}
	}
	for i := range k.Concerns {
		if n := &k.Concerns[i]; n.Protect {
			n.Source, n.SourceNote = "", ""
		}
	}
	return k
}
