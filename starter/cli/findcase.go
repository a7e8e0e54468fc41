package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/screen"
	"holdthering/verbs"
)

// findCase finds the case that an act is meant for, on a connection of its own.
func (a *app) findCase(ctx context.Context, text string) (string, error) {
	c, err := a.connect(ctx)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return a.caseMeant(ctx, c, text)
}

// caseMeant is the case whose reference is written, whole or in part, or the one about the provider whose code or name
// it is. What was found by less than its reference is said.
func (a *app) caseMeant(ctx context.Context, c cases.Cases, text string) (string, error) {
	if verbs.WholeRef(text) {
		return verbs.CaseRef(text)
	}
	rows, err := c.List(ctx, cases.Filter{Ended: true})
	if err != nil {
		return "", err
	}
	l, err := lookUp()
	if err != nil {
		return "", err
	}
	ref, formErr := verbs.CaseRef(text)
	if slices.ContainsFunc(rows, func(r cases.Row) bool { return r.Ref == ref }) {
		return ref, nil
	}
	var found []cases.Row
	for _, by := range []func(cases.Row) bool{
		func(r cases.Row) bool { return strings.EqualFold(r.Provider, strings.TrimSpace(text)) },
		func(r cases.Row) bool { return partOf(ref, r.Ref) },
		func(r cases.Row) bool {
			p, ok := l.ref.TrustRecord(r.Provider)
			return ok && len(strings.TrimSpace(text)) > 2 && fits(p.Provider, text)
		},
	} {
		for _, r := range rows {
			if by(r) {
				found = append(found, r)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	open := slices.DeleteFunc(slices.Clone(found), func(r cases.Row) bool { return r.Ended || r.Stage == regime.Closed })
	if len(open) > 0 {
		found = open
	}
	switch {
	case len(found) == 1:
		a.note("Case " + found[0].Ref + ": " + l.trust(found[0].Provider) + ".")
		return found[0].Ref, nil
	case len(found) > 1:
		return "", severalCases(text, found, l)
	case formErr != nil:
		return "", formErr
	}
	return "", likeIt(ref, rows, l, cases.NoCase(ref))
}

// partOf reports whether a text is a part of a reference that nobody types by chance.
func partOf(part, ref string) bool {
	plain := strings.NewReplacer("-", "", " ", "")
	part = plain.Replace(part)
	return len(part) > 2 && strings.Contains(plain.Replace(ref), part)
}

func (l lookup) trust(code string) string {
	if t, ok := l.ref.TrustRecord(code); ok {
		return t.Provider.Name + " (" + code + ")"
	}
	return code
}

// maxOffered is how many cases an answer names.
const maxOffered = 8

func severalCases(text string, found []cases.Row, l lookup) error {
	lines := []string{fmt.Sprintf("%q may mean any of %d cases; give the reference of one:", screen.Clipped(text, 40), len(found))}
	for _, r := range found[:min(len(found), maxOffered)] {
		lines = append(lines, "  "+r.Ref+"  "+l.trust(r.Provider)+", "+l.stageWords(r))
	}
	if more := len(found) - maxOffered; more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// orNear adds to the answer that there is no such case which are like it.
func (a *app) orNear(ctx context.Context, c cases.Cases, ref string, err error) error {
	var none *regime.Mistake
	if !errors.As(err, &none) || none.Reason != cases.NoCase(ref).Reason {
		return err
	}
	rows, listErr := c.List(ctx, cases.Filter{Ended: true})
	l, lookErr := lookUp()
	if listErr != nil || lookErr != nil {
		return err
	}
	return likeIt(ref, rows, l, err)
}

// likeIt names the cases whose references are two slips of the pen away at most.
func likeIt(ref string, rows []cases.Row, l lookup, err error) error {
	type like struct {
		cases.Row
		wrong int
	}
	var near []like
	for _, r := range rows {
		if wrong := levenshtein.ComputeDistance(ref, r.Ref); wrong < 3 && 2*wrong < len(ref) {
			near = append(near, like{r, wrong})
		}
	}
	if len(near) == 0 {
		return err
	}
	slices.SortStableFunc(near, func(a, b like) int { return cmp.Compare(a.wrong, b.wrong) })
	var named []string
	for _, n := range near[:min(len(near), 3)] {
		named = append(named, n.Ref+" ("+l.trust(n.Provider)+")")
	}
	return fmt.Errorf("there is no case %s; did you mean %s?", ref, strings.Join(named, " or "))
}

// orThere adds to the answer that there is no such number those that there are; what else is wrong stays as it is.
func (a *app) orThere(act any, err error, there func(letter string) []string, otherwise error) error {
	var wrong *regime.Mistake
	if !errors.As(err, &wrong) || wrong.Doubt || !strings.HasPrefix(wrong.Reason, "there is no ") {
		return otherwise
	}
	for letter, number := range verbs.Numbers(act) {
		if number == "" || !strings.Contains(strings.ToUpper(wrong.Reason), strings.ToUpper(strconv.Quote(number))) {
			continue
		}
		those := "There is none yet."
		if has := there(letter); len(has) > 0 {
			those = "There are:\n  " + strings.Join(has, "\n  ")
		}
		return fmt.Errorf("%w %s", err, those)
	}
	return otherwise
}

func (a *app) thereIn(ref string) func(letter string) []string {
	return func(letter string) []string { return a.there(verbs.Wanted{Letter: letter}, ref, "", true) }
}

func (a *app) thereInGroup(place string) func(letter string) []string {
	return func(letter string) []string { return a.there(verbs.Wanted{Letter: letter}, "", place, false) }
}
