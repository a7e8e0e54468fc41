package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	places := groupsOf(provider)
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

// groupsOf are the places of the groups of a provider: each of its areas, and the region.
func groupsOf(p regime.Provider) []string {
	all := append(append([]string{p.AreaTeam}, p.OtherAreas...), p.Region)
	return slices.DeleteFunc(all, func(place string) bool { return place == "" })
}
