package failure

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// FlagSafeguarding is anybody's at any time, after the closing too. While no discussion is in
// progress any more there is no chair to owe anything: those who act by law are told.
type FlagSafeguarding struct {
	About regime.AtRisk `json:"about" flag:"about" usage:"who may be at risk" need:"yes"`
	What  string        `json:"what,omitempty" flag:"what" usage:"what it is about, in neutral words and without anyone's name"`
	// Boards may be known to who flags.
	Boards []regime.Party `json:"boards,omitempty" flag:"board" usage:"the relevant safeguarding team (an adult) or children's board (a child), if it is known"`
}

func (a *FlagSafeguarding) allowedAfterClosing() {}

func (a *FlagSafeguarding) check(c *Case, _ ledger.Moment) error {
	return c.checkBoards(a.About, a.Boards)
}

func (a *FlagSafeguarding) do(c *Case, m ledger.Moment) string {
	text := c.raiseFlag(a.About, a.What, m, a.Boards...)
	if a.What != "" {
		text += " It is about: " + a.What
	}
	return text
}

// raiseFlag opens what the chair owes and tells those concerned at once.
func (c *Case) raiseFlag(about regime.AtRisk, what string, m ledger.Moment, boards ...regime.Party) string {
	f := SafeguardingFlag{ID: "S" + strconv.Itoa(len(c.Safeguarding)+1), About: about, What: what, By: m.By,
		At: m.Now, Chair: c.chair(), Boards: boards}
	c.Safeguarding = append(c.Safeguarding, f)
	if c.Stage != regime.Closed {
		for _, k := range flagDuties(about) {
			c.pen.OpenDuty(ledger.DutySpec{Kind: k, Role: regime.RoleChair, Subject: f.ID, Start: m.Now})
		}
		if !c.relevantKnown(f) {
			c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNameBoard, Role: regime.RoleChair, Subject: f.ID, Start: m.Now})
		}
	}
	c.notifySafeguarding(f)
	who := "an adult"
	if about == regime.Child {
		who = "a child"
	}
	text := "Safeguarding flag " + f.ID + ": " + who + " may be at risk. Told: " + c.boardNames(f) + "."
	if c.Stage == regime.Closed {
		return text + " The case is closed; a new trigger opens one whose chair ensures what follows."
	}
	return text + " The chair, " + c.Name(c.chair()) + ", ensures what follows (" + about.Rule() +
		"). To be considered and answered: the police (R42)."
}

// boardNames are the boards that are told of a flag; of a seat for a whole area it says so.
func (c *Case) boardNames(f SafeguardingFlag) string {
	var out []string
	for _, p := range c.boardsOf(f.About, f.ID) {
		name := c.Name(p)
		if c.wide(p) {
			name += " (for its whole area, since which one is relevant is not known)"
		}
		out = append(out, name)
	}
	return words.List(out)
}

// NameBoard answers which board is relevant (003:L868). Those that were not told before are told at once.
type NameBoard struct {
	Flag   string         `json:"flag" flag:"flag" number:"yes" usage:"the flag's number, such as S1" need:"yes"`
	Boards []regime.Party `json:"boards" flag:"board" usage:"the relevant safeguarding team (an adult) or children's board (a child)" need:"yes"`
	Reason string         `json:"reason" flag:"reason" usage:"why, without anyone's name" need:"yes"`
}

func (a *NameBoard) check(c *Case, m ledger.Moment) error {
	f, err := c.chairSafeguards(m, a.Flag, "R108")
	if err != nil {
		return err
	}
	return c.checkBoards(f.About, a.Boards)
}

func (a *NameBoard) do(c *Case, m ledger.Moment) string {
	f := c.flag(a.Flag)
	before := c.boardsOf(f.About, f.ID)
	f.Boards = a.Boards
	c.pen.Discharge(DutyNameBoard, f.ID, m)
	c.tellBoards(*f, before)
	return "For flag " + f.ID + " relevant: " + c.names(a.Boards) + ". " + words.Full(a.Reason)
}

// tellBoards tells those that a flag is for and that were not told before.
func (c *Case) tellBoards(f SafeguardingFlag, before []regime.Party) {
	kind := regime.NoticeKind(regime.NoticeAdultAtRisk)
	if f.About == regime.Child {
		kind = regime.NoticeChildAtRisk
	}
	to := slices.DeleteFunc(slices.Clone(c.boardsOf(f.About, f.ID)), func(p regime.Party) bool { return slices.Contains(before, p) })
	c.pen.Notify(ledger.Notice{Kind: kind, To: ledger.DutyContacts(to), Asks: ledger.Asking("take your part in safeguarding flag "+f.ID, ""),
		Text: "You are named as relevant for somebody at risk (" + f.ID + "). The case shows what it is about"})
}

// chairSafeguards refuses all but the chair of the discussion in progress.
func (c *Case) chairSafeguards(m ledger.Moment, id, rule string) (*SafeguardingFlag, error) {
	f := c.flag(id)
	if f == nil {
		return nil, regime.Mistakef("there is no safeguarding flag %q in case %s.", words.Clip(id, 20), c.Ref)
	}
	if m.By.For != c.chair() {
		return nil, regime.Refusef(rule, "the chair of the discussion in progress, %s, ensures and records "+
			"this.", c.Name(c.chair()))
	}
	return f, nil
}

