package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyAdultProtocol regime.DutyKind = "ADULT_SAFEGUARDING_PROTOCOL"
	DutyNotifyBoard   regime.DutyKind = "NOTIFY_CHILDREN_BOARD"
	DutyEngageBoard   regime.DutyKind = "ENGAGE_CHILDREN_BOARD"

	// DutyNameBoard asks the chair which board is relevant (003:L868 "the relevant").
	DutyNameBoard       regime.DutyKind = "NAME_BOARD"
	DutyCoronerQuestion regime.DutyKind = "CORONER_QUESTION"
	DutyTellCoroner     regime.DutyKind = "TELL_CORONER"
)

// SafeguardingFlag says that an adult or a child may be at risk. The chair of the discussion in
// progress owes what follows (003:L868), and it moves with the chair (A23).
type SafeguardingFlag struct {
	ID    string        `json:"id"` // "S1"
	About regime.AtRisk `json:"about"`
	What  string        `json:"what,omitempty"` // in neutral words
	By    ledger.Actor  `json:"by"`
	At    time.Time     `json:"at"`
	// Boards are those named as relevant: safeguarding teams for an adult, children's boards for a child. Until one is
	// named all of the provider's people are told (R108).
	Boards []regime.Party `json:"boards,omitempty"`
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
	{Path: "safeguarding flag", Update: "FlagSafeguarding", Rules: "R40 R41 A23 R108",
		New:     func() Act { return new(FlagSafeguarding) },
		Did:     "said that an adult or a child may be at risk",
		Summary: "Say that an adult or a child may be at risk (anybody, at any time)",
		Example: `safeguarding flag --case CASE --by CQC --about adult --what "care on one ward at night"`},
	{Path: "safeguarding board", Update: "NameBoard", Rules: "R108",
		New:     func() Act { return new(NameBoard) },
		Did:     "said which safeguarding team or board is relevant",
		Summary: "Say which safeguarding team or board is relevant for a flag, and why (chair)",
		Example: `safeguarding board --case CASE --by "NHS England" --flag S1 --board "LA_SAFEGUARDING/E10000020" ` +
			`--reason "the person lives in Norfolk"`},
	{Path: "safeguarding protocol", Update: "FollowProtocol", Rules: "R40",
		New:     func() Act { return new(FollowProtocol) },
		Did:     "recorded that the safeguarding protocol is followed",
		Summary: "Record that the safeguarding adults protocol is followed (chair)",
		Example: `safeguarding protocol --case CASE --by "NHS England" --flag S1 ` +
			`--how "alert raised; strategy meeting on Friday"`},
	{Path: "safeguarding notify", Update: "NotifyChildrenBoard", Rules: "R41",
		New:     func() Act { return new(NotifyChildrenBoard) },
		Did:     "recorded that the children's board was notified",
		Summary: "Record that the Local Safeguarding Children Board was formally notified (chair)",
		Example: `safeguarding notify --case CASE --by "NHS England" --flag S2 --how "letter to its chair"`},
	{Path: "safeguarding engage", Update: "EngageChildrenBoard", Rules: "R41",
		New:     func() Act { return new(EngageChildrenBoard) },
		Did:     "recorded that the children's board is engaged",
		Summary: "Record that the Local Safeguarding Children Board is engaged (chair)",
		Example: `safeguarding engage --case CASE --by "NHS England" --flag S2 --how "it sits in every meeting"`},
	{Path: "safeguarding police", Update: "ConsiderPolice", Rules: "R42",
		New:     func() Act { return new(ConsiderPolice) },
		Did:     "recorded whether the police are to be involved",
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
	for _, k := range f.kinds() {
		if c.Duty(k, f.ID) != nil {
			return true
		}
	}
	return false
}

// kinds are all duties that a flag can open.
func (f SafeguardingFlag) kinds() []regime.DutyKind {
	return append(flagDuties(f.About), DutyNameBoard)
}

// boardsOf are the safeguarding teams, or for a child the boards, that a flag is told to: those named as relevant, else
// those of all the people that the provider serves, in each of its areas (R108).
func (c *Case) boardsOf(about regime.AtRisk, flag string) []regime.Party {
	if f := c.flag(flag); f != nil && f.About == about && len(f.Boards) > 0 {
		return f.Boards
	}
	return c.serving(c.boardBody(about))
}

func (c *Case) boardBody(about regime.AtRisk) regime.Body {
	if about == regime.Child {
		return c.holderOf(regime.ChildSafeguarding)
	}
	return c.holderOf(regime.AdultSafeguarding)
}

// relevantKnown reports whether it goes without saying which board is relevant: there is one, by name.
func (c *Case) relevantKnown(f SafeguardingFlag) bool {
	all := c.boardsOf(f.About, f.ID)
	return len(f.Boards) > 0 || len(all) == 1 && !c.wide(all[0])
}

// checkBoards refuses what is no board of the kind that the flag needs.
func (c *Case) checkBoards(about regime.AtRisk, boards []regime.Party) error {
	for _, p := range boards {
		if p.Body() != c.boardBody(about) || p.Unit() == "" {
			return regime.Mistakef("--board: %s is no %s; for %s they are %s.", p, c.profile().BodyName(c.boardBody(about)),
				about, c.names(c.serving(c.boardBody(about))))
		}
	}
	return nil
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
	for i, k := range f.kinds() {
		if c.Duty(k, f.ID) == nil {
			continue
		}
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
		for _, k := range f.kinds() {
			if d := c.Duty(k, f.ID); d != nil {
				c.pen.Ask(kind, d)
			}
		}
	}
}

// openSafeguarding lists what is still owed for those at risk, with the rule.
func (c *Case) openSafeguarding() (byRule, open []string) {
	for _, f := range c.Safeguarding {
		for _, k := range f.kinds() {
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
		_, deaths := c.openDeaths()
		return append(open, deaths...)
	},
}

// Death is that somebody has died, without a name, and whether the coroner has been told. The case asks
// (R111), as it asks for the police (R42); each body's own duty to tell is untouched.
type Death struct {
	ID      string       `json:"id"` // "L1"
	What    string       `json:"what,omitempty"`
	By      ledger.Actor `json:"by"`
	At      time.Time    `json:"at"`
	Coroner *Considered  `json:"coroner,omitempty"`
	Told    *Fact        `json:"told,omitempty"`
}

var coronerVerbs = []Verb{
	{Path: "death record", Update: "RecordDeath", Rules: "R111",
		New:     func() Act { return new(RecordDeath) },
		Did:     "said that somebody has died",
		Summary: "Say that somebody has died: whether the coroner has been told is asked (anybody, at any time)",
		Example: `death record --case CASE --by CQC --what "one death on the ward in question"`},
	{Path: "coroner answer", Update: "AnswerCoroner", Rules: "R111",
		New:     func() Act { return new(AnswerCoroner) },
		Did:     "said whether the coroner is to be told",
		Summary: "Say whether the coroner is to be told, and why (chair); to tell is then owed",
		Example: `coroner answer --case CASE --by "NHS England" --death L1 --answer yes --reason "the cause is not known"`},
	{Path: "coroner told", Update: "TellCoroner", Rules: "R111",
		New:     func() Act { return new(TellCoroner) },
		Did:     "recorded that the coroner has been told",
		Summary: "Record that the coroner has been told, and how (any body that told)",
		Example: `coroner told --case CASE --by "NHS England" --death L1 --how "by telephone, and in writing on the same day"`},
}

func (c *Case) deathOf(id string) *Death {
	return ledger.Find(c.Deaths, func(x Death) bool { return strings.EqualFold(x.ID, id) })
}

// death asks the chair about the coroner. After closing there is no chair to owe anything.
func (c *Case) death(what string, m ledger.Moment) string {
	k := Death{ID: "L" + strconv.Itoa(len(c.Deaths)+1), What: what, By: m.By, At: m.At}
	c.Deaths = append(c.Deaths, k)
	if c.Stage == regime.Closed {
		return "A death is recorded (" + k.ID + "). The case is closed: to tell the coroner is each body's own duty."
	}
	c.pen.Ask(regime.NoticeCoroner, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyCoronerQuestion, Role: regime.RoleChair,
		Subject: k.ID, Start: m.Now}))
	return "A death is recorded (" + k.ID + "). To be answered by the chair, " + c.Name(c.chair()) +
		": whether the coroner has been told (R111)."
}

