package ledger

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// ChannelPage is how an act comes in that is done on a member's page, opened by the link of a mail.
const ChannelPage = "page"

// LinkLife is how long a link goes on after its notice, and after what it asks for is over. Ours (R128).
const LinkLife = 6 * 7 * 24 * time.Hour

// Way is how an act came in, in words: "command line", "page, by the link of the duty contact (n12)".
func (a Actor) Way() string {
	if a.Contact == "" {
		return a.Channel
	}
	return a.Channel + ", by the link of the " + string(a.Contact) + " contact (" + a.Notice + ")"
}

// LinkEnds is when the link of a notice ends for its recipient: never while what it asks for is open;
// zero is never.
func (l *Ledger) LinkEnds(n Notice) time.Time {
	end := calendar.Latest(n.At, n.By)
	if d := l.dutyNamed(n.Enters()); d != nil {
		if d.Open() {
			return time.Time{}
		}
		end = calendar.Latest(end, d.Ended)
	}
	return end.Add(LinkLife)
}

// linkOf finds a contact as it is typed ("CQC:duty"), and a notice that its party was sent: the one that is
// named or, where none is, the latest that asks the party something, or that it was sent at all.
func (l *Ledger) linkOf(to, notice string) (Mailbox, Notice, error) {
	who, err := l.mailbox(to)
	if err != nil {
		return who, Notice{}, err
	}
	var latest, asking Notice
	for _, n := range l.Notices {
		if !slices.Contains(PartiesOf(n.To), who.Party) || notice != "" && !strings.EqualFold(notice, n.ID) ||
			n.Kind == regime.NoticeNewLink {
			continue
		}
		latest = n
		if len(l.asksOf(n, who.Party)) > 0 {
			asking = n
		}
	}
	switch {
	case asking.ID != "":
		return who, asking, nil
	case latest.ID != "":
		return who, latest, nil
	case notice != "":
		return who, Notice{}, regime.Mistakef("%s was sent no notice %q.", l.subject.Name(who.Party), notice)
	}
	return who, Notice{}, regime.Mistakef("%s was sent nothing here.", l.subject.Name(who.Party))
}

func (l *Ledger) mailbox(typed string) (Mailbox, error) {
	typed = strings.TrimSpace(typed)
	i := strings.LastIndexAny(typed, ": ")
	wrong := regime.Mistakef("%q is not a contact; one is a body, a colon, and one of %s.", words.Clip(typed, 60),
		words.List(regime.Level("").Choices()))
	if i < 0 {
		return Mailbox{}, wrong
	}
	level := regime.Level(strings.ToLower(typed[i+1:]))
	if !slices.Contains(level.Choices(), string(level)) {
		return Mailbox{}, wrong
	}
	for _, n := range slices.Backward(l.Notices) {
		for _, p := range PartiesOf(n.To) {
			if l.names(typed, Mailbox{p, level}) {
				return Mailbox{p, level}, nil
			}
		}
	}
	return Mailbox{}, regime.Mistakef("%s was sent nothing here.", words.Clip(typed[:i], 60))
}

// asksOf is what a notice still asks of a party.
func (l *Ledger) asksOf(n Notice, p regime.Party) []Ask {
	if d := l.dutyNamed(n.Enters()); d != nil && !d.Open() {
		return nil
	}
	var out []Ask
	for _, a := range l.Asked(n) {
		if slices.Contains(a.Of, p) && a.Says != "" {
			out = append(out, Ask{Of: []regime.Party{p}, Says: a.Says, How: a.How})
		}
	}
	return out
}

// CheckLinks refuses who may not see to the links of a contact: the body itself may, and the office that
// keeps the record (R128).
func (l *Ledger) CheckLinks(to, notice string, m Moment) error {
	who, _, err := l.linkOf(to, notice)
	if err != nil {
		return err
	}
	if m.By.For != who.Party && m.By.For != l.subject.Support() {
		return regime.Refusef("R128", "the links of %s are for %s itself and for %s to see to.", l.subject.Name(who.Party),
			l.subject.Name(who.Party), l.subject.Name(l.subject.Support()))
	}
	return nil
}

