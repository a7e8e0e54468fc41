package verbs

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
	"holdthering/typed"
)

// boundField is a field of an act with the flag that fills it.
type boundField struct {
	regime.Field
	value *value
}

// bind makes a flag of each field of an act.
func bind(c *cobra.Command, fields []regime.Field) []boundField {
	var out []boundField
	formerly := map[string]string{}
	for _, f := range fields {
		for _, was := range f.Was {
			formerly[was] = f.Flag
		}
		val := &value{kind: kindOf(f), choices: f.Offered, letter: letterOf(f)}
		c.Flags().VarPF(val, f.Flag, "", usage(f)).NoOptDefVal = noOpt(val.kind)
		out = append(out, boundField{f, val})
	}
	Formerly(c.Flags(), formerly)
	return out
}

// Formerly has a set take flags by the names that they had as well; nothing shows those.
func Formerly(set *pflag.FlagSet, names map[string]string) {
	if len(names) == 0 {
		return
	}
	before := set.GetNormalizeFunc()
	set.SetNormalizeFunc(func(of *pflag.FlagSet, name string) pflag.NormalizedName {
		if now, ok := names[name]; ok {
			name = now
		}
		return before(of, name)
	})
	for was, now := range names {
		if f := set.Lookup(now); f != nil {
			if f.Annotations == nil {
				f.Annotations = map[string][]string{}
			}
			f.Annotations[formerAnnotation] = append(f.Annotations[formerAnnotation], was)
		}
	}
}

const formerAnnotation = "holdthering_formerly"

// FormerNames are those by which a flag is taken as well.
func FormerNames(f *pflag.Flag) []string {
	return slices.Sorted(slices.Values(f.Annotations[formerAnnotation]))
}

func noOpt(k kind) string {
	if k == aSwitch {
		return "true"
	}
	return ""
}

func usage(f regime.Field) string {
	if f.Need {
		return meaning(f) + " (required)"
	}
	return meaning(f)
}

func meaning(f regime.Field) string {
	if len(f.Choices) > 0 {
		return f.Usage + ": " + strings.Join(f.Offered, ", ")
	}
	return f.Usage
}

var (
	timeType    = reflect.TypeFor[time.Time]()
	periodType  = reflect.TypeFor[calendar.Period]()
	partyType   = reflect.TypeFor[regime.Party]()
	partiesType = reflect.TypeFor[[]regime.Party]()
)

func kindOf(f regime.Field) kind {
	switch {
	case len(f.Choices) > 0:
		return aChoice
	case f.Type == timeType:
		return aTime
	case f.Type == periodType:
		return aPeriod
	case f.Type == partyType:
		return aParty
	case f.Type == partiesType:
		return parties
	case f.Type.Kind() == reflect.Bool:
		return aSwitch
	case f.Type.Kind() == reflect.Int:
		return aNumber
	case f.Type.Kind() == reflect.String:
		return aText
	}
	panic("verbs: no flag can hold a " + f.Type.String()) // a new type of field needs a kind
}

// fill reads the flags into the act, and names all required ones that are missing.
func (r reading) fill(act any) error {
	var missing []boundField
	into := reflect.ValueOf(act).Elem()
	for _, f := range r.fields {
		if !f.value.set || f.value.kind != aSwitch && f.value.trimmed() == "" {
			if f.Need {
				missing = append(missing, f)
			}
			continue
		}
		read, err := r.read(f)
		if err != nil {
			return fmt.Errorf("--%s: %w", f.Flag, err)
		}
		into.Field(f.Index).Set(reflect.ValueOf(read).Convert(f.Type))
	}
	missing, err := r.confided(act, missing)
	if err == nil {
		missing, err = r.prompted(act, missing)
	}
	if err == nil && len(missing) > 0 {
		return r.lacking(missing)
	}
	return err
}

// lacking names what is missing all at once, and with it for which body one acts.
func (r reading) lacking(missing []boundField) error {
	text := "'" + r.path + "' still needs"
	add := func(flag, meaning string) { text += fmt.Sprintf("\n  --%-14s %s", flag, meaning) }
	for _, f := range missing {
		add(f.Flag, meaning(f.Field))
		for _, there := range r.there(f) {
			text += fmt.Sprintf("\n  %-16s %s", "", there)
		}
	}
	if r.common.by.or(r.env.By) == "" {
		add("by", "the body for which you act, or set HTR_BY")
	}
	return errors.New(text)
}

// mostThere is how much of what a case has is listed where a number is missing.
const mostThere = 8

