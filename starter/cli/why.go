package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/screen"
	"holdthering/typed"
	"holdthering/verbs"
)

func (a *app) whyCommand() *cobra.Command {
	law := profileFlag{a: a}
	c := look{
		use:   "why [CASE] WHAT [flags]",
		short: "Why something is so: a duty, a mail, an entry, a party's place, a rule, the law of a day",
		long: "Why something in a case is so: a duty (D7), a mail (n12), an entry of the chronology (14),\n" +
			"that a party was invited or left out (Police), a rule (R27), or what became of an action, a\n" +
			"notice, a use of a power, a concern, a review, what is to be put to rest, or anything else with a\n" +
			"number (A1, W1, U1, K1, E1, M1), or of the summit, the ring or a meeting (meeting-2). It says by\n" +
			"which rule and source, who owes it to which body, how its time was worked out, who was told, and\n" +
			"how it ended.\n\n" +
			"Of the law it says what it is, by which source, and whether that is confirmed: of a day\n" +
			"(2022-07-01), a power (P-MON-1), a body (Monitor), a type of provider (NHS_TRUST) or a part\n" +
			"(default-ring-holder). --on asks for the law of a day. Without a case no server is asked.",
		example: "why K7QM-3XRD D7",
		args:    a.reasonNamed("HTR_CASE", "an entry (14), a party or a rule (R27); 'why CASE' lists what there is"),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if len(args) == 0 || len(args) == 1 && verbs.WholeRef(args[0]) {
				return a.whyWhat(cmd.Context(), args, asJSON)
			}
			what := args[len(args)-1]
			if len(args) == 1 && a.Getenv("HTR_CASE") == "" {
				return a.whyLawOrWhat(cmd.Context(), &law, what, asJSON)
			}
			day, err := law.day()
			if err != nil {
				return err
			}
			s, _, err := a.whole(cmd.Context(), args[:len(args)-1])
			if err != nil {
				return err
			}
			e, err := s.Case.WhyOn(what, day)
			return a.explained(e, err, s.Standing, asJSON)
		},
		flags: law.bindDay,
	}.command()
	c.ValidArgsFunction = a.offerReasons
	return c
}

// whyLawOrWhat explains what stands in the law; what does not is taken for a case.
func (a *app) whyLawOrWhat(ctx context.Context, law *profileFlag, what string, asJSON bool) error {
	err := a.whyLaw(law, what, asJSON)
	if !errors.Is(err, errNoLaw) {
		return err
	}
	if ledger.Numbered(what) {
		_, err = a.caseText(nil)
		return err
	}
	return a.whyWhat(ctx, []string{what}, asJSON)
}

var errNoLaw = errors.New("the law has nothing of that name")

// whyWhat lists what can be asked about a case.
func (a *app) whyWhat(ctx context.Context, args []string, asJSON bool) error {
	s, _, err := a.snapshot(ctx, args)
	if err != nil {
		return err
	}
	k := s.Case.Public()
	v := askable{About: "case " + k.Ref, Points: k.Explained(), ask: verbs.Program + " why " + k.Ref, open: k.OpenDuties()}
	return a.answer(asJSON, v, func() string { return v.text(a.width()) })
}

// askable is what 'why' can be asked about.
type askable struct {
	About  string         `json:"about"`
	Points []ledger.Point `json:"points"`
	ask    string
	open   []ledger.Duty
}

// maxAskable is how many ended duties, mails and entries are listed: the latest.
const maxAskable = 8

func (v askable) text(width int) string {
	var owed, ended, mails, entries, items []ledger.Point
	for _, p := range v.Points {
		switch {
		case slices.ContainsFunc(v.open, func(d ledger.Duty) bool { return d.ID == p.On }):
			owed = append(owed, p)
		case p.On[0] == 'D' && ledger.Numbered(p.On):
			ended = append(ended, p)
		case p.On[0] == 'n':
			mails = append(mails, p)
		case ledger.Numbered(p.On):
			entries = append(entries, p)
		default:
			items = append(items, p)
		}
	}
	lines := screen.Wrapped("What can be asked about "+v.About+": '"+v.ask+" NUMBER'; also a party or a rule (R27).", width)
	for _, part := range []struct {
		title string
		all   []ledger.Point
		most  int
	}{{"Open duties", owed, len(owed)}, {"Actions, concerns, reviews and the like", items, len(items)},
		{"Duties that ended, the latest", ended, maxAskable}, {"Mails, the latest", mails, maxAskable},
		{"Entries of the chronology, the latest", entries, maxAskable}} {
		if len(part.all) == 0 {
			continue
		}
		t := screen.Table{Heads: []string{"NO", "WHAT"}, FixedColumns: 1}
		for _, p := range part.all[max(0, len(part.all)-part.most):] {
			t.Rows = append(t.Rows, []string{p.On, screen.Clipped(p.Says, maxEntry)})
		}
		lines = append(append(lines, "", part.title), t.Lines(width, "  ")...)
		if more := len(part.all) - part.most; more > 0 {
			lines = append(lines, fmt.Sprintf("  and %d earlier: --json has all", more))
		}
	}
	return strings.Join(lines, "\n")
}

