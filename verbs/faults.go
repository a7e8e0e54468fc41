package verbs

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// unknown answers a word that is no command of cmd's with those that are like it.
func unknown(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if strings.HasPrefix(word, "-") && cmd.HasParent() {
		return fmt.Errorf("'%s' needs a word behind it before its flags: %s", cmd.Name(), strings.Join(names, ", "))
	}
	text := fmt.Sprintf("there is no '%s%s'", within(cmd), clip(word))
	if whole := endingIn(cmd, strings.ToLower(word)); len(whole) > 0 {
		return fmt.Errorf("%s; did you mean %s?", text, strings.Join(whole, " or "))
	}
	if chosen := choosing(cmd, word); len(chosen) > 0 {
		return fmt.Errorf("%s; did you mean %s?", text, strings.Join(chosen, " or "))
	}
	near := nearest(word, names)
	if len(near) == 0 {
		near = sameDeed(strings.ToLower(word), names)
	}
	if len(near) > 0 {
		return fmt.Errorf("%s; did you mean %s%s?", text, within(cmd), strings.Join(near, " or "+within(cmd)))
	}
	if looks := []string{"list", "show", "status", "view"}; cmd.HasParent() && slices.Contains(looks, strings.ToLower(word)) {
		return fmt.Errorf("%s; 'show' has it, with all else of the case", text)
	}
	return fmt.Errorf("%s; '%s%s --help' lists what there is", text, prefix(cmd), cmd.Name())
}

// within is what stands before the words of cmd's own commands.
func within(cmd *cobra.Command) string {
	if cmd.HasParent() {
		return cmd.Name() + " "
	}
	return ""
}

// endingIn are the commands of two words whose second word was typed alone.
func endingIn(cmd *cobra.Command, word string) []string {
	var whole []string
	for _, c := range cmd.Commands() {
		for _, sub := range c.Commands() {
			if sub.Name() == word && sub.IsAvailableCommand() {
				whole = append(whole, pathOf(sub))
			}
		}
	}
	slices.Sort(whole)
	return whole
}

// choosing are the commands of a noun that take the word as the value of a flag.
func choosing(cmd *cobra.Command, word string) (out []string) {
	if !cmd.HasParent() {
		return nil
	}
	for _, c := range cmd.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			v, ok := f.Value.(*value)
			if ok && c.IsAvailableCommand() && !f.Hidden && slices.Contains(v.choices, strings.ToLower(word)) {
				out = append(out, pathOf(c)+" --"+f.Name+" "+strings.ToLower(word))
			}
		})
	}
	return out
}

func prefix(cmd *cobra.Command) string {
	if cmd.HasParent() {
		return cmd.Parent().Name() + " "
	}
	return ""
}

// NoWords refuses words that belong to no flag, on a command that takes flags only.
func NoWords(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%q belongs to no flag: a text with blanks stands in quotation marks", clip(args[0]))
}

// FlagError says in words of this program what is wrong with a flag, and which is like it.
func FlagError(cmd *cobra.Command, err error) error {
	var none *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &none):
		return unknownFlag(cmd, none)
	case errors.As(err, &bare):
		return fmt.Errorf("--%s needs a %s behind it", bare.GetSpecifiedName(), bare.GetFlag().Value.Type())
	case errors.As(err, &wrong):
		return fmt.Errorf("--%s: %w", wrong.GetFlag().Name, wrong.Unwrap())
	}
	return err
}

func unknownFlag(cmd *cobra.Command, none *pflag.NotExistError) error {
	if short := none.GetSpecifiedShortnames(); short != "" {
		return fmt.Errorf("flags begin with two dashes: --%s", clip(short))
	}
	name := none.GetSpecifiedName()
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	text := fmt.Sprintf("there is no flag --%s for '%s'", clip(name), pathOf(cmd))
	near := nearest(name, names)
	if same := sameIdea(strings.ToLower(name), names); len(same) > 0 {
		near = same
	}
	if len(near) == 0 {
		near = likeIdea(name, names)
	}
	if len(near) > 0 {
		return fmt.Errorf("%s; did you mean --%s?", text, strings.Join(near, " or --"))
	}
	return fmt.Errorf("%s; '%s --help' shows those it has", text, cmd.CommandPath())
}

// pathOf is the command without the program's name.
func pathOf(cmd *cobra.Command) string {
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return path
}

// nearest are the names most like the word: one begins with the other, or two letters at
// most are wrong and as many right.
func nearest(word string, names []string) []string {
	var near []string
	least := 3
	word = strings.ToLower(word)
	for _, name := range names {
		if word == "" || len(word) > 2*len(name)+2 {
			continue
		}
		wrong := levenshtein.ComputeDistance(word, name)
		if len(word) > 1 && (strings.HasPrefix(name, word) || strings.HasPrefix(word, name)) {
			wrong = 0
		} else if 2*wrong > len(name) {
			continue
		}
		if wrong < least {
			near, least = nil, wrong
		}
		if wrong == least && wrong < 3 {
			near = append(near, name)
		}
	}
	return near
}