// there are the numbers, with their words, that the case or group has for a field.
func (r reading) there(f boundField) []string {
	if r.env.Has == nil || f.value.letter == "" {
		return nil
	}
	all := r.env.Has(Wanted{Flag: f.Flag, Letter: f.value.letter}, r.common.caseRef.or(r.env.Case), r.common.place.or(r.env.Group),
		!strings.HasPrefix(r.path, GroupNoun+" "))
	return all[max(0, len(all)-mostThere):]
}

var dayOnly = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func (r reading) read(f boundField) (any, error) {
	text := f.value.trimmed()
	switch f.value.kind {
	case aTime:
		said, err := r.env.when(f, text)
		if err != nil {
			return nil, err
		}
		text = said
		switch {
		case f.Day == "":
			return instant(text)
		case f.DayEnd && dayOnly.MatchString(text):
			text += " 23:59" // "by 27 September" is the whole of the day
		}
		return calendar.ParseInstant(text)
	case aPeriod:
		return calendar.ParsePeriod(text)
	case aParty:
		return parseParty(text)
	case parties:
		return parseParties(text)
	case aSwitch:
		return f.value.on(), nil
	case aNumber:
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", clip(text))
		}
		return n, nil
	case aChoice:
		return oneOf(text, f.Choices)
	}
	if f.value.letter != "" && digits.MatchString(text) {
		return f.value.letter + text, nil // "1" for A1
	}
	if f.value.fetched {
		return f.value.text, nil
	}
	return r.text(f.value.text)
}

// when writes a time that is said in words as others are, and has it read back.
func (e Env) when(f boundField, text string) (string, error) {
	way := typed.Nearest
	switch f.When {
	case regime.Past, regime.Ever:
		way = typed.Before
	case regime.Ahead:
		way = typed.After
	}
	return e.Spoken(f.Flag, text, way)
}

// Spoken is a time that is said in words, such as "Friday 2pm", as others are written. It is read back before it
// counts; one that is written in figures is returned as it is.
func (e Env) Spoken(flag, text string, way typed.Way) (string, error) {
	if e.Now.IsZero() {
		return text, nil
	}
	written, ok, err := typed.When(text, e.Now.In(calendar.London), way)
	if err != nil || !ok || written == text {
		return text, err
	}
	if e.ReadBack == nil {
		return written, nil
	}
	t, err := calendar.ParseInstant(written)
	if err != nil {
		return "", err
	}
	meant := calendar.Instant(t)
	if dayOnly.MatchString(written) {
		meant = calendar.Day(t)
	}
	return written, e.ReadBack(flag, meant)
}

// instant reads a time whose hour matters.
func instant(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	t, err := calendar.ParseInstant(text)
	if err == nil && dayOnly.MatchString(text) {
		err = fmt.Errorf("%s has no time of day, and here it matters: write \"%[1]s 10:00\" (UK time; 00:00 is "+
			"the midnight at which that day begins)", text)
	}
	return t, err
}

var digits = regexp.MustCompile(`^[0-9]{1,4}$`)

// oneOf forgives the case of letters, and "_" or a blank for "-". Of what is on no list it names what is like it; what
// is like nothing is left to regime.CheckInput.
func oneOf(text string, choices []string) (string, error) {
	plain := strings.NewReplacer("_", "-", " ", "-")
	for _, c := range choices {
		if strings.EqualFold(plain.Replace(text), plain.Replace(c)) {
			return c, nil
		}
	}
	near := nearest(strings.ToLower(plain.Replace(text)), choices)
	if len(near) == 0 || len(text) < 3 {
		return text, nil
	}
	return "", fmt.Errorf("%q is not one of %s; did you mean %s?", clip(text), strings.Join(choices, ", "), strings.Join(near, " or "))
}

// text fetches a text that lies elsewhere.
func (r reading) text(s string) (string, error) {
	if r.env.ReadText == nil || !elsewhere(s) {
		return s, nil
	}
	name := strings.TrimPrefix(s, "@")
	text, err := r.env.ReadText(name)
	if err != nil {
		return "", err
	}
	text = strings.TrimRight(text, "\r\n")
	switch said := strings.TrimSpace(text); {
	case said == "":
		return "", fmt.Errorf("%s holds no text", fetchedFrom(name))
	case typed.Names(r.flags, said):
		return "", fmt.Errorf("%s holds nothing but %s, a flag of this command", fetchedFrom(name), clip(said))
	}
	return text, nil
}

func fetchedFrom(name string) string {
	switch name {
	case typed.Editor:
		return "what was written in the editor"
	case "-":
		return "the standard input"
	}
	return name
}

// elsewhere reports whether what is written only says where the text lies.
func elsewhere(s string) bool { return s == "-" || s == typed.Editor || len(s) > 1 && s[0] == '@' }

// clip keeps an error to one line whatever was written.
func clip(s string) string { return words.Clip(s, 40) }
