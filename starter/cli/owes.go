package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/verbs"
)

// owesView is what a body owes in all cases and groups.
type owesView struct {
	By   regime.Party `json:"by"`
	Owes []cases.Owed `json:"owes"`
	// Unasked gave no answer.
	Unasked []string `json:"unasked,omitempty"`
}

func (a *app) owesCommand() *cobra.Command {
	var by string
	return look{
		use: "owes [flags]", short: "What a body owes in all cases and groups, what is due soonest first",
		long: "What a body owes in all cases and groups, what is due soonest first.\n\nA body of many units, such " +
			"as CCG, means all of them; CCG/07J means one.",
		example: "owes --by CQC",
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&by, "by", "", "the `body` ($HTR_BY)")
		},
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			if by = cmp.Or(by, a.Getenv("HTR_BY")); by == "" {
				return errors.New("what does who owe? Say --by, such as --by CQC, or set HTR_BY")
			}
			p, err := verbs.Party(by)
			if err != nil {
				return err
			}
			c, err := a.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer c.Close()
			v := owesView{By: p, Owes: []cases.Owed{}} // an empty list in JSON, not null
			found, unasked, err := cases.Owes(cmd.Context(), c, func(owner regime.Party) bool {
				return owner == p || p.Unit() == "" && owner.Body() == p.Body()
			}, a.now())
			if err != nil {
				return err
			}
			v.Owes, v.Unasked = append(v.Owes, found...), unasked
			return a.answer(asJSON, v, func() string { return v.text(a.width()) })
		},
	}.command()
}

func (v owesView) text(width int) string {
	var lines []string
	if len(v.Owes) == 0 {
		lines = []string{string(v.By) + " owes nothing in any case or group."}
	} else {
		t := screen.Table{Heads: []string{"BY", "WHERE", "WHO", "WHAT", "ANSWERED BY"}, FixedColumns: 2}
		for _, o := range v.Owes {
			due := calendar.Short(o.Due)
			if o.Overdue {
				due += " OVERDUE"
			}
			t.Rows = append(t.Rows, []string{due, o.Ref, o.Name, o.What, cmp.Or(o.Answer, "-")})
		}
		lines = t.Lines(width, "")
	}
	if len(v.Unasked) > 0 {
		lines = append(lines, "", "No answer from "+strings.Join(v.Unasked, ", ")+"; what is owed there is not listed.")
	}
	return strings.Join(lines, "\n")
}

// contactLine is how a contact answers, with where its body is rung.
type contactLine struct {
	ledger.ContactUse
	Name      string `json:"name"`
	Never     bool   `json:"never,omitempty"`
	Telephone string `json:"telephone,omitempty"`
}

func (a *app) contactsCommand() *cobra.Command {
	return look{
		use: "contacts [CASE] [flags]", example: "contacts K7QM-3XRD", args: oneWord("case", true),
		short: "Which contacts answer what they are asked, by which way, and which never do",
		long: "Which contacts of a case's bodies answer what they are asked, on a page or by another way, and\n" +
			"which never do. 'link send' sends one a new link, 'link withdraw' ends those that it has.",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, _, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			return a.contacts(s.Case.ContactUses(), s.Case.Name, asJSON)
		},
	}.command()
}

func (a *app) groupContactsCommand() *cobra.Command {
	return groupLook(look{
		use: "contacts [GROUP] [flags]", example: "group contacts Q56",
		short: "Which contacts answer what they are asked, by which way, and which never do",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, _, err := a.group(cmd.Context(), args)
			if err != nil {
				return err
			}
			return a.contacts(s.Group.ContactUses(), s.Group.Name, asJSON)
		},
	})
}

func (a *app) contacts(uses []ledger.ContactUse, name func(regime.Party) string, asJSON bool) error {
	book, _ := a.directoryInUse() // without one there are no telephone numbers
	lines := []contactLine{}
	for _, u := range uses {
		one := contactLine{ContactUse: u, Name: name(u.Party), Never: u.Never()}
		if book != nil {
			one.Telephone = book.Telephone(u.Party)
		}
		lines = append(lines, one)
	}
	return a.answer(asJSON, lines, func() string { return contactsText(lines, a.width()) })
}

func contactsText(lines []contactLine, width int) string {
	if len(lines) == 0 {
		return "Nobody has been asked anything yet."
	}
	t := screen.Table{Heads: []string{"WHO", "CONTACT", "ASKED", "BY PAGE", "OTHERWISE", "ANSWERED", "TELEPHONE"}, FixedColumns: 1}
	for _, l := range lines {
		last := "yes"
		switch {
		case l.Never:
			last = "NEVER"
		}
		if l.Withdrawn > 0 {
			last += ", " + words.Count(l.Withdrawn, "link") + " withdrawn"
		}
		t.Rows = append(t.Rows, []string{l.Name, string(l.Level), fmt.Sprint(l.Asked), fmt.Sprint(l.Pages),
			fmt.Sprint(l.Others), last, cmp.Or(l.Telephone, "-")})
	}
	return strings.Join(t.Lines(width, ""), "\n")
}
