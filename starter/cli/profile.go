package cli

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/verbs"
)

// profileFlag is --profile of a look and --on, the day on which its law is read; without them, the
// profile under which new cases open, today.
type profileFlag struct {
	a        *app
	name, on string
}

func (f *profileFlag) bind(set *pflag.FlagSet, what string) {
	set.StringVar(&f.name, "profile", "", what+" under this `profile` ($HTR_PROFILE); without it that of the day: "+
		verbs.ProfileNames())
	f.bindDay(set)
}

func (f *profileFlag) bindDay(set *pflag.FlagSet) {
	set.StringVar(&f.on, "on", "", "the law of this `day`, such as 2016-04-01; without it, of today")
}

// day is the one that --on names; zero where it names none.
func (f *profileFlag) day() (time.Time, error) {
	if f.on == "" {
		return time.Time{}, nil
	}
	day, err := calendar.ParseInstant(f.on)
	if err != nil {
		return day, fmt.Errorf("--on: %w", err)
	}
	return day, nil
}

// profile is the one that is named, in any case, on the day that is named.
func (f *profileFlag) profile() (*regime.Profile, error) {
	day, err := f.day()
	switch {
	case err != nil:
		return nil, err
	case day.IsZero():
		return verbs.ProfileOn(cmp.Or(f.name, f.a.Getenv("HTR_PROFILE")), f.a.now())
	}
	return verbs.ProfileOn(f.name, day)
}

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
