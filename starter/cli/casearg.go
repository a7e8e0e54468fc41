package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/verbs"
)

// caseText is what the words say of the case, or HTR_CASE.
func (a *app) caseText(args []string) (string, error) {
	text := a.Getenv("HTR_CASE")
	if len(args) > 0 {
		text = args[0]
	}
	if strings.TrimSpace(text) == "" {
		return "", errors.New("which case? Name it, or set HTR_CASE; 'list' shows the cases")
	}
	return text, nil
}

// snapshot is the case that the words name, or HTR_CASE, and the case's own time.
func (a *app) snapshot(ctx context.Context, args []string) (cases.Snapshot, time.Time, error) {
	text, err := a.caseText(args)
	if err != nil {
		return cases.Snapshot{}, time.Time{}, err
	}
	if verbs.WholeRef(text) { // what is wrong with it needs no server
		text, _ = verbs.CaseRef(text)
	}
	c, err := a.connect(ctx)
	if err != nil {
		return cases.Snapshot{}, time.Time{}, err
	}
	defer c.Close()
	ref, err := a.caseMeant(ctx, c, text)
	if err != nil {
		return cases.Snapshot{}, time.Time{}, err
	}
	s, err := c.Snapshot(ctx, ref)
	if err != nil {
		return cases.Snapshot{}, time.Time{}, a.orNear(ctx, c, ref, err)
	}
	return s, a.timeIn(s.Now, s.ClockOffset, s.Standing), nil
}

// whole is snapshot with all that has left the case for the register; what cannot be read is said.
func (a *app) whole(ctx context.Context, args []string) (cases.Snapshot, time.Time, error) {
	s, now, err := a.snapshot(ctx, args)
	if err != nil || s.Case.Past.Parts == 0 {
		return s, now, err
	}
	c, err := a.connect(ctx)
	if err != nil {
		return s, now, err
	}
	defer c.Close()
	s, err = c.Whole(ctx, s)
	if s.Lacks != "" {
		a.note(s.Lacks)
	}
	return s, now, err
}

// timeIn is a case's or group's own time: at least that at which it last did something, as a
// demonstration's is skipped; in one that died, no time has passed since.
func (a *app) timeIn(last time.Time, offset time.Duration, s cases.Standing) time.Time {
	now := a.now().Add(offset)
	if s.Dead() || last.After(now) {
		return last
	}
	return now
}

// promptly is how long the shell waits for the cases that it may offer.
const promptly = 2 * time.Second

// completeCase lets the shell offer the references of the cases that a flag may mean.
func (a *app) completeCase(c *cobra.Command) {
	for _, child := range c.Commands() {
		a.completeCase(child)
	}
	for flag, offer := range map[string]cobra.CompletionFunc{"case": a.offerCases, "reopens": a.offerOver, "to-case": a.offerCases} {
		if c.Flags().Lookup(flag) != nil {
			_ = c.RegisterFlagCompletionFunc(flag, offer) // fails where there is one already
		}
	}
}
