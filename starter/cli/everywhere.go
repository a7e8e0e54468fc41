package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/screen"
	"holdthering/verbs"
)

// everywhereFlags have a succession recorded in all open cases and groups.
type everywhereFlags struct{ all, preview bool }

// everywhere adds --all to the commands of a succession and of a new law, which are of one case else.
func (a *app) everywhere(acts []*cobra.Command, env verbs.Env) {
	of := map[string]func(*cobra.Command, verbs.Env, everywhereFlags) error{
		failure.VerbOf(&failure.RecordSuccession{}).Path: a.succeedEverywhere,
		failure.VerbOf(&failure.MoveLaw{}).Path:          a.lawEverywhere,
	}
	usage := map[string]string{
		failure.VerbOf(&failure.RecordSuccession{}).Path: "in all open cases and groups in which the body takes part: first a " +
			"preview, then what is confirmed, or at once with --yes",
		failure.VerbOf(&failure.MoveLaw{}).Path: "in all open cases and groups: what the law does by itself, next or until the day of " +
			"--on; with --profile, --area and --region also record them of the cases that the data has in that area",
	}
	for _, family := range acts {
		for _, c := range family.Commands() {
			path := family.Name() + " " + c.Name()
			all, ok := of[path]
			if !ok {
				continue
			}
			var f everywhereFlags
			c.Flags().BoolVar(&f.all, "all", false, usage[path])
			verbs.Formerly(c.Flags(), map[string]string{"preview": "dry-run"})
			one := c.RunE
			c.RunE = func(cmd *cobra.Command, args []string) error {
				if f.all {
					f.preview = cmd.Flags().Changed("dry-run")
					return all(cmd, env, f)
				}
				return one(cmd, args)
			}
		}
	}
}

// passing is one case or group in a succession of all.
type passing struct {
	Case  string `json:"case,omitempty"`
	Group string `json:"group,omitempty"`
	About string `json:"about"`
	// Passes is what would pass on, or has.
	Passes []string `json:"passes"`
	Entry  int      `json:"entry,omitempty"` // under which it is recorded
	// On is when the law itself changes.
	On time.Time `json:"on,omitzero"`
	// Elsewhere is why nothing is to be recorded here: it lies elsewhere, the law does it by itself, or a person has to.
	Elsewhere string `json:"elsewhere,omitempty"`
	// Why it is not recorded: a rule, or no answer.
	Rule string `json:"rule,omitempty"`
	Why  string `json:"why,omitempty"`
	Done bool   `json:"done,omitempty"` // it had been recorded before
	act  func(context.Context, cases.Cases) (ledger.Receipt, error)
}

// passings are the rows with what has become of them.
type passings struct {
	Preview bool      `json:"preview"`
	Rows    []passing `json:"rows"`
	ofLaw   bool
}

// alone refuses what belongs to one case alone.
func alone(cmd *cobra.Command) error {
	for _, flag := range []string{"case", "key"} {
		if cmd.Flags().Changed(flag) {
			return fmt.Errorf("--all is for all open cases and groups; leave out --%s", flag)
		}
	}
	return nil
}

func (a *app) succeedEverywhere(cmd *cobra.Command, env verbs.Env, f everywhereFlags) error {
	if err := alone(cmd); err != nil {
		return err
	}
	words := a.wordsOfOne()
	ctx := cmd.Context()
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	out := passings{Preview: true}
	if out.Rows, err = a.previewEverywhere(ctx, c, env, words); err != nil {
		return err
	}
	return a.recordAll(cmd, c, out, f)
}