// RecordDeath is anybody's, at any time.
type RecordDeath struct {
	What string    `json:"what,omitempty" flag:"what" usage:"what is known, in neutral words and without anyone's name"`
	At   time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it became known, if earlier than now"`
}

func (a *RecordDeath) allowedAfterClosing() {}

func (a *RecordDeath) check(*Case, ledger.Moment) error { return nil }

func (a *RecordDeath) do(c *Case, m ledger.Moment) string {
	return words.Sentence(c.death(a.What, m), a.What, "")
}

// AnswerCoroner is the chair's answer, either way with its reason; it may change until the coroner is told.
type AnswerCoroner struct {
	Death  string    `json:"death" flag:"death" number:"yes" usage:"the death's number, such as L1" need:"yes"`
	Answer YesNo     `json:"answer" flag:"answer" usage:"whether the coroner is to be told" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why, without anyone's name" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was considered, if earlier than now"`
}

func (c *Case) checkDeath(id string) (*Death, error) {
	k := c.deathOf(id)
	switch {
	case k == nil:
		return nil, regime.Mistakef("no death %q is recorded in case %s.", words.Clip(id, 20), c.Ref)
	case k.Told != nil:
		return nil, regime.Mistakef("that the coroner was told of %s is recorded already; a correction is a 'note add'.", k.ID)
	}
	return k, nil
}

