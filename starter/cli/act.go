package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
	"holdthering/screen"
	"holdthering/verbs"
)

// done is what an act has led to.
type done struct {
	Case   string `json:"case"`
	Opened bool   `json:"opened,omitempty"` // the act is the first of a new case
	// Profile is that of a new case, and Misfit says that it is of other years.
	Profile string `json:"profile,omitempty"`
	Misfit  string `json:"misfit,omitempty"`
	// Register is what the register says of the provider of a new case by its day.
	Register []string `json:"register,omitempty"`
	ledger.Receipt
	provider regime.Provider
}

// act takes an act to its case and prints the receipt.
func (a *app) act(cmd *cobra.Command, p verbs.Parsed) error {
	ctx := cmd.Context()
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	d := done{Case: p.Case}
	other, err := linked(ctx, c, p)
	if err != nil {
		return err
	}
	if p.Opening != nil {
		if err := a.alone(ctx, c, p); err != nil {
			return err
		}
	}
	a.takeAlong(ctx, c, p)
	if p.DryRun {
		f, err := a.foresee(ctx, c, p)
		if err != nil {
			return a.orThere(p.Act, err, a.thereIn(p.Case), err)
		}
		return a.answer(p.JSON, f, func() string { return f.text(a.width()) })
	}
	if err := a.agreedIn(ctx, c, p, p.JSON || cmd.Flags().Changed("yes")); err != nil {
		return err
	}
	d.Receipt, err = a.sure(p.Request, p.JSON, func(req ledger.Request) (ledger.Receipt, error) {
		if p.Opening != nil {
			return c.Open(ctx, *p.Opening, req, p.Act)
		}
		return c.Act(ctx, p.Case, req, p.Act)
	})
	if err != nil {
		return a.orThere(p.Act, err, a.thereIn(p.Case), a.orNear(ctx, c, p.Case, err))
	}
	if p.Opening != nil {
		d.Opened, d.provider = !d.Repeated, p.Opening.Provider
		d.Profile, d.Misfit = p.Opening.Profile, misfit(p.Opening.Profile, a.now())
		d.Register = p.Remarks
	}
	a.link(ctx, c, p, d.Entry.By)
	a.linkBack(ctx, c, p, other)
	return a.answer(p.JSON, d, func() string { return d.text(a.width()) })
}

// sure does what is asked, and where that is asked back about, what the person answers.
func (a *app) sure(req ledger.Request, asJSON bool, do func(ledger.Request) (ledger.Receipt, error)) (
	ledger.Receipt, error) {
	receipt, err := do(req)
	var m *regime.Mistake
	if a.Confirm == nil || asJSON || !errors.As(err, &m) || !m.Doubt {
		return receipt, err
	}
	question, _, _ := strings.Cut(m.Reason, " Then add --")
	if !a.Confirm(screen.Text(question)) {
		return receipt, err
	}
	req.Sure = true
	return do(req)
}

// alone asks back where there is an open case about the provider already: most of the time
// it is that one which is meant, or the same command a second time.
func (a *app) alone(ctx context.Context, c cases.Cases, p verbs.Parsed) error {
	if p.Again {
		return nil
	}
	rows, err := c.List(ctx, cases.Filter{Provider: p.Opening.Provider.Code})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(rows, func(r cases.Row) bool { return r.Ref == p.Case }) {
		return nil // the same request again
	}
	l, err := lookUp()
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Dead() && r.Stage != regime.Closed { // it blocks no new case, and takes nothing
			a.warn(*r.Standing)
			continue
		}
		if r.Stage != regime.Closed {
			return fmt.Errorf("there is a case about %s already: %s (%s). Go on in it with --case %s ('concern "+
				"record' or 'note add' adds what you know), or open another with --again", r.Provider, r.Ref,
				l.stageWords(r), r.Ref)
		}
	}
	return nil
}

func (d done) text(width int) string {
	var lines []string
	if d.Opened {
		lines = append(lines, "Opened case "+d.Case+": "+d.provider.Name+" ("+d.provider.Code+").")
		lines = append(lines, screen.Wrapped("It runs under profile "+words.Join(d.Profile+".", d.Misfit), width)...)
		if len(d.Register) > 0 {
			lines = append(lines, screen.Wrapped(strings.Join(d.Register, " "), width)...)
		}
	}
	lines = append(lines, screen.Wrapped(recorded(d.Receipt), width)...)
	stands := "Case " + d.Case + ": " + cmp.Or(d.StageWords, d.Stage.Words()) + "."
	if d.Next != "" {
		stands += " Next: " + d.Next + "."
	}
	return strings.Join(append(lines, screen.Wrapped(stands, width)...), "\n")
}

// misfit says that a profile is not the law of a day.
func misfit(profile string, day time.Time) string {
	p, ok := regime.ProfileOn(profile, day)
	if !ok {
		return ""
	}
	return p.Misfit(day)
}

// recorded says what became of an act.
func recorded(r ledger.Receipt) string {
	e := r.Entry
	if r.Repeated {
		return fmt.Sprintf("Already recorded as entry %d, %s: %s Nothing was added; --again records it "+
			"once more.", e.N, calendar.Instant(e.At), words.Full(e.Text))
	}
	return fmt.Sprintf("Recorded as entry %d, %s: %s", e.N, calendar.Instant(e.At), e.Text)
}