// recordAll shows what would be recorded, and records it where that is confirmed.
func (a *app) recordAll(cmd *cobra.Command, c cases.Cases, out passings, f everywhereFlags) error {
	open := 0
	for _, r := range out.Rows {
		if r.act != nil {
			open++
		}
	}
	asJSON, sure := slices.Contains(a.Args, "--json"), slices.Contains(a.Args, "--"+regime.SureFlag)
	if open > 0 && !f.preview && !sure && !asJSON && a.Confirm != nil {
		for _, line := range out.lines(a.width()) {
			a.note(line)
		}
		sure = a.Confirm(fmt.Sprintf("Record it in these %d?", open))
	}
	if sure && !f.preview {
		out.Preview = false
		a.recordEverywhere(cmd.Context(), c, out.Rows, open)
	}
	if err := a.answer(asJSON, out, func() string { return strings.Join(out.lines(a.width()), "\n") }); err != nil {
		return err
	}
	return out.exit()
}

// wordsOfOne is the command line as one of a single case: the flags that the family of all has are left out.
func (a *app) wordsOfOne() []string {
	return slices.DeleteFunc(slices.Clone(a.Args), func(w string) bool {
		name, _, _ := strings.Cut(w, "=")
		return slices.Contains([]string{"--all", "--preview", "--dry-run", "--json"}, name)
	})
}

// previewEverywhere asks each open case and group what would pass on, and judges whether it may.
func (a *app) previewEverywhere(ctx context.Context, c cases.Cases, env verbs.Env, words []string) ([]passing, error) {
	rows := []passing{}
	list, err := c.List(ctx, cases.Filter{})
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		p, err := a.passingIn(ctx, c, env, append(slices.Clone(words), "--case", r.Ref), r)
		if err != nil {
			return nil, err
		}
		if p != nil {
			rows = append(rows, *p)
		}
	}
	groups, err := c.ListGroups(ctx, cases.GroupFilter{})
	if err != nil {
		return nil, err
	}
	family := strings.Fields(surveillance.VerbOf(&surveillance.RecordGroupSuccession{}).Path)[1:]
	for _, r := range groups {
		of := slices.Concat(family, words[2:], []string{"--group", r.Place})
		p, err := a.passingInGroup(ctx, c, env, of, r)
		if err != nil {
			return nil, err
		}
		if p != nil {
			rows = append(rows, *p)
		}
	}
	return rows, nil
}

func (a *app) passingIn(ctx context.Context, c cases.Cases, env verbs.Env, words []string, r cases.Row) (*passing, error) {
	env.Case = ""
	parsed, err := verbs.Parse(words, env)
	if err != nil || r.Ended || r.Stage == regime.Closed {
		return nil, err
	}
	p := &passing{Case: r.Ref, About: r.Provider, Passes: []string{}}
	s, err := c.Snapshot(ctx, r.Ref)
	if err != nil {
		p.Why = err.Error()
		return p, nil
	}
	act := parsed.Act.(*failure.RecordSuccession)
	now := a.timeIn(s.Now, s.ClockOffset, s.Standing)
	heir, _ := s.Case.Heir(act.From, now)
	p.Done, p.Passes = heir != "", s.Case.PassesOn(act.From)
	if len(p.Passes) == 0 && !p.Done {
		return nil, nil
	}
	p.judged(s.Standing, s.Case.Check(parsed.Request, act, now), func(ctx context.Context, c cases.Cases) (ledger.Receipt, error) {
		return c.Act(ctx, r.Ref, parsed.Request, act)
	})
	return p, nil
}

func (a *app) passingInGroup(ctx context.Context, c cases.Cases, env verbs.Env, words []string, r cases.GroupRow) (*passing, error) {
	env.Group = ""
	parsed, err := verbs.ParseGroup(words, env)
	if err != nil || r.Ended {
		return nil, err
	}
	p := &passing{Group: r.Place, Passes: []string{}}
	s, err := c.Group(ctx, r.Place)
	if err != nil {
		p.Why = err.Error()
		return p, nil
	}
	act := parsed.Act.(*surveillance.RecordGroupSuccession)
	now := a.timeIn(s.Now, s.ClockOffset, s.Standing)
	heir, _ := s.Group.Heir(act.From, now)
	p.About, p.Done, p.Passes = s.Group.PlaceName, heir != "", s.Group.PassesOn(act.From)
	if len(p.Passes) == 0 && !p.Done {
		return nil, nil
	}
	p.judged(s.Standing, s.Group.Check(parsed.Request, act, now), func(ctx context.Context, c cases.Cases) (ledger.Receipt, error) {
		return c.ActInGroup(ctx, r.Place, parsed.Request, act)
	})
	return p, nil
}

