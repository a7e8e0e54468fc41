package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/verbs"
)

// profileFlag is --profile of a look; without it, the profile under which new cases open.
type profileFlag struct{ name string }

func (f *profileFlag) bind(set *pflag.FlagSet, what string) {
	set.StringVar(&f.name, "profile", "", what+" under this `profile`: "+verbs.ProfileNames())
}

// profile is the one that is named, in any case.
func (f *profileFlag) profile() (*regime.Profile, error) { return verbs.ProfileNamed(f.name) }

// bodies are the codes of the profile's bodies, each with its name, for the shell.
func (f *profileFlag) bodies() []string {
	p, err := f.profile()
	if err != nil {
		return nil
	}
	var out []string
	for _, b := range p.Bodies {
		out = append(out, cobra.CompletionWithDesc(string(b.Code), b.Names[0]))
	}
	return out
}

// offers joins what the shell is offered for --profile with a look's further offers.
func (f *profileFlag) offers(further map[string]cobra.CompletionFunc) map[string]cobra.CompletionFunc {
	out := map[string]cobra.CompletionFunc{"profile": fixed(regime.NamesOfProfiles())}
	for flag, offer := range further {
		out[flag] = offer
	}
	return out
}

// fixed offers the words of a closed list, and no files.
func fixed(words []string) cobra.CompletionFunc {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// offered asks for words only when they are needed, as those of the profile that is named.
func offered(words func() []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
}
