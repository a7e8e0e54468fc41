package ledger

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Agreement puts something to rest: a concern gets no further attention, a level goes down, a case
// closes, a record becomes final. What one body raised, others cannot make disappear. So it is said
// who agreed, on what, who is touched and told, and until when that can be objected to. An objection is
// kept beside it and blocks nothing (R92).
type Agreement struct {
	ID   string        `json:"id"` // "M1"
	Kind AgreementKind `json:"kind"`
	// Of is what is put to rest: a concern, a provider's code, a meeting's number.
	Of string       `json:"of,omitempty"`
	By regime.Party `json:"by"`
	At time.Time    `json:"at"`
	// Present were named as there. Agreed are those of them that did not see it otherwise, and those
	// that were asked and have answered so.
	Present  []regime.Party `json:"present,omitempty"`
	Agreed   []regime.Party `json:"agreed,omitempty"`
	Reason   string         `json:"reason,omitempty"`
	Evidence string         `json:"evidence,omitempty"`
	Told     []regime.Party `json:"told,omitempty"`
	// Until is when the time to object ends, and with it what was put to rest.
	Until      time.Time        `json:"until"`
	Objections []Objection      `json:"objections,omitempty"`
	Ended      time.Time        `json:"ended,omitzero"`
	Outcome    AgreementOutcome `json:"outcome,omitempty"`
}

// Objection is one body's, kept beside what it objects to; of a record, a correction or a dissent.
type Objection struct {
	By  regime.Party `json:"by"`
	Why string       `json:"why"`
	At  time.Time    `json:"at,omitzero"`
	As  ObjectionAs  `json:"as,omitempty"`
}

// ObjectionAs is what is said against something.
type ObjectionAs string

// What can be said against something; the last two of a record.
const (
	AsObjection  ObjectionAs = "objection"
	AsCorrection ObjectionAs = "correction"
	AsDissent    ObjectionAs = "dissent"
)

// Choices lists them.
func (ObjectionAs) Choices() []string {
	return []string{string(AsObjection), string(AsCorrection), string(AsDissent)}
}

// AgreementKind is what is put to rest.
type AgreementKind string

// The kinds of agreement.
const (
	ToSetAside AgreementKind = "SET_ASIDE"
	ToLower    AgreementKind = "LOWER_LEVEL"
	ToClose    AgreementKind = "CLOSE"
	ToFinalise AgreementKind = "RECORD"
)

// Words say what is put to rest.
func (k AgreementKind) Words() string {
	switch k {
	case ToSetAside:
		return "a concern gets no further attention"
	case ToLower:
		return "a level goes down"
	case ToClose:
		return "the case closes"
	case ToFinalise:
		return "a record becomes final"
	}
	return string(k)
}

// AgreementOutcome is how the time to object has ended.
type AgreementOutcome string

// The outcomes.
const (
	TookEffect AgreementOutcome = "TOOK_EFFECT"
	NotAgreed  AgreementOutcome = "NOT_AGREED" // too few had agreed when the time was up
	KeptOpen   AgreementOutcome = "KEPT_OPEN"  // by who had raised the concern
	Overtaken  AgreementOutcome = "OVERTAKEN"
)

// Words say how the time to object has ended.
func (o AgreementOutcome) Words() string {
	switch o {
	case TookEffect:
		return "took effect"
	case NotAgreed:
		return "too few had agreed"
	case KeptOpen:
		return "kept open by who had raised it"
	case Overtaken:
		return "overtaken"
	}
	return string(o)
}

// timesToObject are the duties to hear objections; the profile has their periods.
var timesToObject = map[AgreementKind]regime.DutyKind{
	ToSetAside: regime.DutyHearSettingAside, ToLower: regime.DutyHearLowering,
	ToClose: regime.DutyHearClosing, ToFinalise: regime.DutyHearCorrections,
}

// Open reports whether its time to object is still running.
func (a *Agreement) Open() bool { return a.Ended.IsZero() }

