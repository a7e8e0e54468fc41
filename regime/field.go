package regime

import (
	"reflect"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// MaxText is how many characters one text of an act may have: a page and a half. Longer
// matter belongs in a document that the act refers to.
const MaxText = 4000

// MaxList is the same of a text that is a list, a line for each item (`long:"yes"`).
const MaxList = 200_000

// Choices is implemented by the closed lists: it names what may be chosen, in order.
type Choices interface {
	// Choices lists what may be chosen.
	Choices() []string
}

// Field describes one value that an act takes, for the command line and its help. The tags
// of the act's struct are the one place where this is said: `flag` names it, `usage` explains
// it, `was` gives the names that it had, `need:"yes"` makes it compulsory, `when` says how a time lies to the present.
type Field struct {
	Flag, Usage string
	// Was are the names that the flag had: they are still taken, and shown nowhere.
	Was    []string
	Need   bool
	DayEnd bool
	// Confided: where the act is in confidence, others must not read it over somebody's shoulder.
	Confided bool
	// Long: the text is a list, read from a file as a rule.
	Long bool
	// Day tells of a time that a day alone may stand for, "start" or "end"; of any other the hour
	// matters.
	Day     string
	When    When   // how a time lies to the present
	Within  string // how far away it may lie: a part of the profile's reach
	Choices []string
	// Offered are those of the choices that somebody who names no profile is shown.
	Offered []string
	Index   int
	Type    reflect.Type
	of      string // the explanation before anything is filled in
}

// Fields lists what an act takes, in the order of its struct. The act is a pointer: a
// failure.Act or a surveillance.Act. The list is not to be changed.
func Fields(act any) []Field {
	t := reflect.TypeOf(act).Elem()
	if known, ok := knownFields.Load(t); ok {
		return known.([]Field)
	}
	read := fields(t)
	knownFields.Store(t, read)
	return read
}

// knownFields remembers what was read of a type ([]Field), since every act asks.
var knownFields sync.Map

func fields(t reflect.Type) []Field {
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("flag") == "" {
			continue // not for a person to say
		}
		field := Field{
			Flag: f.Tag.Get("flag"), Usage: SaidOfAny(f.Tag.Get("usage")), of: f.Tag.Get("usage"), Was: strings.Fields(f.Tag.Get("was")),
			Need: f.Tag.Get("need") == "yes", Confided: f.Tag.Get("confided") == "yes", Long: f.Tag.Get("long") == "yes", DayEnd: f.Tag.Get("day") == "end",
			Day: f.Tag.Get("day"), When: When(f.Tag.Get("when")), Within: f.Tag.Get("within"), Index: i, Type: f.Type,
		}
		if ch, ok := reflect.Zero(f.Type).Interface().(Choices); ok {
			field.Choices = ch.Choices()
			field.Offered = field.Choices
		}
		if of, ok := reflect.Zero(f.Type).Interface().(interface{ Offered() []string }); ok {
			field.Offered = of.Offered()
		}
		out = append(out, field)
	}
	return out
}

// CheckInput refuses what is wrong before any rule is asked: missing values, values that are not on
// their list, control characters, texts past MaxText. The error is a *Mistake.
func CheckInput(act any) error {
	v := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		if err := f.check(v.Field(f.Index)); err != nil {
			return err
		}
	}
	return nil
}

// CheckField is CheckInput of one field.
func CheckField(act any, f Field) error { return f.check(reflect.ValueOf(act).Elem().Field(f.Index)) }

func (f Field) check(v reflect.Value) error {
	if v.IsZero() || v.Kind() == reflect.String && strings.TrimSpace(v.String()) == "" {
		if f.Need {
			return Mistakef("--%s is missing: %s.", f.Flag, f.Usage)
		}
		return nil
	}
	switch x := v.Interface().(type) {
	case time.Time:
		if y := x.Year(); y < 1990 || y > 2199 {
			return Mistakef("--%s: the year %d cannot be right.", f.Flag, y)
		}
		return nil
	case calendar.Period, bool, int:
		return nil
	}
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			if err := f.checkOne(v.Index(i).String()); err != nil {
				return err
			}
		}
		return nil
	}
	return f.checkOne(v.String())
}

func (f Field) checkOne(s string) error {
	most := MaxText
	if f.Long {
		most = MaxList
	}
	if err := checkText("--"+f.Flag, s, most); err != nil {
		return err
	}
	if len(f.Choices) == 0 {
		return nil
	}
	for _, c := range f.Choices {
		if c == s {
			return nil
		}
	}
	return Mistakef("--%s: %q is not one of %s.", f.Flag, words.Clip(s, 40), strings.Join(f.Choices, ", "))
}

// CheckText refuses what would break a mail header, a terminal or a file.
func CheckText(what, s string) error { return checkText(what, s, MaxText) }

func checkText(what, s string, most int) error {
	if !utf8.ValidString(s) {
		return Mistakef("%s is not readable text (it must be UTF-8).", what)
	}
	if n := utf8.RuneCountInString(s); n > most {
		return Mistakef("%s has %d characters; %d at most. Refer to a document instead.",
			what, n, most)
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u2028' || r == '\u2029' {
			return Mistakef("%s holds a control character (U+%04X).", what, r)
		}
	}
	if number := patientNumber(s); number != "" {
		return Mistakef("%s holds %s, which is an NHS number by its check digit: no data of patients is kept here. "+
			"Leave it out; if it is another number, write it with a stroke within: %s.", what, number, stroked(number))
	}
	return nil
}

// ResolveParties fills in the units of parties that an act names by their body alone.
func ResolveParties(act any, complete func(Party) Party) {
	eachParty(act, func(p *Party) { *p = complete(*p) })
}

// ResolveNumbers writes the numbers that an act names as they are written: "a1" is A1. They are the fields with the tag
// `number:"yes"`.
func ResolveNumbers(act any) {
	v := reflect.ValueOf(act).Elem()
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Tag.Get("number") == "yes" {
			v.Field(i).SetString(words.Code(v.Field(i).String()))
		}
	}
}

// NamedParties lists the parties that an act names.
func NamedParties(act any) []Party {
	var out []Party
	eachParty(act, func(p *Party) { out = append(out, *p) })
	return out
}

// PartiesIn lists the parties that an act names.
func PartiesIn(act any) []Party { return NamedParties(act) }

func eachParty(act any, see func(*Party)) {
	v := reflect.ValueOf(act).Elem()
	for i := range v.NumField() {
		switch x := v.Field(i).Addr().Interface().(type) {
		case *Party:
			if *x != "" {
				see(x)
			}
		case *[]Party:
			for j := range *x {
				see(&(*x)[j])
			}
		}
	}
}
