package verbs

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
)

// Wanted is a flag whose values a case or group has by itself.
type Wanted struct {
	Flag string
	// Letter begins the numbers that are meant: "A" for A1.
	Letter string
	// Parties: it names one or several.
	Parties bool
	// Place: it names a group.
	Place bool
}

// Completing has the commands say what could follow the words: the words are then taken apart more than once.
func Completing(root *cobra.Command) {
	for _, c := range root.Commands() {
		Completing(c)
	}
	root.Flags().VisitAll(func(f *pflag.Flag) {
		if v, ok := f.Value.(*value); ok {
			v.anew = true
		}
	})
}

// complete lets the shell offer what a closed list, a profile or the case itself holds.
func (e Env) complete(c *cobra.Command) {
	for _, child := range c.Commands() {
		e.complete(child)
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		v, ok := f.Value.(*value)
		if !ok {
			return
		}
		offer := e.offered(f.Name, v)
		if offer == nil {
			return // a text may be "@file"; which cases there are is not known here
		}
		if err := c.RegisterFlagCompletionFunc(f.Name, offer); err != nil {
			panic(err) // only if the flag had a completion already
		}
	})
}

// offered is nil where files may be meant, or somebody else knows.
func (e Env) offered(flag string, v *value) cobra.CompletionFunc {
	w, usual := Wanted{Flag: flag, Letter: v.letter}, cobra.NoFileCompletions
	switch v.kind {
	case aChoice:
		return cobra.FixedCompletions(v.choices, cobra.ShellCompDirectiveNoFileComp)
	case aParty, parties:
		w.Parties, usual = true, OfferBodies
	case aPlace:
		w.Place, usual = true, OfferPlaces
	case aText:
		usual = nil
		if v.letter != "" {
			usual = cobra.NoFileCompletions
		}
	case aCaseRef:
		return nil
	}
	if e.Offer == nil {
		return usual
	}
	return e.Offer(w, usual)
}

var (
	suchAs    = regexp.MustCompile(`such as '?(?:([A-Z])[0-9](?:\.[0-9])?|(n)[0-9]+)(?:[ ,;']|$)`)
	itsNumber = regexp.MustCompile(`^the (\w)\w*'s number$`)
)

// letterOf is the letter of the numbers that a field names, as its usage says by an example.
func letterOf(f regime.Field) string {
	if m := suchAs.FindStringSubmatch(f.Usage); m != nil {
		return m[1] + m[2]
	}
	if m := itsNumber.FindStringSubmatch(f.Usage); m != nil {
		return strings.ToUpper(m[1])
	}
	return ""
}

// OfferBodies offers the codes of the bodies of all profiles, after those of a list that are
// written already.
func OfferBodies(_ *cobra.Command, _ []string, written string) ([]string, cobra.ShellCompDirective) {
	done := written[:strings.LastIndex(written, ",")+1]
	var out []string
	for _, b := range AllBodies() {
		out = append(out, cobra.CompletionWithDesc(done+string(b.Code), b.Names[0]))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// OfferProviders offers the trusts of the register whose code or a word of whose name begins so.
func OfferProviders(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	k, err := known()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	begun = strings.ToUpper(begun)
	var out []string
	for _, p := range k.ref.Providers() {
		if strings.HasPrefix(p.Code, begun) || strings.Contains(" "+strings.ToUpper(p.Name), " "+begun) {
			out = append(out, cobra.CompletionWithDesc(p.Code, p.Name))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// Numbers are the numbers that an act names, by the letters with which they begin.
func Numbers(act any) map[string]string {
	out := map[string]string{}
	v := reflect.ValueOf(act).Elem()
	for _, f := range regime.Fields(act) {
		if letter := letterOf(f); letter != "" && f.Type.Kind() == reflect.String {
			out[letter] = v.Field(f.Index).String()
		}
	}
	return out
}
