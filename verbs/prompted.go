package verbs

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"holdthering/regime"
)

// Question asks the person at the terminal for one thing that is missing.
type Question struct {
	Flag, Meaning string
	// Choices may be answered by their number.
	Choices []string
	// There are the numbers that the case or group has, each with its words.
	There []string
	// Again says what was wrong with the last answer.
	Again error
}

// maxAsked is how often one thing is asked for before the command is given up.
const maxAsked = 3

// prompted asks for what is missing where somebody can be asked, and gives what is missing still. An empty answer
// leaves a thing missing.
func (r reading) prompted(act any, missing []boundField) ([]boundField, error) {
	if r.env.Prompt == nil || r.common.json.on() {
		return missing, nil
	}
	var still []boundField
	for _, f := range missing {
		answered, err := r.promptFor(act, f)
		if err != nil {
			return nil, err
		}
		if !answered {
			still = append(still, f)
		}
	}
	if by := r.common.by; len(still) == 0 && by.kind != "" && by.or(r.env.By) == "" {
		text, err := r.env.Prompt(Question{Flag: "by", Meaning: "the body for which you act"})
		if err != nil {
			return nil, err
		}
		if text = strings.TrimSpace(text); text != "" {
			by.text, by.set = text, true
		}
	}
	return still, nil
}

func (r reading) promptFor(act any, f boundField) (bool, error) {
	q := Question{Flag: f.Flag, Meaning: f.Usage, Choices: f.Offered, There: r.there(f)}
	for range maxAsked {
		text, err := r.env.Prompt(q)
		if err != nil || strings.TrimSpace(text) == "" {
			return false, err
		}
		if q.Again = r.take(act, f, text); q.Again == nil {
			return true, nil
		}
	}
	return false, fmt.Errorf("--%s: %w", f.Flag, q.Again)
}

// take fills one field with an answer.
func (r reading) take(act any, f boundField, text string) error {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 1 && n <= len(f.Offered) {
		text = f.Offered[n-1]
	}
	f.value.text, f.value.set = text, true
	read, err := r.read(f)
	if err != nil {
		return err
	}
	if s, ok := read.(string); ok && len(f.Choices) > 0 && !slices.Contains(f.Choices, s) {
		return fmt.Errorf("%q is not one of %s", clip(s), strings.Join(f.Choices, ", "))
	}
	into := reflect.ValueOf(act).Elem().Field(f.Index)
	into.Set(reflect.ValueOf(read).Convert(f.Type))
	return regime.CheckField(act, f.Field)
}