// linkPause is between two new links to one contact: who holds a dead link can ask for them without end.
const linkPause = time.Hour

// CheckSendLink refuses a new link where one has only just gone.
func (l *Ledger) CheckSendLink(to, notice string, m Moment) error {
	if err := l.CheckLinks(to, notice, m); err != nil {
		return err
	}
	who, about, _ := l.linkOf(to, notice)
	for _, n := range slices.Backward(l.Notices) {
		if n.Kind == regime.NoticeNewLink && n.About == about.ID && n.recipient(who.Party, who.Level) != nil &&
			m.Now.Before(n.At.Add(linkPause)) {
			return regime.Mistakef("a new link went to %s at %s already.", l.contact(who.Party, who.Level),
				calendar.Instant(n.At))
		}
	}
	return nil
}

// SendLink sends a contact a link of its own to what its party was sent.
func (l *Pen) SendLink(to, notice string, m Moment) string {
	who, n, err := l.linkOf(to, notice)
	if err != nil {
		return "" // check has passed
	}
	l.sendAbout(regime.NoticeNewLink, n, who, "Here is a new link. Use this one from now on", m.Now)
	return "Sent a new link to " + l.contact(who.Party, who.Level) + ", about " + n.ID + "."
}

// sendAbout tells one contact of a notice that its party had, with what that still asks.
func (l *Pen) sendAbout(k regime.NoticeKind, n Notice, who Mailbox, text string, now time.Time) {
	one := Notice{Kind: k, About: n.ID, Text: text, Asks: l.asksOf(n, who.Party),
		To: []Recipient{{Party: who.Party, Level: who.Level}}}
	if d := l.dutyNamed(n.Enters()); d != nil && d.Open() {
		one.Entry, one.By = d.ID, d.Due
	}
	if !one.By.After(now) {
		one.By = time.Time{}
	}
	l.Notify(one)
}

// WithdrawLinks ends the links that a contact has been sent, or that of one notice. A mail that has yet to
// go will have one that opens.
func (l *Pen) WithdrawLinks(to, notice, reason string) string {
	who, _, err := l.linkOf(to, notice)
	if err != nil {
		return "" // check has passed
	}
	ended := 0
	for i := range l.Notices {
		n := &l.Notices[i]
		r := n.recipient(who.Party, who.Level)
		if r == nil || r.waiting() || r.NoLink || notice != "" && !strings.EqualFold(notice, n.ID) {
			continue
		}
		r.NoLink = true
		ended++
	}
	return "Withdrew the links of " + l.contact(who.Party, who.Level) + " (" + words.Count(ended, "mail") + "): " +
		words.Full(reason)
}

// CheckPassOn refuses to pass on what the body was not sent (R129).
func (l *Ledger) CheckPassOn(notice string, to regime.Level, m Moment) error {
	for _, n := range l.Notices {
		if !strings.EqualFold(notice, n.ID) {
			continue
		}
		if !slices.Contains(PartiesOf(n.To), m.By.For) {
			break
		}
		if m.By.Contact == to {
			return regime.Mistakef("--to: the %s contact has it already.", to)
		}
		return nil
	}
	return regime.Refusef("R129", "%s was sent no notice %q; a body passes on what it was asked itself.",
		l.subject.Name(m.By.For), words.Clip(notice, 20))
}

// PassOn has another contact of the same body asked too, by a mail with a link of its own.
func (l *Pen) PassOn(notice string, to regime.Level, m Moment) string {
	at := slices.IndexFunc(l.Notices, func(n Notice) bool { return strings.EqualFold(notice, n.ID) })
	if at < 0 {
		return "" // check has passed
	}
	from := l.subject.Name(m.By.For)
	if m.By.Contact != "" {
		from = "The " + string(m.By.Contact) + " contact of " + from
	}
	l.sendAbout(regime.NoticePassedOn, l.Notices[at], Mailbox{m.By.For, to}, from+" has passed this on to you", m.Now)
	return "Passed " + l.Notices[at].ID + " on to " + l.contact(m.By.For, to) + "."
}

