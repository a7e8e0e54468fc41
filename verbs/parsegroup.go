package verbs

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// startName is the command that starts groups; it is no act in one.
const startName = "start"

// ParseGroup reads the words after 'group' as Parse does those of a case's act. With
// 'start', Starts says which groups.
func ParseGroup(args []string, env Env) (GroupParsed, error) {
	var parsed *GroupParsed
	root := Family(GroupNoun)
	root.AddCommand(groupCommandsOf(args, env, func(_ *cobra.Command, p GroupParsed) error {
		parsed = &p
		return nil
	})...)
	root.AddCommand(startOnly(env, func(p GroupParsed) { parsed = &p }))
	if err := silently(root, args); err != nil {
		return GroupParsed{}, err
	}
	if parsed == nil {
		return GroupParsed{}, errors.New("this names no act; an act in a group is such as " +
			"'group concern --by CQC --provider RCX --what TEXT', and 'group start --area Q56' starts one")
	}
	return *parsed, recorded(parsed.DryRun)
}

func startOnly(env Env, took func(GroupParsed)) *cobra.Command {
	var s GroupStart
	c := newCommand(startName, "Start groups", "group start --area Q56")
	s.Bind(c.Flags(), env)
	c.RunE = func(*cobra.Command, []string) error {
		openings, err := s.Openings()
		if err == nil {
			took(GroupParsed{Starts: openings})
		}
		return err
	}
	return c
}

// ConcernsOf is what a group was told, as numbers of concerns about one provider. What the group
// is shown without stays unsaid here too.
func ConcernsOf(g *surveillance.Group, ids []string) (GroupConcerns, error) {
	t := GroupConcerns{Area: g.Area, Region: g.Region, Profile: g.Profile, Source: "qsg-sharing"}
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

// OpenConcerns are what a group has open about a provider, as a trigger takes it along: its own, and
// what groups that are not asked have told it. In confidence neither body nor text is among it (R14).
func OpenConcerns(g *surveillance.Group, provider string, alsoAsked []string) []failure.GroupConcern {
	known := func(group, id string, by regime.Party, what string, urgent bool) failure.GroupConcern {
		k := failure.GroupConcern{Group: group, ID: id, Urgent: urgent}
		if !surveillance.Unnamed(by) {
			k.By, k.What = by, what
		}
		return k
	}
	var out []failure.GroupConcern
	t := g.Together(provider)
	for _, c := range t.Concerns {
		out = append(out, known(g.Place(), c.ID, c.By.For, c.What, c.Urgent))
	}
	for _, c := range t.Elsewhere {
		if group, id, _ := strings.Cut(c.ID, "/"); !slices.Contains(alsoAsked, group) {
			out = append(out, known(group, id, c.By, c.What, c.Urgent))
		}
	}
	return out
}

// Triggering are the words of a trigger about a provider on a group's list, without what is to be said of it. The
// case comes under the profile of the group.
func Triggering(g *surveillance.Group, code string) ([]string, error) {
	k, err := known()
	if err != nil {
		return nil, err
	}
	profile, ok := regime.ProfileNamed(g.Profile)
	if !ok {
		return nil, fmt.Errorf("the group runs under profile %s, which this program does not know", g.Profile)
	}
	out := []string{triggerPath, "--profile=" + profile.Name}
	_, unknown := k.ref.Provider(code)
	if unknown == nil {
		out = append(out, "--provider="+code)
	} else {
		w := providerOf(g, surveillance.Concern{Provider: code, ProviderName: code})
		out = append(out, "--provider-name="+w.Name, "--provider-code="+code, "--provider-type="+string(w.Type))
	}
	boards := !reference.HasAreaTeams(profile)
	if g.Area != "" && (boards || unknown != nil) {
		out = append(out, "--area="+g.Area)
	}
	if boards {
		out = append(out, "--region="+g.Region)
	}
	return out, nil
}

// GroupsOf are the places of the groups of a provider: each of its areas, and the region.
func GroupsOf(p regime.Provider) []string {
	all := append(append([]string{p.AreaTeam}, p.OtherAreas...), p.Region)
	return slices.DeleteFunc(all, func(place string) bool { return place == "" })
}

func concernOf(g *surveillance.Group, id string) (surveillance.Concern, error) {
	for _, c := range g.Concerns {
		if c.ID == id {
			return c, nil
		}
	}
	return surveillance.Concern{}, fmt.Errorf("group %s has no concern %q; 'group show' lists the open ones",
		g.Place(), clip(id))
}

func providerOf(g *surveillance.Group, c surveillance.Concern) surveillance.Watched {
	for _, w := range g.Watched {
		if w.Code == c.Provider {
			return w
		}
	}
	return surveillance.Watched{Code: c.Provider, Name: c.ProviderName}
}

// Link is the act by which the group records which case came from its concerns, by who has
// triggered: the case knows which unit of a body that is. It is nil where it came from none.
func (p Parsed) Link(by ledger.Actor) (ledger.Request, *surveillance.LinkConcern) {
	if p.From == nil {
		return ledger.Request{}, nil
	}
	return ledger.Request{By: by, Key: p.Request.Key + "/link"},
		&surveillance.LinkConcern{Concerns: strings.Join(p.From.Concerns, ", "), Case: p.Case}
}
