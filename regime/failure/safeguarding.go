package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// The kinds of duty that are owed here.
const (
	DutyAdultProtocol regime.DutyKind = "ADULT_SAFEGUARDING_PROTOCOL"
	DutyNotifyBoard   regime.DutyKind = "NOTIFY_CHILDREN_BOARD"
	DutyEngageBoard   regime.DutyKind = "ENGAGE_CHILDREN_BOARD"
)

// SafeguardingFlag says that an adult or a child may be at risk. The chair of the discussion in
// progress owes what follows (003:L868), and it moves with the chair (A23).
type SafeguardingFlag struct {
	ID    string        `json:"id"` // "S1"
	About regime.AtRisk `json:"about"`
	What  string        `json:"what,omitempty"` // in neutral words
	By    ledger.Actor  `json:"by"`
	At    time.Time     `json:"at"`
	// Chair who was last told that the duties are its own.
	Chair regime.Party `json:"chair" passes:"on"`
	// Protocol of the local authority followed, for an adult (R40). Notified and Engaged are
	// two facts, for a child: the board has formal notice, and it takes part (R41).
	Protocol *Fact       `json:"protocol,omitempty"`
	Notified *Fact       `json:"notified,omitempty"`
	Engaged  *Fact       `json:"engaged,omitempty"`
	Police   *Considered `json:"police,omitempty"` // whether they are to be involved (R42)
}

// Fact is something that was done, and how.
type Fact struct {
	How string       `json:"how"`
	By  ledger.Actor `json:"by"`
	At  time.Time    `json:"at"`
}

var safeguardingVerbs = []Verb{
	{Path: "safeguarding flag", Update: "FlagSafeguarding", Rules: "R40 R41 A23",
		New:     func() Act { return new(FlagSafeguarding) },
		Summary: "Say that an adult or a child may be at risk (anybody, at any time)",
		Example: `safeguarding flag --case CASE --by CQC --about adult --what "care on one ward at night"`},
	{Path: "safeguarding protocol", Update: "FollowProtocol", Rules: "R40",
		New:     func() Act { return new(FollowProtocol) },
		Summary: "Record that the safeguarding adults protocol is followed (chair)",
		Example: `safeguarding protocol --case CASE --by "NHS England" --flag S1 ` +
			`--how "alert raised; strategy meeting on Friday"`},
	{Path: "safeguarding notify", Update: "NotifyChildrenBoard", Rules: "R41",
		New:     func() Act { return new(NotifyChildrenBoard) },
		Summary: "Record that the Local Safeguarding Children Board was formally notified (chair)",
		Example: `safeguarding notify --case CASE --by "NHS England" --flag S2 --how "letter to its chair"`},
	{Path: "safeguarding engage", Update: "EngageChildrenBoard", Rules: "R41",
		New:     func() Act { return new(EngageChildrenBoard) },
		Summary: "Record that the Local Safeguarding Children Board is engaged (chair)",
		Example: `safeguarding engage --case CASE --by "NHS England" --flag S2 --how "it sits in every meeting"`},
	{Path: "safeguarding police", Update: "ConsiderPolice", Rules: "R42",
		New:     func() Act { return new(ConsiderPolice) },
		Summary: "Record whether the police are to be involved, and why (chair)",
		Example: `safeguarding police --case CASE --by "NHS England" --flag S1 --answer no ` +
			`--reason "nothing points to a crime so far"`},
}

// flagDuties are what the chair owes for a flag.
func flagDuties(about regime.AtRisk) []regime.DutyKind {
	if about == regime.Child {
		return []regime.DutyKind{DutyNotifyBoard, DutyEngageBoard}
	}
	return []regime.DutyKind{DutyAdultProtocol}
}

func (c *Case) flag(id string) *SafeguardingFlag {
	return ledger.Find(c.Safeguarding, func(x SafeguardingFlag) bool { return x.ID == id })
}

// flagOpen reports whether something is still owed for the flag.
func (c *Case) flagOpen(f SafeguardingFlag) bool {
	for _, k := range flagDuties(f.About) {
		if c.Duty(k, f.ID) != nil {
			return true
		}
	}
	return false
}

// notifySafeguarding tells the chair, the local authority's team and, for a child, the board
// at once (N8, N9). Nothing of what is feared is in it.
func (c *Case) notifySafeguarding(f SafeguardingFlag) {
	kind, board := regime.NoticeKind(regime.NoticeAdultAtRisk), regime.RoleAdultSafeguarding
	if f.About == regime.Child {
		kind, board = regime.NoticeChildAtRisk, regime.RoleChildSafeguarding
	}
	if c.Stage == regime.Closed {
		c.pen.Event(kind, "Somebody at risk has been flagged ("+f.ID+") in a case that is closed: no "+
			"discussion is in progress, and each body acts within its own duties", regime.RoleChair, board)
		return
	}
	for i, k := range flagDuties(f.About) {
		if i == 0 {
			c.pen.Ask(kind, c.Duty(k, f.ID), regime.RoleOwner, board)
		} else {
			c.pen.Ask(kind, c.Duty(k, f.ID))
		}
	}
}

// safeguardingSettle tells a new chair what it has taken over.
func (c *Case) safeguardingSettle(time.Time) {
	for i := range c.Safeguarding {
		f := &c.Safeguarding[i]
		if c.Stage == regime.Closed || f.Chair == c.chair() || !c.flagOpen(*f) {
			continue
		}
		f.Chair = c.chair()
		kind := regime.NoticeKind(regime.NoticeAdultAtRisk)
		if f.About == regime.Child {
			kind = regime.NoticeChildAtRisk
		}
		for _, k := range flagDuties(f.About) {
			if d := c.Duty(k, f.ID); d != nil {
				c.pen.Ask(kind, d)
			}
		}
	}
}

// openSafeguarding lists what is still owed for those at risk, with the rule.
func (c *Case) openSafeguarding() (byRule, open []string) {
	for _, f := range c.Safeguarding {
		for _, k := range flagDuties(f.About) {
			if d := c.Duty(k, f.ID); d != nil {
				row, _ := c.profile().Duty(k)
				byRule = append(byRule, f.About.Rule())
				open = append(open, "safeguarding: it is still to "+c.Says(*d)+" ('"+row.How+"')")
			}
		}
	}
	return byRule, open
}

// safeguardingRegion is regions C1, adults, and C2, children: it blocks closing and the
// signing of a record, and nothing else.
var safeguardingRegion = region{
	name:   "safeguarding",
	settle: (*Case).safeguardingSettle,
	open: func(c *Case) []string {
		_, open := c.openSafeguarding()
		return open
	},
}
