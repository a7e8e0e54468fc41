package verbs

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// complete lets the shell offer what a closed list or a profile holds.
func complete(c *cobra.Command) {
	for _, child := range c.Commands() {
		complete(child)
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		v, ok := f.Value.(*value)
		if !ok {
			return
		}
		var offer cobra.CompletionFunc
		switch v.kind {
		case aChoice:
			offer = cobra.FixedCompletions(v.choices, cobra.ShellCompDirectiveNoFileComp)
		case aParty, parties:
			offer = OfferBodies
		case aPlace:
			offer = OfferPlaces
		case aText, aCaseRef:
			return // may be "@file"; which cases there are is not known here
		default:
			offer = cobra.NoFileCompletions
		}
		if err := c.RegisterFlagCompletionFunc(f.Name, offer); err != nil {
			panic(err) // only if the flag had a completion already
		}
	})
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