// confirmAnswer tells the body's other contacts what was answered for it on a page, so that a wrong hand is
// noticed (R130). What was written stays on the record and is in no mail. The executive hears of it where
// the question had gone up to there.
func (l *Pen) confirmAnswer(d Command, m Moment) {
	if m.By.Channel != ChannelPage || m.By.Contact == "" || d.Unproven {
		return
	}
	var to []Recipient
	for _, level := range l.subject.Profile().Contacts.Order {
		if level == m.By.Contact || level == regime.LevelExecutive && !l.wentTo(m.By.Notice, m.By.For, level) {
			continue
		}
		to = append(to, Recipient{Party: m.By.For, Level: level})
	}
	text := m.By.Person
	if m.By.Role != "" {
		text += " (" + m.By.Role + ")"
	}
	text += " answered for " + l.subject.Name(m.By.For) + ", by the link of its " + string(m.By.Contact) + " contact: "
	text += cmp.Or(d.Does, d.Path)
	if said := mailable(d.Act); said != "" {
		text += ": " + said
	}
	l.Notify(Notice{Kind: regime.NoticeAnswered, About: m.By.Notice, Text: text, To: to})
}

func (l *Ledger) wentTo(notice string, p regime.Party, level regime.Level) bool {
	return slices.ContainsFunc(l.Notices, func(n Notice) bool { return n.ID == notice && n.recipient(p, level) != nil })
}

// Mailable is a closed list whose values tell nothing of a case: "attending".
type Mailable interface{ Mailable() }

// mailable is what may stand in a mail of what an act says.
func mailable(act any) string {
	v := reflect.ValueOf(act).Elem()
	for _, f := range regime.Fields(act) {
		if one := v.Field(f.Index); !one.IsZero() {
			if _, ok := one.Interface().(Mailable); ok {
				return words.Plain(one.String())
			}
		}
	}
	return ""
}

// ContactUse is how a contact has answered what it was asked.
type ContactUse struct {
	Party regime.Party `json:"party"`
	Level regime.Level `json:"level"`
	// Asked counts the mails that asked something of its party, Pages the acts by its links, and Others the
	// party's acts by another way.
	Asked     int       `json:"asked"`
	Pages     int       `json:"pages"`
	Others    int       `json:"others"`
	Last      time.Time `json:"last,omitzero"`      // of its acts by page
	Withdrawn int       `json:"withdrawn,omitzero"` // links
}

// Never reports whether its body has never answered by any way.
func (u ContactUse) Never() bool { return u.Asked > 0 && u.Pages+u.Others == 0 }

// ContactUses are those of all contacts that were asked something, in the order in which they first were.
func (l *Ledger) ContactUses() []ContactUse {
	var out []ContactUse
	for _, n := range l.Notices {
		for _, r := range n.To {
			if len(l.askedOf(n, r.Party)) == 0 {
				continue
			}
			at := slices.IndexFunc(out, func(u ContactUse) bool { return u.Party == r.Party && u.Level == r.Level })
			if at < 0 {
				at, out = len(out), append(out, ContactUse{Party: r.Party, Level: r.Level})
			}
			out[at].Asked++
			if r.NoLink {
				out[at].Withdrawn++
			}
		}
	}
	for _, e := range l.Entries {
		for i := range out {
			u := &out[i]
			switch {
			case e.Verb == ByClock || e.By.For != u.Party:
			case e.By.Channel != ChannelPage:
				u.Others++
			case e.By.Contact == u.Level:
				u.Pages, u.Last = u.Pages+1, e.At
			}
		}
	}
	return out
}

func (l *Ledger) askedOf(n Notice, p regime.Party) []Ask {
	return slices.DeleteFunc(l.Asked(n), func(a Ask) bool { return !slices.Contains(a.Of, p) || a.Says == "" })
}