func (a *AnswerCoroner) check(c *Case, m ledger.Moment) error {
	if _, err := c.checkDeath(a.Death); err != nil {
		return err
	}
	if m.By.For != c.chair() {
		return regime.Refusef("R111", "the chair of the discussion in progress, %s, answers this; who has told the coroner "+
			"says so by 'coroner told'.", c.Name(c.chair()))
	}
	return nil
}

func (a *AnswerCoroner) do(c *Case, m ledger.Moment) string {
	k := c.deathOf(a.Death)
	k.Coroner = &Considered{Answer: a.Answer, Reason: a.Reason, By: m.By, At: m.At}
	c.pen.Discharge(DutyCoronerQuestion, k.ID, m)
	text := "Whether the coroner is to be told of " + k.ID + ": " + string(a.Answer) + ". " + words.Full(a.Reason)
	if a.Answer == "no" {
		c.pen.EndDuty(DutyTellCoroner, k.ID, ledger.EndWithdrawn, m)
		return text
	}
	c.pen.Ask(regime.NoticeCoroner, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyTellCoroner, Role: regime.RoleChair,
		Subject: k.ID, Start: m.At}))
	return text
}

// TellCoroner records a fact, whoever told: any body may, and nobody waits for the chair's answer.
type TellCoroner struct {
	Death string    `json:"death" flag:"death" number:"yes" usage:"the death's number, such as L1" need:"yes"`
	How   string    `json:"how" flag:"how" usage:"how the coroner was told, without anyone's name" need:"yes"`
	At    time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when, if earlier than now"`
}

func (a *TellCoroner) allowedAfterClosing() {}

func (a *TellCoroner) check(c *Case, m ledger.Moment) error {
	_, err := c.checkDeath(a.Death)
	return err
}

func (a *TellCoroner) do(c *Case, m ledger.Moment) string {
	k := c.deathOf(a.Death)
	k.Told = &Fact{How: a.How, By: m.By, At: m.At}
	c.pen.Discharge(DutyCoronerQuestion, k.ID, m)
	c.pen.Discharge(DutyTellCoroner, k.ID, m)
	return "The coroner has been told of " + k.ID + ": " + a.How
}

// openDeaths lists what is still owed for those who died.
func (c *Case) openDeaths() (byRule, open []string) {
	for _, k := range c.Deaths {
		for _, kind := range []regime.DutyKind{DutyCoronerQuestion, DutyTellCoroner} {
			if d := c.Duty(kind, k.ID); d != nil {
				row, _ := c.profile().Duty(kind)
				byRule = append(byRule, "R111")
				open = append(open, "a death: it is still to "+c.Says(*d)+" ('"+row.How+"')")
			}
		}
	}
	return byRule, open
}
