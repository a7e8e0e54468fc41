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

// takeAlong asks the groups where the provider serves patients what they have open about it, and puts
// it into the trigger (R104). A group that does not run or does not answer keeps nobody from
// triggering.
func (a *app) takeAlong(ctx context.Context, c cases.Cases, p verbs.Parsed) {
	act, ok := p.Act.(*failure.TriggerRiskSummit)
	if !ok {
		return
	}
	var provider regime.Provider
	if p.Opening != nil {
		provider = p.Opening.Provider
	} else {
		s, err := c.Snapshot(ctx, p.Case)
		if err != nil {
			return // the act itself will say so
		}
		provider = s.Case.Provider
	}
	places := verbs.GroupsOf(provider)
	for _, place := range places {
		s, err := c.Group(ctx, place)
		var none *regime.Mistake
		switch {
		case errors.As(err, &none):
		case err != nil:
			a.note(fmt.Sprintf("The group of %s could not be asked what it has open about the provider (%v).", place, err))
		default:
			act.Known = append(act.Known, verbs.OpenConcerns(s.Group, provider.Code, places)...)
		}
	}
}