// Agree begins the time to object, when it is recorded: nobody can object before being told. The agreement gets its
// number and its end before told says who is told of it, and how.
func (l *Pen) Agree(a Agreement, told func(Agreement) Notice) Agreement {
	last := 0 // those before it may have left
	if n := len(l.Agreements); n > 0 {
		last = numbered(l.Agreements[n-1].ID)
	}
	a.ID = "M" + strconv.Itoa(last+1)
	d := l.OpenDuty(DutySpec{Kind: timesToObject[a.Kind], Role: regime.RoleChair, Subject: a.ID,
		Start: calendar.Latest(a.At, l.recordedAt)})
	a.Until = d.Due
	n := told(a)
	n.By = a.Until
	a.Told = PartiesOf(n.To)
	l.Agreements = append(l.Agreements, a)
	l.Notify(n)
	return a
}

// EndAgreement ends the time to object.
func (l *Pen) EndAgreement(id string, outcome AgreementOutcome, m Moment) {
	a := l.Agreement(id)
	a.Ended, a.Outcome = m.Now, outcome
	how := EndDone
	if outcome == Overtaken {
		how = EndNotNeeded
		l.overtaken = append(l.overtaken, a.ID)
	}
	if m.Now.After(a.Until) {
		m.At = a.Until // a clock that was stopped makes nobody late
	}
	l.EndDuty(timesToObject[a.Kind], a.ID, how, m)
}

// Agreement finds one by its number; nil where there is none.
func (l *Ledger) Agreement(id string) *Agreement {
	return Find(l.Agreements, func(a Agreement) bool { return a.ID == words.Code(id) })
}

// Pending is the agreement about something whose time to object is running; nil where there is none.
func (l *Ledger) Pending(k AgreementKind, of string) *Agreement {
	return Find(l.Agreements, func(a Agreement) bool { return a.Kind == k && a.Of == of && a.Open() })
}

// AgreementBehind is what can be objected to until a duty's time is up; nil for any other duty.
func (l *Ledger) AgreementBehind(d Duty) *Agreement {
	for _, k := range timesToObject {
		if d.Kind == k {
			return l.Agreement(d.Subject)
		}
	}
	return nil
}

// Enough reports whether as many have agreed as the profile asks for.
func (l *Ledger) Enough(a Agreement) bool {
	return len(a.Agreed) >= l.subject.Profile().Agreement.Least
}

// CheckHeard refuses what is said for or against something that is not, or not any more, to be agreed.
func (l *Ledger) CheckHeard(id string) (*Agreement, error) {
	a := l.Agreement(id)
	switch {
	case a == nil && l.wasNumbered(id) || a != nil && !a.Open():
		return nil, regime.Mistakef("the time to object to %s is over; what is to be added is a note.", words.Code(id))
	case a == nil:
		return nil, regime.Mistakef("there is nothing to be agreed under %q; %s.", words.Clip(id, 20), l.openWords())
	}
	return a, nil
}

// openWords name what can be agreed or objected to now.
func (l *Ledger) openWords() string {
	var open []string
	for _, a := range l.Agreements {
		if a.Open() {
			open = append(open, a.ID+" ("+a.Kind.Words()+")")
		}
	}
	if len(open) == 0 {
		return "nothing is to be agreed now"
	}
	return "open now: " + words.List(open)
}

// wasNumbered reports whether a number was given to something that has left since; the last always stays.
func (l *Ledger) wasNumbered(id string) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(words.Code(id), "M"))
	return err == nil && n > 0 && len(l.Agreements) > 0 && n <= numbered(l.Agreements[len(l.Agreements)-1].ID)
}

// Assent adds a body that was asked and has answered.
func (l *Pen) Assent(id string, m Moment) string {
	a := l.Agreement(id)
	if !slices.Contains(a.Agreed, m.By.For) {
		a.Agreed = append(a.Agreed, m.By.For)
	}
	a.Objections = slices.DeleteFunc(a.Objections,
		func(o Objection) bool { return o.By == m.By.For && o.As == AsObjection })
	return "Agrees to " + a.ID + "."
}

// Object keeps what a body says against it. Who objects does not count among those who agreed.
func (l *Pen) Object(id string, as ObjectionAs, why string, m Moment) string {
	a := l.Agreement(id)
	a.Objections = append(a.Objections, Objection{By: m.By.For, Why: why, At: m.At, As: as})
	if as != AsCorrection {
		a.Agreed = slices.DeleteFunc(slices.Clone(a.Agreed), func(p regime.Party) bool { return p == m.By.For })
	}
	return words.Capital(string(as)) + " to " + a.ID + ", kept beside it; it blocks nothing (R92): " + why
}

