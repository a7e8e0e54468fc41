package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
	"holdthering/typed"
	"holdthering/verbs"
)

// lawSweep is one look at what the law does in all open cases and groups.
type lawSweep struct {
	env   verbs.Env
	words []string  // of the act in one case; nil: nothing is to be recorded
	until time.Time // zero: the next change of each alone
}

// lawEverywhere shows what the law does by itself in all open cases and groups, and records in which area those lie
// whose areas it has redrawn.
func (a *app) lawEverywhere(cmd *cobra.Command, env verbs.Env, f everywhereFlags) error {
	if err := alone(cmd); err != nil {
		return err
	}
	sweep := lawSweep{env: env}
	if slices.ContainsFunc([]string{"to", "area", "region"}, cmd.Flags().Changed) {
		sweep.words = a.wordsOfOne()
	} else if day := cmd.Flags().Lookup("on"); day.Changed {
		said, err := env.Spoken("on", day.Value.String(), typed.After)
		if err == nil {
			sweep.until, err = calendar.ParseInstant(strings.TrimSpace(said))
		}
		if err != nil {
			return fmt.Errorf("--on: %w", err)
		}
	}
	ctx := cmd.Context()
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	out := passings{Preview: true, ofLaw: true}
	if out.Rows, err = a.lawRows(ctx, c, sweep); err != nil {
		return err
	}
	return a.recordAll(cmd, c, out, f)
}

func (a *app) lawRows(ctx context.Context, c cases.Cases, sweep lawSweep) ([]passing, error) {
	rows := []passing{}
	list, err := c.List(ctx, cases.Filter{})
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.Ended || r.Stage == regime.Closed {
			continue
		}
		found, err := a.lawIn(ctx, c, sweep, r)
		if err != nil {
			return nil, err
		}
		rows = append(rows, found...)
	}
	groups, err := c.ListGroups(ctx, cases.GroupFilter{})
	if err != nil {
		return nil, err
	}
	for _, r := range groups {
		if !r.Ended {
			rows = append(rows, a.lawInGroup(ctx, c, sweep, r)...)
		}
	}
	return rows, nil
}

// lawIn is a row for each change of the law in a case.
func (a *app) lawIn(ctx context.Context, c cases.Cases, sweep lawSweep, r cases.Row) ([]passing, error) {
	p := passing{Case: r.Ref, About: r.Provider, Passes: []string{}}
	s, err := c.Snapshot(ctx, r.Ref)
	if err != nil {
		p.Why = err.Error()
		return []passing{p}, nil
	}
	if s.Standing.Dead() {
		p.Why = "it is dead: " + string(s.Standing.State)
		return []passing{p}, nil
	}
	now := a.timeIn(s.Now, s.ClockOffset, s.Standing)
	steps := s.Case.LawSteps(now, sweep.until)
	if sweep.words == nil {
		return p.steps(steps, now, howInCase(s.Case)), nil
	}
	parsed, err := parsedIn(sweep, r.Ref)
	if err != nil {
		return nil, err
	}
	act := parsed.Act.(*failure.MoveLaw)
	if strings.EqualFold(s.Case.Profile, act.To) {
		p.Done = true
		return []passing{p}, nil
	}
	if len(steps) == 0 || !steps[0].Waits || steps[0].On.After(now) {
		return nil, nil // it goes by the law that it has
	}
	if p.Elsewhere = elsewhere(s.Case, act.Area); p.Elsewhere != "" {
		return []passing{p}, nil
	}
	p.judged(s.Standing, s.Case.Check(parsed.Request, act, now), func(ctx context.Context, c cases.Cases) (ledger.Receipt, error) {
		return c.Act(ctx, r.Ref, parsed.Request, act)
	})
	if p.act != nil {
		seen, err := a.foreseeIn(s.Case, parsed.Request, act, now)
		if err != nil {
			return nil, err
		}
		p.Passes = []string{seen.Entry}
	}
	return []passing{p}, nil
}

func parsedIn(sweep lawSweep, ref string) (verbs.Parsed, error) {
	env := sweep.env
	env.Case = ""
	return verbs.Parse(append(slices.Clone(sweep.words), "--case", ref), env)
}

// elsewhere says why a case is not moved with an area: it lies in another one, or nothing tells that it lies there alone.
func elsewhere(k *failure.Case, area string) string {
	l, err := lookUp()
	if err != nil {
		return err.Error()
	}
	boards := l.ref.BoardsOf(k.Provider)
	switch {
	case len(boards) == 1 && boards[0] == area:
		return ""
	case len(boards) == 0:
		return "left alone: the data does not say in which board's area it lies. " + howInCase(k)
	case slices.Contains(boards, area):
		return "left alone: its councils lie in " + strings.Join(boards, " and ") + ". " + howInCase(k)
	}
	return "left alone: it lies in " + strings.Join(boards, " or ")
}

// howInCase is the command that says of one case where it lies.
func howInCase(k *failure.Case) string {
	return "Say it of this one: '" + verbs.Program + " succession law --case " + k.Ref + "'"
}

func (a *app) lawInGroup(ctx context.Context, c cases.Cases, sweep lawSweep, r cases.GroupRow) []passing {
	p := passing{Group: r.Place, Passes: []string{}}
	s, err := c.Group(ctx, r.Place)
	if err != nil {
		p.Why = err.Error()
		return []passing{p}
	}
	p.About = s.Group.PlaceName
	if s.Standing.Dead() {
		p.Why = "it is dead: " + string(s.Standing.State)
		return []passing{p}
	}
	now := a.timeIn(s.Now, s.ClockOffset, s.Standing)
	steps := s.Group.LawSteps(now, sweep.until)
	ends := "Its area is redrawn: end it ('" + verbs.Program + " " + surveillance.VerbOf(&surveillance.EndGroup{}).Path +
		"') and start that of the new area"
	if sweep.words != nil {
		steps = slices.DeleteFunc(steps, func(s ledger.LawStep) bool { return !s.Waits || s.On.After(now) })
	}
	return p.steps(steps, now, ends)
}

// steps are rows of what the law does by itself, or waits for.
func (p passing) steps(steps []ledger.LawStep, now time.Time, how string) []passing {
	var out []passing
	for _, s := range steps {
		row := p
		row.On = s.On
		switch {
		case s.Waits && s.On.After(now):
			row.Passes, row.Elsewhere = []string{"The law is " + s.Profile + ", and its areas are others."}, "waits then for a person"
		case s.Waits:
			row.Passes = []string{"Since " + calendar.Day(s.On) + " the law is " + s.Profile + ", and its areas are others."}
			row.Elsewhere = words.Full("waits for a person") + " " + how
		default:
			row.Passes, row.Elsewhere = []string{s.Says}, "by itself on "+calendar.Day(s.On)
		}
		out = append(out, row)
	}
	return out
}
