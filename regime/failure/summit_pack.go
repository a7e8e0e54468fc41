package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyGatherPack is the kind of duty that is owed here.
const DutyGatherPack regime.DutyKind = "GATHER_PACK"

// PackPage is what one invited party brings to the summit: a page for all to read before it
// (regime 5.8). No summit waits for it.
type PackPage struct {
	By   regime.Party `json:"by"`
	Text string       `json:"text"`
	At   time.Time    `json:"at"`
}

// packless are the invited who have sent no page. A pack that has not been begun is not chased: a
// summit can do without.
func (s Summit) packless() []regime.Party {
	var out []regime.Party
	if len(s.Pages) == 0 {
		return nil
	}
	for _, p := range s.invited() {
		if s.page(p) == nil {
			out = append(out, p)
		}
	}
	return out
}

func (s Summit) page(p regime.Party) *PackPage {
	for i := range s.Pages {
		if s.Pages[i].By == p {
			return &s.Pages[i]
		}
	}
	return nil
}

// askForPack has the convenor gather a page from each who is invited, where the summit is far
// enough off, and gives the sentence that asks for it.
func (c *Case) askForPack(at time.Time, m ledger.Moment) string {
	row, _ := c.profile().Duty(DutyGatherPack)
	due := row.Period.After(at)
	if !due.After(m.Now) {
		c.pen.EndDuty(DutyGatherPack, "", ledger.EndNotNeeded, m)
		return ""
	}
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyGatherPack, Owner: c.support(), Start: m.Now, Due: due})
	c.pen.Reschedule(DutyGatherPack, "", due, m.Now)
	return ". A page from each body goes into the pack until " + calendar.Instant(due)
}

// GivePage puts a body's own page into the pack, or another in its place.
type GivePage struct {
	Page string `json:"page" flag:"what" was:"page" usage:"what your body knows, how sure it is, what it has done and plans, without anyone's name" need:"yes"`
}

func (a *GivePage) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.Convening {
		return regime.Refusef("T3", "no summit is waiting for its pack: %s.", c.Stage.Words())
	}
	if !slices.Contains(c.Summit.invited(), m.By.For) {
		return regime.Refusef("R15", "%s has not been invited to the summit.", c.Name(m.By.For))
	}
	return nil
}

func (a *GivePage) do(c *Case, m ledger.Moment) string {
	s := &c.Summit
	if p := s.page(m.By.For); p != nil {
		p.Text, p.At = a.Page, m.Now
	} else {
		s.Pages = append(s.Pages, PackPage{By: m.By.For, Text: a.Page, At: m.Now})
	}
	if len(s.packless()) == 0 {
		c.packReady(m)
	}
	return "Page for the pack: " + words.Full(a.Page)
}

// SendSummitPack says that the pack is ready with the pages that have come.
type SendSummitPack struct{}

func (a *SendSummitPack) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.Convening {
		return regime.Refusef("T3", "no summit is waiting for its pack: %s.", c.Stage.Words())
	}
	if m.By.For != c.support() {
		return regime.Refusef("R73", "%s, who supports the group, says that the pack is ready.", c.Name(c.support()))
	}
	if len(c.Summit.Pages) == 0 {
		return regime.Mistakef("no page has come yet ('summit pack').")
	}
	return nil
}

func (a *SendSummitPack) do(c *Case, m ledger.Moment) string {
	c.packReady(m)
	return "The pack is ready, with " + words.Count(len(c.Summit.Pages), "page") + "."
}

// packReady tells those who are invited that the pack is there, once.
func (c *Case) packReady(m ledger.Moment) {
	s := &c.Summit
	if !s.PackReady.IsZero() || len(s.Pages) == 0 {
		return
	}
	s.PackReady = m.Now
	c.pen.Discharge(DutyGatherPack, "", m)
	label := c.profile().Labels.Summit
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeAnswerInvitation, To: c.Audiences(regime.Contacts(regime.RoleInvited), ledger.Duty{}), By: s.At,
		Asks: ledger.Asking("read the pack for the "+label, ""),
		Text: "The pack for the " + label + " is in the case, with " + words.Count(len(s.Pages), "page") + c.andNobodyActs()})
}

// packDue closes the pack at its time with what is there.
func (c *Case) packDue(now time.Time) {
	if s := &c.Summit; s.PackReady.IsZero() && len(s.Pages) > 0 {
		c.pen.EnterByClock(now, "The time for pages is over: the pack goes with "+words.Count(len(s.Pages),
			"page")+".")
	}
	c.packReady(ledger.Moment{Now: now, By: ledger.Actor{For: c.support()}})
	c.pen.Lapse(now, DutyGatherPack)
}
