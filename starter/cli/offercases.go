package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/screen"
)

// offerCases offers the shell the open cases that go with what is begun: those whose references begin so; where
// none does, those of which it is another part, or about a provider of that code or name.
func (a *app) offerCases(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	return a.offerAmong(cases.Filter{}, everyCase)(cmd, args, begun)
}

// offerAllCases also offers those on file.
func (a *app) offerAllCases(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	return a.offerAmong(cases.Filter{Ended: true}, everyCase)(cmd, args, begun)
}

// offerOver offers those that are over: closed, on file or dead. Where the command names a provider that has any, these alone.
func (a *app) offerOver(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	return a.offerAmong(cases.Filter{Ended: true}, func(rows []cases.Row, l lookup) []cases.Row {
		rows = slices.DeleteFunc(rows, func(r cases.Row) bool { return !r.Ended && r.Stage != regime.Closed && !r.Dead() })
		about := flagText(cmd, "provider")
		same := slices.DeleteFunc(slices.Clone(rows), func(r cases.Row) bool { return about == "" || !l.isAbout(r, about) })
		if len(same) > 0 {
			return same
		}
		return rows
	})(cmd, args, begun)
}

func everyCase(rows []cases.Row, _ lookup) []cases.Row { return rows }

// isAbout reports whether a case is about the provider of that code or name.
func (l lookup) isAbout(r cases.Row, text string) bool {
	p, known := l.ref.TrustRecord(r.Provider)
	return strings.EqualFold(r.Provider, text) || known && fits(p.Provider, text)
}

func (a *app) offerAmong(f cases.Filter, choose func([]cases.Row, lookup) []cases.Row) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		const none = cobra.ShellCompDirectiveNoFileComp
		ctx, cancel := context.WithTimeout(context.Background(), promptly)
		defer cancel()
		if len(args) > 0 {
			return nil, none
		}
		c, err := a.reach(ctx, cases.Settings{Patience: promptly})
		if err != nil {
			return nil, none
		}
		defer c.Close()
		rows, err := c.List(ctx, f)
		if err != nil {
			return nil, none
		}
		l, err := lookUp()
		if err != nil {
			return nil, none
		}
		return casesLike(choose(rows, l), l, begun), none
	}
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
		if partOf(strings.ToUpper(begun), r.Ref) || l.isAbout(r, begun) {
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
