package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/activities/mail/outbox"
	"holdthering/regime/calendar"
	"holdthering/screen"
	"holdthering/verbs"
	"holdthering/whole"
)

func (a *app) outboxCommand() *cobra.Command {
	var dir, ref string
	var last int
	return look{
		use: "outbox [MAIL] [flags]", short: "The mails that lie in the outbox, or one of them",
		long: "The mails in the outbox, the newest last, or one of them by any part of its name\n" +
			"that no other has.\n\nThe outbox is --outbox, else HTR_OUTBOX, else var/outbox or outbox here.",
		example: "outbox --case K7QM-3XRD --last 20", args: oneWord("mail", true),
		run: func(_ *cobra.Command, args []string, asJSON bool) error {
			if dir == "" {
				dir = a.workersDir("HTR_OUTBOX", "outbox")
			}
			if len(args) > 0 {
				return a.readMail(dir, args[0], asJSON)
			}
			return a.listMails(dir, ref, last, asJSON)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&dir, "outbox", "", "the `directory` of the outbox")
			verbs.Formerly(set, map[string]string{"dir": "outbox"})
			set.StringVar(&ref, "case", "", "only mails of this `case`")
			set.IntVar(&last, "last", 30, "how `many` of the latest; 0 for all")
		},
	}.command()
}

// workersDir is where the worker of this machine puts what it writes of a kind, such as mails in
// "outbox".
func (a *app) workersDir(variable, kind string) string {
	if dir := a.Getenv(variable); dir != "" {
		return dir
	}
	usual := filepath.Join("var", kind)
	if _, err := os.Stat(usual); err == nil {
		return usual
	}
	return kind
}

// tellOfBroken names the files that a worker has found broken and set aside.
func (a *app) tellOfBroken(dirs ...string) {
	for _, dir := range dirs {
		for _, file := range whole.SetAsides(dir) {
			a.note("Broken, and set aside by the worker, which went on without it: " + file +
				". Look at it, and remove it when it is no longer needed.")
		}
	}
}

func (a *app) listMails(dir, ref string, last int, asJSON bool) error {
	if ref != "" {
		var err error
		if ref, err = verbs.CaseRef(ref); err != nil {
			return fmt.Errorf("--case: %w", err)
		}
	}
	if last < 0 {
		return fmt.Errorf("--last is a number of mails, not %d", last)
	}
	all, err := a.lie(dir)
	if err != nil {
		return err
	}
	mails := []outbox.Entry{} // an empty list in JSON, not null
	for _, m := range all {
		if ref == "" || strings.EqualFold(m.CaseRef, ref) {
			mails = append(mails, m)
		}
	}
	if last > 0 && len(mails) > last {
		mails = mails[len(mails)-last:]
	}
	return a.answer(asJSON, mails, func() string { return mailsText(mails, a.width()) })
}

func mailsText(mails []outbox.Entry, width int) string {
	if len(mails) == 0 {
		return "No such mail."
	}
	t := screen.Table{Heads: []string{"WHEN", "MAIL", "TO", "SUBJECT"}, FixedColumns: 2}
	for _, m := range mails {
		subject := m.Subject
		if m.Urgent {
			subject = "URGENT " + subject
		}
		t.Rows = append(t.Rows, []string{calendar.Short(m.At), mark(m.Name),
			cmp.Or(m.To.Name, m.To.Email), subject})
	}
	return strings.Join(t.Lines(width, ""), "\n")
}

// mark is the end of a mail's name, by which it can be told from others.
func mark(name string) string {
	name = strings.TrimSuffix(name, filepath.Ext(name))
	return name[strings.LastIndexAny(name, "-_")+1:]
}

// lie is what lies in the outbox; of a file that is no mail it tells and goes on.
func (a *app) lie(dir string) ([]outbox.Entry, error) {
	a.tellOfBroken(dir)
	all, err := outbox.List(dir)
	var skipped *outbox.SkippedError
	switch {
	case errors.As(err, &skipped):
		a.note(skipped.Error())
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no outbox at %s; --dir or HTR_OUTBOX names another", dir)
	case err != nil:
		return nil, err
	}
	return all, nil
}

// nameOf finds the mail whose name the words are a part of.
func (a *app) nameOf(dir, part string) (string, error) {
	all, err := a.lie(dir)
	if err != nil {
		return "", err
	}
	var found []string
	for _, m := range all {
		if strings.Contains(m.Name, part) {
			found = append(found, m.Name)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fmt.Errorf("no mail has %q in its name; 'outbox' lists them", screen.Clipped(part, 40))
	}
	return "", fmt.Errorf("%d mails have %q in their name; it takes one", len(found), screen.Clipped(part, 40))
}

func (a *app) readMail(dir, part string, asJSON bool) error {
	name, err := a.nameOf(dir, part)
	if err != nil {
		return err
	}
	m, err := outbox.Read(dir, name)
	if err != nil {
		return err
	}
	return a.answer(asJSON, m, func() string {
		head := []string{
			"From:    " + screen.Plain(m.From.Name+" <"+m.From.Email+">"),
			"To:      " + screen.Plain(m.To.Name+" <"+m.To.Email+">"),
			"Date:    " + calendar.Instant(m.At),
			"Subject: " + screen.Plain(m.Subject), "",
		}
		return strings.Join(append(head, screen.Visible(m.Text)), "\n")
	})
}
