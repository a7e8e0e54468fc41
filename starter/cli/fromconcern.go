package cli

import (
	"context"
	"fmt"
	"strings"

	"holdthering/regime"
	"holdthering/starter/cases"
	"holdthering/starter/verbs"
)

// told asks a group what it was told, as numbers of concerns about one provider.
func (a *app) told(ctx context.Context, place string, ids []string) (verbs.Told, error) {
	s, _, err := a.group(ctx, []string{place})
	if err != nil {
		return verbs.Told{}, err
	}
	g := s.Group
	t := verbs.Told{Area: g.Area, Source: "qsg-sharing"}
	var said []string
	for _, id := range ids {
		c, err := concernOf(g, id)
		if err != nil {
			return t, err
		}
		if t.Provider.Code != "" && t.Provider.Code != c.Provider {
			return t, fmt.Errorf("%s is about %s, not about %s: a case is about one provider", c.ID,
				c.Provider, t.Provider.Code)
		}
		if c.Case != "" {
			t.Case = c.Case
		}
		t.Provider = providerOf(g, c)
		t.Urgent, t.Protected = t.Urgent || c.Urgent, t.Protected || c.Confidential
		if len(ids) == 1 && c.Source != "" {
			t.Source = c.Source
		}
		said = append(said, c.What)
	}
	t.What = strings.Join(said, "; ")
	return t, nil
}

func concernOf(g *regime.Group, id string) (regime.Concern, error) {
	for _, c := range g.Concerns {
		if c.ID == id {
			return c, nil
		}
	}
	return regime.Concern{}, fmt.Errorf("group %s has no concern %q; 'group show' lists the open ones",
		g.Place(), clipped(id, 20))
}

func providerOf(g *regime.Group, c regime.Concern) regime.Watched {
	for _, w := range g.Watched {
		if w.Code == c.Provider {
			return w
		}
	}
	return regime.Watched{Code: c.Provider, Name: c.ProviderName}
}

// link has the group record which case came from its concerns. The case is open whatever
// comes of it.
func (a *app) link(ctx context.Context, c cases.Cases, p verbs.Parsed) {
	if p.From == nil {
		return
	}
	req := regime.Request{By: p.Request.By, Key: p.Request.Key + "/link"}
	concerns := strings.Join(p.From.Concerns, ", ")
	_, err := c.ActInGroup(ctx, p.From.Place, req, &regime.LinkConcern{Concerns: concerns, Case: p.Case})
	if err != nil {
		a.tell(fmt.Sprintf("The group has not recorded that %s led to case %s (%v). A member does it by "+
			"'group link-case --group %s --concerns \"%s\" --case %s'.", concerns, p.Case, err,
			p.From.Place, concerns, p.Case))
		return
	}
	a.tell("Group " + p.From.Place + " has recorded that " + concerns + " led to case " + p.Case + ".")
}
