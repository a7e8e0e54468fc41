package verbs

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// openTextFlag allows what is told in confidence to stand on the command line.
const openTextFlag = "open-text"

// howConfided stands in the help of acts that can be done in confidence.
const howConfided = "What is told in confidence is not taken from the command line, which others on this computer can\n" +
	"read and the shell keeps. Leave the text out and you are asked for it, or give it in a file (@FILE)\n" +
	"or on the standard input (-). HTR_BY and HTR_PERSON keep who speaks out of the command as well."

// bindOpenText adds the flag to a command whose act may be in confidence.
func bindOpenText(c *cobra.Command, fields []boundField) *value {
	v := &value{kind: aSwitch}
	if slices.ContainsFunc(fields, func(f boundField) bool { return f.Confided }) {
		c.Flags().VarPF(v, openTextFlag, "", "take what is told in confidence from the command line all the same").
			NoOptDefVal = noOpt(aSwitch)
		c.Long += "\n\n" + howConfided
	}
	return v
}

// confided refuses what is told in confidence and stands where others can read it, and asks for
// what is missing of it. It gives what is missing still.
func (r reading) confided(act any, missing []boundField) ([]boundField, error) {
	c, ok := act.(confidential)
	if !ok || !r.env.Overheard || !c.InConfidence() {
		return missing, nil
	}
	var open []string
	for _, f := range r.fields {
		if f.Confided && f.value.set && !f.value.fetched && f.value.trimmed() != "" && !elsewhere(f.value.text) {
			open = append(open, "--"+f.Flag)
		}
	}
	if len(open) > 0 && !r.openText.on() {
		return nil, fmt.Errorf("%s: this is told in confidence, and others on this computer can read a command line, "+
			"which the shell keeps too. Leave it out to be asked for it, or give it in a file (%s @FILE) or on the "+
			"standard input (%s -); --%s takes it from here all the same", strings.Join(open, ", "), open[0], open[0],
			openTextFlag)
	}
	if r.env.Ask == nil {
		return missing, nil
	}
	var still []boundField
	for _, f := range missing {
		if !f.Confided {
			still = append(still, f)
			continue
		}
		text, err := r.env.Ask(f.Flag, meaning(f.Field))
		if err != nil {
			return nil, fmt.Errorf("--%s: %w", f.Flag, err)
		}
		if text = strings.TrimSpace(text); text == "" {
			still = append(still, f)
			continue
		}
		reflect.ValueOf(act).Elem().Field(f.Index).SetString(text)
	}
	return still, nil
}
