package pages

import (
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// form is what is asked for to do one act, with what was typed and what is wrong with it.
type form struct {
	Answer         answer
	Filled         []string // what the notice says already
	Action         string   // where it is posted to
	Body           string   // the body that the answer is for
	Key            string   // of the request
	Needed         []field
	Optional       []field
	Person, Role   field
	Record         field  // the choice that records
	Doubt          bool   // a time is asked back about
	Doubted        string // what was answered to that
	Names          []choice
	Providers      []choice // that the group watches
	Faults         []fault
	Elsewhere      []string // faults that belong to no field
	OptionalIsOpen bool
}

// fault is a line of the summary of what is wrong.
type fault struct{ At, Says string }

// field is one question of a form.
type field struct {
	Name, Label, Hint string
	Kind              kind
	Need              bool
	Value             string   // as typed; of a time its day
	Hour              string   // of a time
	Values            []string // of parties
	Choices           []choice
	Says              string // what is wrong with it
}

type choice struct{ Value, Words string }

// kind says which control asks for a field.
type kind string

const (
	aText     kind = "text"
	aLine     kind = "line"
	aNumber   kind = "number"
	aSwitch   kind = "switch"
	aChoice   kind = "choice"
	aList     kind = "list" // a choice of many
	aTime     kind = "time"
	aParty    kind = "party"
	parties   kind = "parties"
	aProvider kind = "provider" // one of those that a group watches, or another
	aPeriod   kind = "period"
	fewest         = 8  // choices from which on they are a list
	longest        = 80 // letters of who answers
	prefix         = "f-"
	hourPart       = ".hour"
	morePart       = ".more"
	recordYes      = "yes"
	recordNo       = "look"
	sure           = "sure"
	sureWords      = "That time is what I mean"
	addYes         = " Then add --" + regime.SureFlag + "."
	keyName        = "key"
	personID       = "person"
	roleID         = "role"
	recordID       = "record"
)

func kindOf(f regime.Field) kind {
	switch {
	case len(f.Choices) >= fewest:
		return aList
	case len(f.Choices) > 0:
		return aChoice
	case f.Type == reflect.TypeFor[time.Time]():
		return aTime
	case f.Type == reflect.TypeFor[calendar.Period]():
		return aPeriod
	case f.Type == reflect.TypeFor[regime.Party]():
		return aParty
	case f.Type == reflect.TypeFor[[]regime.Party]():
		return parties
	case f.Flag == "provider":
		return aProvider
	case f.Type.Kind() == reflect.Bool:
		return aSwitch
	case f.Type.Kind() == reflect.Int:
		return aNumber
	case slices.Contains([]string{"url", "place", "who", "with-case", "to", "inadequate", "basis",
		"provider-name", "provider-code", "area", "region", "reopens"}, f.Flag):
		return aLine
	}
	return aText
}

// ruleNamed is the rule that a field's meaning ends with, which says nothing to a member.
var ruleNamed = regexp.MustCompile(` \([A-Z]+[0-9]+\)$`)

// label is the question that a field asks.
func label(f regime.Field) string { return upper(ruleNamed.ReplaceAllString(f.Usage, "")) }

// Sure is what is ticked where a time is asked back about.
func (*form) Sure() string { return sureWords }

// About is what the form is about.
func (f *form) About() []line { return f.Answer.matter }

// filled are the values that are filled in, as the form shows them.
func (b bearer) filled(a answer) []string {
	if a.about == "" || b.group == nil {
		return a.Given()
	}
	name := a.about
	for _, w := range b.group.Watched {
		if w.Code == a.about {
			name = w.Name + " (" + w.Code + ")"
		}
	}
	return append([]string{"Provider: " + name}, a.Given()...)
}

// newForm is the form of an answer with what was typed; of nothing typed, an empty one.
func (b bearer) newForm(a answer, typed url.Values) *form {
	f := &form{Answer: a, Body: b.name(b.Party), Key: typed.Get(keyName), Filled: b.filled(a),
		Doubted: typed.Get(sure)}
	if b.atTable(b.Party) {
		for _, p := range b.members() {
			f.Names = append(f.Names, choice{string(p), b.name(p)})
		}
	}
	if b.group != nil {
		for _, w := range b.group.Watched {
			f.Providers = append(f.Providers, choice{w.Code, w.Name})
		}
	}
	for _, rf := range a.fields {
		if b.fixed(rf) {
			continue
		}
		one := b.field(rf, typed, f.Names)
		if rf.Need {
			f.Needed = append(f.Needed, one)
		} else {
			f.Optional = append(f.Optional, one)
			f.OptionalIsOpen = f.OptionalIsOpen || one.Value+one.Hour != "" || len(one.Values) > 0
		}
	}
	f.Person = field{Name: personID, Label: "Your name", Kind: aLine, Need: true, Value: typed.Get(personID)}
	f.Role = field{Name: roleID, Label: "Your role", Hint: "For example, medical director", Kind: aLine, Need: true,
		Value: typed.Get(roleID)}
	f.Record = field{Name: recordID, Label: "Record this answer?", Kind: aChoice, Need: true, Value: typed.Get(recordID),
		Choices: []choice{{recordNo, "No, I am only looking"}, {recordYes, "Yes, record it for " + f.Body}}}
	return f
}

// fixed leaves out what is the program's own business.
func (b bearer) fixed(f regime.Field) bool { return f.Flag == regime.SureFlag }

func (b bearer) field(rf regime.Field, typed url.Values, names []choice) field {
	name := prefix + rf.Flag
	f := field{Name: name, Label: label(rf.Under(b.profile())), Kind: kindOf(rf), Need: rf.Need, Value: typed.Get(name)}
	for _, c := range rf.Choices {
		if rf.Type == reflect.TypeFor[regime.Level]() && b.levels != nil {
			break
		}
		if rf.Type == reflect.TypeFor[regime.SurveillanceLevel]() {
			if row, has := b.profile().Level(regime.SurveillanceLevel(c)); has {
				f.Choices = append(f.Choices, choice{c, upper(b.profile().LevelName(row.Level))})
			}
			continue
		}
		f.Choices = append(f.Choices, choice{c, upper(b.choiceWords(c))})
	}
	if rf.Type == reflect.TypeFor[regime.Level]() {
		f.Choices = append(f.Choices, b.colleagues()...)
	}
	switch f.Kind {
	case aTime:
		f.Hour = typed.Get(name + hourPart)
		f.Hint = "UK time. Without a time of day, the whole of the day."
		if rf.Day == "" {
			f.Hint = "UK time, to the minute."
		}
	case aPeriod:
		f.Hint = "For example 28d for days, 10wd for working days or 6mo for months"
	case aParty:
		f.Hint = "The name or code of a body, such as " + b.name(b.inspector())
	case aProvider:
		f.Label, f.Hint = upper(theProvider(rf.Under(b.profile()))), "Its name or code. Names are offered as you type."
		if b.group != nil {
			for _, w := range b.group.Watched {
				if strings.EqualFold(strings.TrimSpace(f.Value), w.Name) {
					f.Value = w.Code
				}
			}
		}
	case parties:
		f.Choices, f.Values, f.Value = names, typed[name], typed.Get(name+morePart)
		f.Hint = "Others: names or codes, with commas between"
	}
	return f
}

// choiceWords is a value that can be chosen, in the words of the law of the case or group.
func (f file) choiceWords(value string) string {
	return strings.ReplaceAll(words.Plain(value), "risk summit", f.profile().Labels.Summit)
}

// theProvider is what a field asks that takes a provider's code, of one who may type its name.
func theProvider(f regime.Field) string {
	return strings.NewReplacer("the provider's code", "the provider", "code of the provider", "the provider").Replace(
		ruleNamed.ReplaceAllString(f.Usage, ""))
}

// colleagues are the body's other contacts, as the directory lists them now.
func (b bearer) colleagues() []choice {
	var out []choice
	for i, l := range b.levels {
		if l == b.Level {
			continue
		}
		words := upper(string(l)) + " contact"
		if b.persons[i] != "" {
			words += " (" + b.persons[i] + ")"
		}
		out = append(out, choice{string(l), words})
	}
	return out
}

func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// Has reports whether a value was chosen.
func (f field) Has(value string) bool {
	return f.Value == value && f.Kind != parties || slices.Contains(f.Values, value)
}

// flags are what was typed as words of the command line, each flag with its value as one word.
func (f *form) flags() []string {
	var out []string
	for _, one := range slices.Concat(f.Needed, f.Optional) {
		if v := one.typed(); v != "" {
			out = append(out, "--"+strings.TrimPrefix(one.Name, prefix)+"="+v)
		}
	}
	return out
}

// typed is the value as the command line takes it; empty where nothing was typed.
func (f field) typed() string {
	value := strings.TrimSpace(strings.ReplaceAll(f.Value, "\r\n", "\n"))
	switch f.Kind {
	case aTime:
		return strings.TrimSpace(value + " " + strings.TrimSpace(f.Hour))
	case parties:
		return strings.Join(slices.DeleteFunc(append(slices.Clone(f.Values), value),
			func(s string) bool { return s == "" }), ",")
	case aSwitch:
		if value != "true" {
			return ""
		}
	}
	return value
}

// check finds what can be known to be missing at once, all of it.
func (f *form) check() bool {
	for i := range f.Needed {
		one := &f.Needed[i]
		if one.typed() == "" {
			f.wrong(one, "Answer this: "+lower(one.Label)+".")
		} else if (one.Kind == aChoice || one.Kind == aList) && !one.offers(one.Value) {
			f.wrong(one, "Choose one of the list.")
		}
	}
	for _, who := range []*field{&f.Person, &f.Role} {
		switch value := strings.TrimSpace(who.Value); {
		case value == "":
			f.wrong(who, "Enter "+lower(who.Label)+".")
		case utf8.RuneCountInString(value) > longest:
			f.wrong(who, who.Label+" is longer than 80 letters.")
		case strings.HasPrefix(value, "-"):
			f.wrong(who, who.Label+" cannot begin with a dash.")
		default:
			if err := regime.CheckText(who.Label, value); err != nil {
				f.wrong(who, err.Error())
			} else if address.MatchString(value) {
				f.wrong(who, who.Label+" looks like an address. Write it in words.")
			}
		}
	}
	if f.Record.Value != recordYes {
		f.wrong(&f.Record, "Choose whether to record this answer.")
	}
	return len(f.Faults) == 0
}

func lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) {
		return s // an abbreviation
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// address is what a mail program makes a link of: the body's other contacts are told who answered.
var address = regexp.MustCompile(`[@:/\\<>]|[A-Za-z0-9]\.[A-Za-z0-9]{2}`)

func (f field) offers(value string) bool {
	return slices.ContainsFunc(f.Choices, func(c choice) bool { return c.Value == value })
}

func (f *form) wrong(at *field, says string) {
	at.Says = says
	f.Faults = append(f.Faults, fault{at.first(), says})
}

// first is the id of the field's first control, to which a fault leads.
func (f field) first() string {
	switch {
	case f.Kind == aTime:
		return f.Name + "_day"
	case f.Kind == parties && len(f.Choices) == 0:
		return f.Name + "_more"
	case f.Grouped():
		return f.Name + "_0"
	}
	return f.Name
}

// Grouped reports whether the field is several controls under one question.
func (f field) Grouped() bool { return f.Kind == aChoice || f.Kind == aTime || f.Kind == parties }

// Described are the ids of what is said about the field.
func (f field) Described() string {
	var out []string
	if f.Hint != "" {
		out = append(out, f.Name+"_hint")
	}
	if f.Says != "" {
		out = append(out, f.Name+"_says")
	}
	return strings.Join(out, " ")
}