// daySaid is a day as others are written, if one is meant: "1 July 2022". All else is returned as it is.
func (a *app) daySaid(what string) (string, error) {
	if written, ok, err := typed.When(what, a.now().In(calendar.London), typed.Nearest); err == nil && ok {
		return written, nil
	}
	if aDay.MatchString(what) {
		if _, err := calendar.ParseInstant(what); err != nil {
			return "", err
		}
	}
	return what, nil
}

// aDay is what can only be meant as a day, whether there is such a one or not.
var aDay = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}$`)

// whyLaw explains what stands in the law, where no case is named.
func (a *app) whyLaw(law *profileFlag, what string, asJSON bool) error {
	p, err := law.profile()
	if err != nil {
		return err
	}
	if what, err = a.daySaid(what); err != nil {
		return err
	}
	e, ok := ledger.WhyLaw(p, what)
	if !ok {
		return errNoLaw
	}
	return a.answer(asJSON, e, func() string { return strings.Join(whyLines(e, a.width()), "\n") })
}

// reasonNamed refuses a command line that does not say what is to be explained.
func (a *app) reasonNamed(place, others string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 && a.Getenv(place) == "" || len(args) > 2 {
			return errors.New("why what? Name a duty (D7), a mail (n12), " + others)
		}
		return nil
	}
}

func (a *app) explained(e ledger.Explanation, err error, s cases.Standing, asJSON bool) error {
	if err != nil {
		return err
	}
	a.warn(s)
	return a.answer(asJSON, e, func() string { return strings.Join(whyLines(e, a.width()), "\n") })
}

// offerReasons lets the shell offer the cases, then what can be explained in one.
func (a *app) offerReasons(cmd *cobra.Command, args []string, begun string) ([]string,
	cobra.ShellCompDirective) {
	named := cmp.Or(strings.Join(args, ""), cmp.Or(cmd.Flag("case").Value.String(), a.Getenv("HTR_CASE")))
	if named == "" {
		return a.offerAllCases(cmd, args, begun)
	}
	ref, err := verbs.CaseRef(named)
	if err != nil || len(args) > 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.offerExplained(func(ctx context.Context, c cases.Cases) ([]ledger.Point, error) {
		s, err := c.Snapshot(ctx, ref)
		if err != nil {
			return nil, err
		}
		return s.Case.Public().Explained(), nil
	})
}

// offerExplained lets the shell offer what can be explained, if the server answers promptly.
func (a *app) offerExplained(of func(context.Context, cases.Cases) ([]ledger.Point, error)) ([]string, cobra.ShellCompDirective) {
	ctx, cancel := context.WithTimeout(context.Background(), promptly)
	defer cancel()
	c, err := a.reach(ctx, cases.Settings{Patience: promptly})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer c.Close()
	points, err := of(ctx, c)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, p := range points {
		out = append(out, cobra.CompletionWithDesc(p.On, screen.Clipped(p.Says, maxEntry)))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func whyLines(e ledger.Explanation, width int) []string {
	out := screen.Wrapped(e.About+": "+e.Title, width)
	t := screen.Table{Heads: []string{"", ""}, FixedColumns: 1}
	for _, p := range e.Points {
		t.Rows = append(t.Rows, []string{p.On, p.Says})
	}
	out = append(out, t.Lines(width, "  ")...)
	for _, r := range e.Rules {
		out = append(out, "")
		if r.Says != e.Title {
			out = append(out, screen.Wrapped(r.ID+": "+r.Says, width)...)
		}
		out = append(out, bullet("source: "+r.Source, width)...)
	}
	if len(e.Rungs) > 0 {
		out = append(out, "", "Reminders")
		out = append(out, rungTable(e.Rungs).Lines(width, "  ")...)
	}
	if len(e.Told) > 0 {
		out = append(out, "", "Who was told")
		out = append(out, deliveryTable(e.Told).Lines(width, "  ")...)
	}
	return out
}

func rungTable(steps []ledger.Step) screen.Table {
	t := screen.Table{Heads: []string{"RUNG", "FROM", "WHEN", "TELLS", "MAILS"}, FixedColumns: 2}
	for _, s := range steps {
		rung, mails := strconv.Itoa(s.Rung), make([]string, 0, len(s.Mails))
		if s.Rung == 0 {
			rung = "-"
		}
		for _, m := range s.Mails {
			names := make([]string, len(m.To))
			for i, to := range m.To {
				names[i] = to.Name
			}
			mails = append(mails, m.Notice+" "+calendar.Short(m.At)+" to "+few(names))
		}
		t.Rows = append(t.Rows, []string{rung, calendar.Short(s.At), s.When,
			cmp.Or(strings.Join(s.Tells, ", "), "-"), cmp.Or(strings.Join(mails, "; "), "-")})
	}
	return t
}

func deliveryTable(told []ledger.RecipientExplained) screen.Table {
	t := screen.Table{Heads: []string{"WHO", "CONTACT", "WHY", "WHAT BECAME OF IT"}}
	for _, h := range told {
		t.Rows = append(t.Rows, []string{h.Name, string(h.Level), cmp.Or(h.Why, "-"), h.Came})
	}
	return t
}