// chairOnce refuses all but the chair too, and what is recorded already or is about the other
// kind of flag.
func (c *Case) chairOnce(m ledger.Moment, id string, about regime.AtRisk, done func(*SafeguardingFlag) *Fact) error {
	f, err := c.chairSafeguards(m, id, about.Rule())
	switch {
	case err != nil:
		return err
	case f.About != about:
		return regime.Mistakef("flag %s is about %s, not about %s.", f.ID, f.About, about)
	case done(f) != nil:
		return regime.Mistakef("that has already been recorded for flag %s; a correction is a 'note add'.", f.ID)
	}
	return nil
}

// safeguarded ends the duty that the fact fulfils.
func (c *Case) safeguarded(f *SafeguardingFlag, k regime.DutyKind, how string, m ledger.Moment) *Fact {
	c.pen.Discharge(k, f.ID, m)
	return &Fact{How: how, By: m.By, At: m.At}
}

// policeRemark is a prompt only (R42).
func (f *SafeguardingFlag) policeRemark() string {
	if f.Crime != nil {
		return ""
	}
	return " (Not said: whether the police are to be involved, R42.)"
}

// FollowProtocol is the chair's word that the local authority's protocol is followed (R40).
type FollowProtocol struct {
	Flag string    `json:"flag" flag:"flag" number:"yes" usage:"the flag's number, such as S1" need:"yes"`
	How  string    `json:"how" flag:"how" usage:"what is done under the protocol, without anyone's name" need:"yes"`
	At   time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"since when, if earlier than now"`
}

func (a *FollowProtocol) check(c *Case, m ledger.Moment) error {
	return c.chairOnce(m, a.Flag, regime.Adult, func(f *SafeguardingFlag) *Fact { return f.Protocol })
}

func (a *FollowProtocol) do(c *Case, m ledger.Moment) string {
	f := c.flag(a.Flag)
	f.Protocol = c.safeguarded(f, DutyAdultProtocol, a.How, m)
	return "The safeguarding adults protocol is followed for flag " + f.ID + ": " + a.How + f.policeRemark()
}

// NotifyChildrenBoard is the formal notice to the board, the first of two facts (R41).
type NotifyChildrenBoard struct {
	Flag string    `json:"flag" flag:"flag" number:"yes" usage:"the flag's number, such as S1" need:"yes"`
	How  string    `json:"how" flag:"how" usage:"how the board was notified" need:"yes"`
	At   time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was notified, if earlier than now"`
}

func (a *NotifyChildrenBoard) check(c *Case, m ledger.Moment) error {
	return c.chairOnce(m, a.Flag, regime.Child, func(f *SafeguardingFlag) *Fact { return f.Notified })
}

func (a *NotifyChildrenBoard) do(c *Case, m ledger.Moment) string {
	f := c.flag(a.Flag)
	f.Notified = c.safeguarded(f, DutyNotifyBoard, a.How, m)
	return "Formally notified " + c.boardNames(*f) + " for flag " +
		f.ID + ": " + a.How + f.policeRemark()
}

// EngageChildrenBoard is that the board takes part, the second fact; being told is not
// enough (R41).
type EngageChildrenBoard struct {
	Flag string    `json:"flag" flag:"flag" number:"yes" usage:"the flag's number, such as S1" need:"yes"`
	How  string    `json:"how" flag:"how" usage:"how the board takes part" need:"yes"`
	At   time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"since when, if earlier than now"`
}

func (a *EngageChildrenBoard) check(c *Case, m ledger.Moment) error {
	return c.chairOnce(m, a.Flag, regime.Child, func(f *SafeguardingFlag) *Fact { return f.Engaged })
}

func (a *EngageChildrenBoard) do(c *Case, m ledger.Moment) string {
	f := c.flag(a.Flag)
	f.Engaged = c.safeguarded(f, DutyEngageBoard, a.How, m)
	return "The " + c.profile().ChildBoard() + " engaged for flag " + f.ID + ": " + a.How + f.policeRemark()
}

// ConsiderPolice records the answer, either way with its reason; it may change (R42).
type ConsiderPolice struct {
	Flag   string    `json:"flag" flag:"flag" number:"yes" usage:"the flag's number, such as S1" need:"yes"`
	Answer YesNo     `json:"answer" flag:"answer" usage:"whether the police are to be involved" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why, without anyone's name" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was considered, if earlier than now"`
}

func (a *ConsiderPolice) check(c *Case, m ledger.Moment) error {
	_, err := c.chairSafeguards(m, a.Flag, "R42")
	return err
}

func (a *ConsiderPolice) do(c *Case, m ledger.Moment) string {
	f := c.flag(a.Flag)
	f.Crime = &Considered{Answer: a.Answer, Reason: a.Reason, By: m.By, At: m.At}
	text := "Whether the police are to be involved for flag " + f.ID + ": " + string(a.Answer) + ". " + a.Reason
	if a.Answer != "yes" {
		return text
	}
	kind := regime.NoticeKind(regime.NoticeAdultAtRisk)
	if f.About == regime.Child {
		kind = regime.NoticeChildAtRisk
	}
	police := c.serving(c.holderOf(regime.InvestigatesCrime))
	c.pen.Notify(ledger.Notice{Kind: kind, To: ledger.DutyContacts(police),
		Asks: ledger.Asking("take your part in safeguarding flag "+f.ID,
			""), Text: "The chair asks for it. The case shows what it is about"})
	return words.Full(text) + " Told: " + c.names(police) + "."
}