// ObjectingTo returns the kind of objection: to a record it is a correction unless it says otherwise; to
// anything else it never is.
func ObjectingTo(a Agreement, as ObjectionAs) ObjectionAs {
	if a.Kind != ToFinalise {
		return AsObjection
	}
	if as != AsDissent {
		return AsCorrection
	}
	return as
}

// AgreedWords say who agreed, and who objects: no word that anybody wrote.
func (l *Ledger) AgreedWords(a Agreement) string {
	text := "agreed by nobody"
	if len(a.Agreed) > 0 {
		text = "agreed by " + l.namesOf(a.Agreed)
	}
	return text + l.AgainstWords(a)
}

// AgainstWords say who has said something against it, and go on a sentence.
func (l *Ledger) AgainstWords(a Agreement) string {
	said := map[ObjectionAs][]regime.Party{}
	for _, o := range a.Objections {
		if !slices.Contains(said[o.As], o.By) {
			said[o.As] = append(said[o.As], o.By)
		}
	}
	text := ""
	for _, as := range ObjectionAs("").Choices() {
		if by := said[ObjectionAs(as)]; len(by) > 0 {
			text += "; " + as + " by " + l.namesOf(by)
		}
	}
	return text
}

// Beside lists what was said against it, each with its words, for the record.
func (l *Ledger) Beside(a Agreement) []string {
	var out []string
	for _, o := range a.Objections {
		out = append(out, l.subject.Name(o.By)+", "+string(o.As)+": "+o.Why)
	}
	return out
}

func (l *Ledger) namesOf(ps []regime.Party) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = l.subject.Name(p)
	}
	return words.List(out)
}

// NotYetAgreed lists those of the parties that have neither agreed nor objected.
func (a *Agreement) NotYetAgreed(ps []regime.Party) []regime.Party {
	return slices.DeleteFunc(slices.Clone(ps), func(p regime.Party) bool {
		return slices.Contains(a.Agreed, p) ||
			slices.ContainsFunc(a.Objections, func(o Objection) bool { return o.By == p })
	})
}

// SawOtherwise keeps beside an agreement which of those present saw it otherwise.
func SawOtherwise(dissent, present []regime.Party, m Moment) []Objection {
	var out []Objection
	for _, p := range dissent {
		if slices.Contains(present, p) {
			out = append(out, Objection{By: p, Why: "saw it otherwise at the meeting", At: m.At, As: AsObjection})
		}
	}
	return out
}

// OnEvidence says what an agreement rests on, after a sentence.
func OnEvidence(evidence string) string {
	if evidence == "" {
		return ""
	}
	return " Evidence: " + evidence
}

// Against lists who objects, or sees it otherwise.
func Against(a Agreement) []regime.Party {
	var out []regime.Party
	for _, o := range a.Objections {
		if o.As != AsCorrection && !slices.Contains(out, o.By) {
			out = append(out, o.By)
		}
	}
	return out
}

// AllHeard reports whether all that were told have agreed, or have said something against it. Only who raised a
// concern answers for it, and has its days.
func (a *Agreement) AllHeard() bool {
	return a.Open() && a.Kind != ToSetAside && len(a.NotYetAgreed(a.Told)) == 0
}

// Dissenting takes those that see it otherwise out of those present.
func Dissenting(present, otherwise []regime.Party) []regime.Party {
	return slices.DeleteFunc(slices.Clone(present), func(p regime.Party) bool { return slices.Contains(otherwise, p) })
}

// HeardAll ends the time to object to what all that were told have answered: nobody is waited for (R92).
func (l *Pen) HeardAll(takeEffect func(*Agreement)) {
	for i := range l.Agreements {
		if rest := &l.Agreements[i]; rest.AllHeard() {
			takeEffect(rest)
		}
	}
}

// Overtake ends what was on its way to be put to rest.
func (l *Pen) Overtake(k AgreementKind, of string, m Moment) {
	if rest := l.Pending(k, of); rest != nil {
		l.EndAgreement(rest.ID, Overtaken, m)
	}
}

// KeepOpen keeps what was on its way to be put to rest open, with the reason kept beside it.
func (l *Pen) KeepOpen(k AgreementKind, of, why string, m Moment) {
	if rest := l.Pending(k, of); rest != nil {
		l.Object(rest.ID, AsObjection, why, m)
		l.EndAgreement(rest.ID, KeptOpen, m)
	}
}
