package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/activities/directory"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/verbs"
)

// changed is a change of the directory, with the name of the party that it is about.
type changed struct {
	directory.Change
	Name string `json:"name"`
}

// changesFlags narrow the record of changes.
type changesFlags struct {
	records, party, since string
	last                  int
}

func (a *app) directoryChangesCommand() *cobra.Command {
	var f changesFlags
	return look{
		use: "changes [flags]", short: "What changed in the directory of contacts, and since when",
		long: "What changed in the directory of contacts while workers used it, the newest last: who was\n" +
			"added or removed, and in which columns a row changed, never what stood there. The worker\n" +
			"records it beside the case records: --records, else HTR_RECORDS, else var/records or records\nhere. " +
			"It takes a change over when it next looks somebody up.",
		example: "directory changes --body CCG/07J --since 2013-10-01",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			found, err := a.directoryChanges(f)
			if err != nil {
				return err
			}
			return a.answer(asJSON, found, func() string { return changesText(found, a.width()) })
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.records, "records", "", "the `directory` of the records")
			set.StringVar(&f.party, "body", "", "only changes of this `body`: CQC, CCG/07J, or a name; of CCG, those of every unit")
			verbs.Formerly(set, map[string]string{"party": "body"})
			set.StringVar(&f.since, "since", "", "only changes since this `time`")
			set.IntVar(&f.last, "last", 30, "how `many` of the latest; 0 for all")
		},
		offers: map[string]cobra.CompletionFunc{"body": verbs.OfferBodies},
	}.command()
}

func (a *app) directoryChanges(f changesFlags) ([]changed, error) {
	keep, err := f.filter()
	if err != nil {
		return nil, err
	}
	l, err := lookUp()
	if err != nil {
		return nil, err
	}
	dir := cmp.Or(f.records, a.workersDir("HTR_RECORDS", "records"))
	a.tellOfBroken(dir)
	all, err := directory.Recorded(dir)
	var damaged *directory.Damaged
	switch {
	case errors.As(err, &damaged):
		a.note(words.Capital(damaged.Error()) + ".")
	case errors.Is(err, directory.ErrNoJournal):
		return nil, fmt.Errorf("no worker has recorded changes of a directory in %s: one that runs with "+
			"--directory or HTR_DIRECTORY does; --records or HTR_RECORDS names another place", dir)
	case err != nil:
		return nil, err
	}
	found := []changed{} // an empty list in JSON, not null
	for _, c := range all {
		if keep(c) {
			found = append(found, changed{c, l.partyName(c.Party)})
		}
	}
	if f.last > 0 && len(found) > f.last {
		found = found[len(found)-f.last:]
	}
	return found, nil
}

// filter is what the flags let through.
func (f changesFlags) filter() (func(directory.Change) bool, error) {
	var of regime.Party
	var from time.Time
	var err error
	if f.last < 0 {
		return nil, fmt.Errorf("--last is a number of changes, not %d", f.last)
	}
	if f.party != "" {
		if of, err = verbs.Party(f.party); err != nil {
			return nil, fmt.Errorf("--body: %w", err)
		}
	}
	if f.since != "" {
		if from, err = calendar.ParseInstant(f.since); err != nil {
			return nil, fmt.Errorf("--since: %w", err)
		}
	}
	return func(c directory.Change) bool {
		return !c.At.Before(from) && (of == "" || c.Party == of || of.Unit() == "" && c.Party.Body() == of.Body())
	}, nil
}

func changesText(found []changed, width int) string {
	if len(found) == 0 {
		return "No such change of the directory is recorded."
	}
	t := screen.Table{Heads: []string{"WHEN", "PARTY", "CALLED", "WHAT", "IN"}, FixedColumns: 1}
	for _, c := range found {
		t.Rows = append(t.Rows, []string{calendar.Short(c.At), string(c.Party), c.Name, string(c.What),
			cmp.Or(strings.Join(c.Columns, ", "), "-")})
	}
	return strings.Join(t.Lines(width, ""), "\n")
}
