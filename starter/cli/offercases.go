package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/screen"
)

// offerCases offers the shell the open cases that go with what is begun: those whose references begin so; where
// none does, those of which it is another part, or about a provider of that code or name.
func (a *app) offerCases(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	ctx, cancel := context.WithTimeout(context.Background(), promptly)
	defer cancel()
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	c, err := a.reach(ctx, cases.Settings{Patience: promptly})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer c.Close()
	rows, err := c.List(ctx, cases.Filter{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	l, err := lookUp()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return casesLike(rows, l, begun), cobra.ShellCompDirectiveNoFileComp
}

// casesLike are the cases that go with what is begun, each with its provider and where it stands.
func casesLike(rows []cases.Row, l lookup, begun string) []string {
	var out []string
	for _, r := range rows {
		if ref, ok := finished(r.Ref, begun); ok {
			out = append(out, cobra.CompletionWithDesc(ref, l.offers(r)))
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, r := range rows {
		p, known := l.ref.TrustRecord(r.Provider)
		if partOf(strings.ToUpper(begun), r.Ref) || strings.EqualFold(r.Provider, begun) || known && fits(p.Provider, begun) {
			// Bash and zsh drop what does not begin as typed, and show a hint; fish finds words within.
			out = cobra.AppendActiveHelp(append(out, cobra.CompletionWithDesc(r.Ref, l.offers(r))), r.Ref+"  "+l.offers(r))
		}
	}
	return out
}

// finished is a reference that begins as typed, in the letters that were typed: a shell takes what it is offered for
// it only where it begins with the very same.
func finished(ref, begun string) (string, bool) {
	plain := strings.ReplaceAll(ref, "-", "")
	for _, whole := range []string{ref, plain} {
		if len(begun) > len(whole) || !strings.EqualFold(whole[:len(begun)], begun) {
			continue
		}
		if begun != "" && begun == strings.ToLower(begun) && begun != strings.ToUpper(begun) {
			return strings.ToLower(whole), true
		}
		return begun + whole[len(begun):], true
	}
	return "", false
}

// offers is what stands beside a case that the shell offers.
func (l lookup) offers(r cases.Row) string {
	stands := r.Stage.Words()
	if r.Dead() {
		stands = string(r.Standing.State)
	}
	return screen.Clipped(l.trust(r.Provider), maxEntry) + ", " + stands
}
