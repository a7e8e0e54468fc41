package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/activities"
	"holdthering/backup"
	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
	"holdthering/screen"
)

// held is a mail that may have gone before the restore.
type held struct {
	Case   string            `json:"case"` // or the place of a group
	Kind   regime.NoticeKind `json:"kind"`
	Text   string            `json:"text"`
	Party  regime.Party      `json:"party"`
	Name   string            `json:"name"`
	Level  regime.Level      `json:"level"`
	WasDue time.Time         `json:"wasDue"`
}

// afterRestore is what is known after a restore.
type afterRestore struct {
	*backup.Mark
	Held []held `json:"held"`
}

// restoredFlags say where, and what is decided.
type restoredFlags struct {
	records    string
	went, send bool
}

func (a *app) restoredCommand() *cobra.Command {
	var f restoredFlags
	c := look{
		use: "restored [CASE] [flags]", short: "After a restore: the mails that may have gone before, and what is to be done with them",
		long: "After a restore from a backup: the mails that fell due after the backup was taken and before what it\n" +
			"was taken of was lost. Nobody knows whether they went, so they are held until somebody says:\n" +
			"--went, they are not sent again; --send, they are sent, perhaps a second time. With a case (or the\n" +
			"place of a group) it is said for that alone, without for all. The mail service's own log or a\n" +
			"recipient may know. It takes effect within five minutes.",
		example: "restored K7QM-3XRD --send", args: oneWord("case", true),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			return a.restored(cmd.Context(), f, args, asJSON)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.records, "records", "", "the `directory` of the records")
			set.BoolVar(&f.went, "went", false, "take them as sent")
			set.BoolVar(&f.send, "send", false, "send them")
		},
	}.command()
	c.ValidArgsFunction = a.offerCases
	return c
}

func (a *app) restored(ctx context.Context, f restoredFlags, args []string, asJSON bool) error {
	records := cmp.Or(f.records, a.workersDir("HTR_RECORDS", "records"))
	mark, broken := backup.ReadMark(records)
	if broken != nil {
		a.note(words.Capital(broken.Error()) + ". All mails of before are held until it is decided.")
	}
	decision, err := f.decision()
	if err == nil && broken != nil && decision != backup.Undecided {
		err = backup.SetMarkAside(records, a.now())
	}
	switch {
	case err != nil:
		return err
	case mark == nil:
		return fmt.Errorf("nothing in %s was restored from a backup; --records or HTR_RECORDS names another place", records)
	case decision != backup.Undecided:
		return a.decide(records, mark, decision, strings.ToUpper(strings.Join(args, "")), asJSON)
	}
	out := afterRestore{Mark: mark}
	if out.Held, err = a.heldMails(ctx, args); err != nil {
		return err
	}
	return a.answer(asJSON, out, func() string { return out.text(a.width()) })
}

func (f restoredFlags) decision() (backup.Decision, error) {
	switch {
	case f.went && f.send:
		return "", errors.New("--went or --send, not both")
	case f.went:
		return backup.Went, nil
	case f.send:
		return backup.Send, nil
	}
	return backup.Undecided, nil
}

func (a *app) decide(records string, m *backup.Mark, d backup.Decision, ref string, asJSON bool) error {
	of := "All mails that may have gone"
	if ref == "" {
		m.All, m.Cases = d, nil
	} else {
		if m.Cases == nil {
			m.Cases = map[string]backup.Decision{}
		}
		m.Cases[ref] = d
		of = "The mails of " + ref + " that may have gone"
	}
	if err := m.Write(records); err != nil {
		return err
	}
	does := " are taken as sent."
	if d == backup.Send {
		does = " are sent, perhaps a second time, within five minutes."
	}
	return a.answer(asJSON, m, func() string { return of + does })
}

// heldMails are those of one case or group, or of all.
func (a *app) heldMails(ctx context.Context, args []string) ([]held, error) {
	c, err := a.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	out := []held{} // an empty list in JSON, not null
	rows, err := c.List(ctx, cases.Filter{})
	if err != nil {
		return nil, err
	}
	wanted := func(ref string) bool { return len(args) == 0 || strings.EqualFold(ref, args[0]) }
	for _, r := range rows {
		if !wanted(r.Ref) {
			continue
		}
		s, err := c.Snapshot(ctx, r.Ref)
		if err != nil {
			return nil, err
		}
		out = append(out, heldIn(r.Ref, s.Case.Notices, s.Case.Name)...)
	}
	groups, err := c.ListGroups(ctx, cases.GroupFilter{})
	if err != nil {
		return nil, err
	}
	for _, r := range groups {
		if !wanted(r.Place) {
			continue
		}
		s, err := c.Group(ctx, r.Place)
		if err != nil {
			return nil, err
		}
		out = append(out, heldIn(r.Place, s.Group.Notices, s.Group.Name)...)
	}
	return out, nil
}

func heldIn(ref string, ns []ledger.Notice, name func(regime.Party) string) []held {
	var out []held
	for _, n := range ns {
		for _, r := range n.To {
			if r.Note == activities.NoteRestored && !n.Settled {
				out = append(out, held{Case: ref, Kind: n.Kind, Text: n.Text, Party: r.Party, Name: name(r.Party),
					Level: r.Level, WasDue: activities.WasDue(n, r)})
			}
		}
	}
	return out
}

func (r afterRestore) text(width int) string {
	lines := []string{"Restored from a backup of " + calendar.Instant(r.Taken) + ". What it was taken of may have sent mails until " +
		calendar.Instant(r.Lost) + "."}
	if len(r.Held) == 0 {
		return lines[0] + " No mail is held."
	}
	t := screen.Table{Heads: []string{"CASE", "WAS DUE", "NOTICE", "TO", "CONTACT"}, FixedColumns: 1}
	for _, h := range r.Held {
		t.Rows = append(t.Rows, []string{h.Case, calendar.Short(h.WasDue), string(h.Kind) + " " + h.Text, h.Name, string(h.Level)})
	}
	lines = append(append(lines, ""), t.Lines(width, "")...)
	return strings.Join(append(lines, "", "Each is held until somebody says --went or --send."), "\n")
}

// tellOfRestore reminds the reader that mails may be held.
func (a *app) tellOfRestore() {
	m, err := backup.ReadMark(a.workersDir("HTR_RECORDS", "records"))
	if err != nil || m != nil && m.All == backup.Undecided {
		a.note("This was restored from a backup. Mails that may have gone before are held until somebody decides: " +
			"'starter restored' lists them.")
	}
}
