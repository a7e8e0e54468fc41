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
	By regime.Party `json:"by,omitempty"`
	// Region is the one that is looked at alone, and RegionName what it is called.
	Region     string       `json:"region,omitempty"`
	RegionName string       `json:"regionName,omitempty"`
	Owes       []cases.Owed `json:"owes"`
	// Unasked gave no answer.
	Unasked []string `json:"unasked,omitempty"`
}

// owesFlags say whose duties are meant, and how they are shown.
type owesFlags struct {
	by, region string
	sheet
}

func (a *app) owesCommand() *cobra.Command {
	var f owesFlags
	c := look{
		use: "owes [BODY] [flags]", args: oneWord("body", true), short: "What a body owes in all cases and groups, what is due soonest first",
		long: "What a body owes in all cases and groups, what is due soonest first.\n\nA body of many units, such " +
			"as CCG, means all of them; CCG/07J means one. --region looks at the cases and groups of one region; without " +
			"--by, at what everybody owes there.",
		example: "owes CQC",
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.by, "by", "", "the `body` ($HTR_BY)")
			set.StringVar(&f.region, "region", "", "only what is owed in this `region`: Y55, or its name")
			f.sheet.bind(set)
		},
		offers: map[string]cobra.CompletionFunc{"by": verbs.OfferBodies, "region": verbs.OfferRegions,
			"format": fixed(sheetFormats)},
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if err := f.sheet.check(); err != nil {
				return err
			}
			if len(args) > 0 {
				if f.by != "" {
					return errors.New("the body as a word or by --by, please, not both")
				}
				f.by = args[0]
			}
			if f.region == "" {
				f.by = cmp.Or(f.by, a.Getenv("HTR_BY"))
			}
			return a.owes(cmd, f, asJSON)
		},
	}.command()
	c.ValidArgsFunction = verbs.OfferBodies
	return c
}

// owes says what a body owes, or in a region everybody.
func (a *app) owes(cmd *cobra.Command, f owesFlags, asJSON bool) error {
	by, region := f.by, f.region
	v := owesView{Owes: []cases.Owed{}} // an empty list in JSON, not null
	var err error
	if by == "" && region == "" {
		return errors.New("what does who owe? Say --by, such as --by CQC, or set HTR_BY; or --region")
	}
	if by != "" {
		if v.By, err = verbs.Party(by); err != nil {
			return err
		}
	}
	if region != "" {
		if v.Region, v.RegionName, err = regionNamed(region); err != nil {
			return err
		}
	}
	c, err := a.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer c.Close()
	found, unasked, err := cases.Owes(cmd.Context(), c, func(owner regime.Party) bool {
		return v.By == "" || owner == v.By || v.By.Unit() == "" && owner.Body() == v.By.Body()
	}, a.now())
	if err != nil {
		return err
	}
	for _, o := range found {
		if v.Region == "" || o.Region == v.Region {
			v.Owes = append(v.Owes, o)
		}
	}
	v.Unasked = unasked
	if f.csv() && !asJSON {
		_, err := fmt.Fprint(a.Stdout, v.table().CSV())
		return err
	}
	return a.answer(asJSON, v, func() string { return v.text(a.width()) })
}

// regionNamed finds a region by its code or name.
func regionNamed(text string) (code, name string, err error) {
	place, err := verbs.GroupPlace(text)
	if err != nil {
		return "", "", fmt.Errorf("--region: %w", err)
	}
	l, err := lookUp()
	if err != nil {
		return "", "", err
	}
	r, ok := l.ref.Region(place)
	if !ok {
		r, ok = l.ref.LaterRegion(place)
	}
	if !ok {
		return "", "", fmt.Errorf("--region: %s is no region, as Y55 is", place)
	}
	return r.Code, r.Name, nil
}

// whose is who owes, in words.
func (v owesView) whose() string {
	who := cmp.Or(string(v.By), "Nobody")
	if v.Region != "" {
		who += " in " + v.RegionName
	}
	return who
}

func (v owesView) text(width int) string {
	var lines []string
	if len(v.Owes) == 0 {
		lines = []string{v.whose() + " owes nothing in any case or group."}
		if v.By == "" {
			lines = []string{v.whose() + " owes anything in any case or group."}
		}
	} else {
		t := screen.Table{Heads: []string{"BY", "WHERE", "NO", "WHO", "WHAT", "ANSWERED BY"}, FixedColumns: 3}
		for _, o := range v.Owes {
			due := calendar.Short(o.Due)
			if o.Overdue {
				due += " OVERDUE"
			}
			t.Rows = append(t.Rows, []string{due, o.Ref, o.Duty, o.Name, o.What, cmp.Or(o.Answer, "-")})
		}
		lines = t.Lines(width, "")
	}
	if len(v.Unasked) > 0 {
		lines = append(lines, "", "No answer from "+strings.Join(v.Unasked, ", ")+"; what is owed there is not listed.")
	}
	return strings.Join(lines, "\n")
}

func (v owesView) table() words.Table {
	t := words.Table{Columns: []string{"By", "Overdue", "Where", "Number", "Body", "Name", "What", "Answered by", "Region"}}
	for _, o := range v.Owes {
		late := ""
		if o.Overdue {
			late = "yes"
		}
		t.Rows = append(t.Rows, []string{o.Due.In(calendar.London).Format("2006-01-02 15:04"), late, o.Ref, o.Duty, string(o.Owner),
			o.Name, o.What, o.Answer, o.Region})
	}
	if len(v.Unasked) > 0 {
		t.Notes = append(t.Notes, "No answer from "+strings.Join(v.Unasked, ", "))
	}
	return t
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
