package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/erasure"
	"holdthering/regime"
	"holdthering/regime/words"
	"holdthering/verbs"
)

// eraseFlags say where, why and whether it is meant.
type eraseFlags struct {
	records, outbox, reason string
	meant                   bool
}

func (a *app) recordEraseCommand() *cobra.Command {
	var f eraseFlags
	c := look{
		use: "erase CASE --reason TEXT [flags]", short: "Delete all that is on file of a closed case whose time is over",
		long: "Delete all that is on file of a closed case whose time is over: its record, its register, its mails in the\n" +
			"outbox and its runs at the server. Without --yes it says what that would be, and deletes nothing.\n\n" +
			"Who did it, when, why, and the digests of the files stay in " + erasure.LogFile + " among the records: no names in\n" +
			"the reason. A case that is open, or that died before its end, is left alone. Nothing brings back what was\n" +
			"erased but a backup, which is to be deleted when its own time is over.",
		example: "record erase K7QM-3XRD --reason \"20 years since closing, retention schedule\" --yes", args: oneWord("case", false),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			return a.erase(cmd.Context(), f, args, asJSON)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.reason, "reason", "", "why, in a `text`")
			set.StringVar(&f.records, "records", "", "the `directory` of the records")
			set.StringVar(&f.outbox, "outbox", "", "the `directory` of the outbox")
			set.BoolVar(&f.meant, "yes", false, "delete it")
		},
	}.command()
	c.ValidArgsFunction = a.offerOver
	return c
}

func (a *app) erase(ctx context.Context, f eraseFlags, args []string, asJSON bool) error {
	if strings.TrimSpace(f.reason) == "" {
		return errors.New("--reason is missing: why is its time over?")
	}
	ref, err := verbs.CaseRef(args[0]) // whole: a part of one could mean another
	if err != nil {
		return err
	}
	places := erasure.Places{Records: cmp.Or(f.records, a.workersDir("HTR_RECORDS", "records")),
		Outbox: cmp.Or(f.outbox, a.workersDir("HTR_OUTBOX", "outbox"))}
	found, err := places.Find(ref)
	if err != nil {
		return err
	}
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := overAtServer(ctx, c, ref, found); err != nil {
		return err
	}
	e := erasure.Entry{Case: ref, At: a.now().UTC(), Person: a.person(), Role: a.Getenv("HTR_ROLE"), Reason: f.reason,
		Files: found.Files, Mails: found.Mails()}
	if !f.meant {
		return a.answer(asJSON, e, func() string {
			return "Of case " + ref + " this would be deleted: " + erasedWords(e) + " and what the server has of it. Nothing has been " +
				"deleted; --yes deletes it, for good."
		})
	}
	if err := places.Begin(e, found); err != nil {
		return err
	}
	if e.Runs, err = c.Forget(ctx, ref); err != nil {
		return err
	}
	if err := places.Finish(e, found); err != nil {
		return fmt.Errorf("not all of it could be deleted; the same command goes on with it: %w", err)
	}
	e.Done = true
	return a.answer(asJSON, e, func() string {
		return "Case " + ref + " is deleted: " + erasedWords(e) + " and " + words.Count(e.Runs, "run") + " at the server. " +
			erasure.LogFile + " says who did it, when and why."
	})
}

// overAtServer refuses a case that goes on, or of which nothing shows that it was closed.
func overAtServer(ctx context.Context, c cases.Cases, ref string, found erasure.Found) error {
	rows, err := c.List(ctx, cases.Filter{Ended: true})
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case r.Ref != ref:
		case r.Dead() || r.Stage != regime.Closed:
			return &regime.Mistake{Reason: "case " + ref + " has not been closed; nothing of it is erased."}
		default:
			return nil
		}
	}
	switch {
	case found.Empty():
		return &regime.Mistake{Reason: "there is nothing of case " + ref + ", here or at the server."}
	case found.Stage != regime.Closed:
		return &regime.Mistake{Reason: "the server does not know case " + ref + ", and no record here says that it was closed; nothing " +
			"of it is erased. Is it the right server?"}
	}
	return nil
}

func erasedWords(e erasure.Entry) string {
	names := make([]string, len(e.Files))
	for i, f := range e.Files {
		names[i] = f.Name
	}
	files := "no file"
	if len(names) > 0 {
		files = strings.Join(names, ", ")
	}
	return files + ", " + words.Count(e.Mails, "mail") + " in the outbox"
}
