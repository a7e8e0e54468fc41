package cli

import (
	"context"
	"errors"
	"fmt"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/verbs"
)

// linked is the case to which an act links its own; empty for every other act. One that is
// nowhere is refused before anything is recorded.
func linked(ctx context.Context, c cases.Cases, p verbs.Parsed) (string, error) {
	l, ok := p.Act.(*failure.LinkCase)
	if !ok {
		return "", nil
	}
	if _, err := c.Snapshot(ctx, p.Case); err != nil {
		return "", err
	}
	s, err := c.Snapshot(ctx, l.To)
	if err != nil {
		return "", err
	}
	return s.Case.Ref, nil
}

// linkBack records the link in the other case as well (A34). The case's own link stands
// whatever comes of it.
func (a *app) linkBack(ctx context.Context, c cases.Cases, p verbs.Parsed, to string) {
	if to == "" {
		return
	}
	own := p.Act.(*failure.LinkCase)
	req := p.Request
	req.Key += "-back"
	_, err := c.Act(ctx, to, req, &failure.LinkCase{To: p.Case, Reason: own.Reason})
	var there *regime.Mistake
	switch {
	case errors.As(err, &there): // it is linked already
	case err != nil:
		a.note(fmt.Sprintf("The link is not recorded in case %s (%v). 'case link --case %s --with-case %s' records it.",
			to, err, to, p.Case))
	default:
		a.note("The link is recorded in case " + to + " as well.")
	}
}
