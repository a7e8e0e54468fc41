package cli

import (
	"context"
	"fmt"

	"holdthering/cases"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

// concernsOf asks a group what it was told, as numbers of concerns about one provider.
func (a *app) concernsOf(ctx context.Context, place string, ids []string) (verbs.GroupConcerns, error) {
	s, _, err := a.group(ctx, []string{place})
	if err != nil {
		return verbs.GroupConcerns{}, err
	}
	return verbs.ConcernsOf(s.Group, ids)
}

// link has the group record which case came from its concerns. The case is open whatever
// comes of it.
func (a *app) link(ctx context.Context, c cases.Cases, p verbs.Parsed, by ledger.Actor) {
	req, act := p.Link(by)
	if act == nil {
		return
	}
	concerns := act.Concerns
	if _, err := c.ActInGroup(ctx, p.From.Place, req, act); err != nil {
		a.note(fmt.Sprintf("The group has not recorded that %s led to case %s (%v). A member does it by "+
			"'group link-case --group %s --concerns \"%s\" --case %s'.", concerns, p.Case, err,
			p.From.Place, concerns, p.Case))
		return
	}
	a.note("Group " + p.From.Place + " has recorded that " + concerns + " led to case " + p.Case + ".")
}