// judged keeps why a succession cannot be recorded, or how it is.
func (p *passing) judged(s cases.Standing, err error, act func(context.Context, cases.Cases) (ledger.Receipt, error)) {
	switch {
	case p.Done:
		p.Passes = []string{}
	case s.Dead():
		p.Why = "it is dead: " + string(s.State)
	case err != nil:
		p.refused(err)
	default:
		p.act = act
	}
}

func (p *passing) refused(err error) {
	f, _ := classify(err)
	p.Rule, p.Why = f.Rule, f.Reason
}

// recordEverywhere goes through all, and past those that cannot be reached or refuse.
func (a *app) recordEverywhere(ctx context.Context, c cases.Cases, rows []passing, of int) {
	n := 0
	for i := range rows {
		p := &rows[i]
		if p.act == nil {
			continue
		}
		n++
		receipt, err := p.act(ctx, c)
		if err != nil {
			p.refused(err)
		} else {
			p.Entry = receipt.Entry.N
		}
		a.note(fmt.Sprintf("%d of %d: %s %s", n, of, p.place(), p.state(false)))
	}
}

func (p passing) place() string {
	if p.Group != "" {
		return "group " + p.Group
	}
	return p.Case
}

func (p passing) state(preview bool) string {
	switch {
	case p.Done:
		return "recorded before"
	case p.Elsewhere != "":
		return p.Elsewhere
	case p.Rule != "":
		return "refused by " + p.Rule + ": " + p.Why
	case p.Why != "":
		return "not done: " + p.Why
	case preview:
		return "to be recorded"
	case p.Entry > 0:
		return "recorded as entry " + strconv.Itoa(p.Entry)
	}
	return "not done"
}

func (s passings) lines(width int) []string {
	if len(s.Rows) == 0 && s.ofLaw {
		return []string{"In no open case and no group does the law change by itself, as far as a day is known."}
	}
	if len(s.Rows) == 0 {
		return []string{"No open case and no group has that body in a seat, or as the owner of a duty or an action."}
	}
	t := screen.Table{Heads: []string{"WHERE", "ABOUT", "WHAT PASSES ON", ""}, FixedColumns: 1}
	if s.ofLaw {
		t.Heads[2] = "WHAT THE LAW DOES"
	}
	done, before, not, left := 0, 0, 0, 0
	for _, p := range s.Rows {
		t.Rows = append(t.Rows, []string{p.place(), p.About, strings.Join(p.Passes, "; "), p.state(s.Preview)})
		switch {
		case p.Done:
			before++
		case p.Elsewhere != "":
			left++
		case p.Why != "":
			not++
		default:
			done++
		}
	}
	end := fmt.Sprintf("%d recorded, %d recorded before, %d not done. The same command may be given again: what is recorded "+
		"is left alone.", done, before, not)
	if s.Preview {
		end = fmt.Sprintf("Nothing has been recorded: this is what would be, in %d; %d recorded before, %d cannot. --yes records it.",
			done, before, not)
	}
	if s.Preview && done+before+not == 0 {
		end = "Nothing has been recorded, and nothing has to be for what the law does by itself."
	} else if left > 0 {
		end += fmt.Sprintf(" %d left alone, for the reason beside each.", left)
	}
	return append(t.Lines(width, ""), screen.Wrapped(end, width)...)
}

// exit: a rule that refuses in one of them is told by the code, and so is what could not be reached.
func (s passings) exit() error {
	code := exitDone
	for _, p := range s.Rows {
		switch {
		case p.Rule != "":
			code = max(code, exitRefused)
		case p.Why != "":
			code = exitUnreachable
		}
	}
	if code == exitDone {
		return nil
	}
	return silent(code)
}
