package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/activities/directory"
	"holdthering/data"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/screen"
	"holdthering/verbs"
)

// checked is what is wrong with a directory of contacts.
type checked struct {
	File     string              `json:"file"`
	Findings []directory.Finding `json:"findings"`
}

func (a *app) directoryCommand() *cobra.Command {
	family := verbs.Family("directory")
	family.Short = "check, changes"
	family.AddCommand(a.directoryCheckCommand(), a.directoryChangesCommand())
	return family
}

func (a *app) directoryCheckCommand() *cobra.Command {
	var domains []string
	profile := profileFlag{a: a}
	return look{
		use: "check [FILE] [flags]", short: "Check a directory of contacts: who could not be told",
		long: "Check a directory of contacts: who could not be told.\n\nWithout a file, the one that " +
			"HTR_DIRECTORY names, else the one that a worker\nuses which keeps its records here, else the one " +
			"that is shipped. Exit code 2 if there is\nanything to mend.",
		example: "directory check data/directory.csv --domain example", args: oneWord("file", true),
		run: func(_ *cobra.Command, args []string, asJSON bool) error {
			p, err := profile.profile()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				a.warnOfDirectory()
			}
			found, err := a.checkDirectory(args, p, domains)
			if err != nil {
				return err
			}
			a.tellOfBroken(a.workersDir("HTR_RECORDS", "records"))
			err = a.answer(asJSON, found, found.text)
			if err == nil && len(found.Findings) > 0 {
				return silent(exitInput)
			}
			return err
		},
		flags: func(set *pflag.FlagSet) {
			set.StringSliceVar(&domains, "domain", nil,
				"addresses must be within this `domain` (may be repeated)")
			profile.bind(set, "whoever may be told")
		},
		offers: profile.offers(nil),
	}.command()
}

// warnOfDirectory says what the worker knows to be wrong with the directory that it uses.
func (a *app) warnOfDirectory() {
	s, err := directory.StandingIn(a.workersDir("HTR_RECORDS", "records"))
	if err != nil {
		return // it is a worker's own, and another is written at once
	}
	if line := s.String(); line != "" {
		a.note("The worker says since " + calendar.Short(s.At) + ": " + line + " 'directory check' says all.")
	}
}

func (a *app) checkDirectory(args []string, p *regime.Profile, domains []string) (checked, error) {
	out := checked{File: a.directoryFile(), Findings: []directory.Finding{}}
	if len(args) > 0 {
		out.File = args[0]
	}
	l, err := lookUp()
	if err != nil {
		return out, err
	}
	d, err := directoryAt(out.File)
	if err != nil {
		return out, err
	}
	if out.File == "" {
		out.File = "the directory that is shipped"
	}
	out.Findings = append(out.Findings, directory.Check(d, directory.Expected{Reference: l.ref,
		Profile: p, Others: verbs.AllBodies(), Domains: domains})...)
	return out, nil
}

// directoryFile is the file that HTR_DIRECTORY names, or that the worker uses; empty for the shipped one.
func (a *app) directoryFile() string {
	file := a.Getenv("HTR_DIRECTORY")
	if s, err := directory.StandingIn(a.workersDir("HTR_RECORDS", "records")); err == nil && file == "" {
		file = s.File
	}
	return file
}

// directoryInUse is the directory by which mails go.
func (a *app) directoryInUse() (*directory.Directory, error) { return directoryAt(a.directoryFile()) }

func directoryAt(file string) (*directory.Directory, error) {
	if file == "" {
		return directory.FromText(data.Directory)
	}
	return directory.Open(file)
}

func (c checked) text() string {
	if len(c.Findings) == 0 {
		return "Nothing to mend in " + c.File + "."
	}
	lines := []string{fmt.Sprintf("%d to mend in %s:", len(c.Findings), c.File)}
	for _, f := range c.Findings {
		lines = append(lines, "  "+screen.Plain(f.String()))
	}
	return strings.Join(lines, "\n")
}
