package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/screen"
	"holdthering/verbs"
)

// atHand is what the shell can be offered of the case or group in which a command acts.
type atHand struct {
	points  []ledger.Point // with numbers of their own
	parties []regime.Party
	trusts  []ledger.Point // of a group: code and name
	powers  func(by regime.Party) []regime.PowerRow
	name    func(regime.Party) string
}

// offer is what the shell is offered for a flag: first what the case or group has, then the usual.
func (a *app) offer(w verbs.Wanted, usual cobra.CompletionFunc) cobra.CompletionFunc {
	switch {
	case w.Place:
		return usual
	case w.Flag == "with-case":
		return a.offerCases
	case w.Flag == "provider":
		usual = verbs.OfferProviders
	case w.Flag == "power":
		usual = offerPowers
	case w.Letter == "" && !w.Parties:
		return usual
	}
	return func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		out := a.ofCase(c, w, begun)
		if usual != nil && (len(out) == 0 || w.Parties) {
			more, _ := usual(c, args, begun)
			for _, o := range more {
				if !slices.ContainsFunc(out, func(has string) bool { return code(has) == code(o) }) {
					out = append(out, o)
				}
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

func code(completion string) string {
	c, _, _ := strings.Cut(completion, "\t")
	return c
}

// ofCase is what the case or group that is named has; nothing where none is, or it does not answer promptly.
func (a *app) ofCase(c *cobra.Command, w verbs.Wanted, begun string) []string {
	has, ok := a.caseAtHand(c)
	if !ok {
		return nil
	}
	done := begun[:strings.LastIndex(begun, ",")+1]
	var out []string
	add := func(code, says string) {
		out = append(out, cobra.CompletionWithDesc(done+code, screen.Clipped(says, maxEntry)))
	}
	switch {
	case w.Parties:
		for _, p := range has.parties {
			add(string(p), has.name(p))
		}
	case w.Flag == "provider":
		for _, t := range has.trusts {
			add(t.On, t.Says)
		}
	case w.Flag == "power":
		by, _ := verbs.Party(cmp.Or(flagText(c, "by"), a.Getenv("HTR_BY")))
		for _, r := range has.powers(by) {
			add(string(r.ID), r.Says)
		}
	default:
		for _, p := range has.numbered(w.Letter) {
			add(p.On, p.Says)
		}
	}
	return out
}

// numbered are the numbers of a kind, each with its words.
func (h atHand) numbered(letter string) []ledger.Point {
	var out []ledger.Point
	for _, p := range h.points {
		if number, ok := strings.CutPrefix(p.On, letter); ok && number != "" && number[0] >= '0' && number[0] <= '9' {
			out = append(out, p)
		}
	}
	return out
}

// there are the numbers that a case or group has for a flag, as lines for the person.
func (a *app) there(w verbs.Wanted, ref, place string, inCase bool) []string {
	has, ok := a.atHandIn(ref, place, !inCase)
	if !ok {
		return nil
	}
	var out []string
	for _, p := range has.numbered(w.Letter) {
		out = append(out, p.On+"  "+screen.Clipped(p.Says, maxEntry))
	}
	return out
}

// flagText is what stands behind a flag; empty where the command has none of that name.
func flagText(c *cobra.Command, flag string) string {
	if f := c.Flag(flag); f != nil {
		return f.Value.String()
	}
	return ""
}

// caseAtHand fetches the case or group that the command names, as it may be shown to all.
func (a *app) caseAtHand(c *cobra.Command) (has atHand, ok bool) {
	return a.atHandIn(cmp.Or(flagText(c, "case"), a.Getenv("HTR_CASE")), cmp.Or(flagText(c, "group"), a.Getenv("HTR_GROUP")),
		c.HasParent() && c.Parent().Name() == verbs.GroupNoun)
}

func (a *app) atHandIn(ref, place string, inGroup bool) (has atHand, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), promptly)
	defer cancel()
	if inGroup && place == "" || !inGroup && ref == "" {
		return atHand{}, false
	}
	server, err := a.reach(ctx, cases.Settings{Patience: promptly})
	if err != nil {
		return atHand{}, false
	}
	defer server.Close()
	if inGroup {
		return groupAtHand(ctx, server, place)
	}
	ref, err = verbs.CaseRef(ref)
	if err != nil {
		return atHand{}, false
	}
	s, err := server.Snapshot(ctx, ref)
	if err != nil {
		return atHand{}, false
	}
	k := s.Case.Public()
	has = atHand{points: k.Explained(), name: k.Name, powers: k.Powers}
	for _, m := range k.Members {
		has.parties = append(has.parties, m.Party)
	}
	for _, g := range k.Guests {
		has.parties = append(has.parties, g.Party)
	}
	has.parties = append(has.parties, regime.PartyOf(regime.ProviderBody, k.Provider.Code))
	return has, true
}

func groupAtHand(ctx context.Context, server cases.Cases, place string) (atHand, bool) {
	code, err := verbs.GroupPlace(place)
	if err != nil {
		return atHand{}, false
	}
	s, err := server.Group(ctx, code)
	if err != nil {
		return atHand{}, false
	}
	g := s.Group.Public()
	has := atHand{points: g.Explained(), name: g.Name,
		powers: func(regime.Party) []regime.PowerRow { return nil }}
	for _, m := range g.Members {
		has.parties = append(has.parties, m.Party)
	}
	for _, w := range g.Watched {
		has.trusts = append(has.trusts, ledger.Point{On: w.Code, Says: w.Name})
	}
	return has, true
}

// offerPowers are those of the body that acts, or all, under the law of today.
func offerPowers(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	by, _ := verbs.Party(flagText(c, "by"))
	var out []string
	for _, p := range regime.Profiles() {
		for _, r := range p.Powers {
			if (by == "" || p.Owns(by.Body(), r)) && !slices.ContainsFunc(out, func(o string) bool { return code(o) == string(r.ID) }) {
				out = append(out, cobra.CompletionWithDesc(string(r.ID), screen.Clipped(r.Says, maxEntry)))
			}
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
