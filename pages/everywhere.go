package pages

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"holdthering/cases"
	"holdthering/regime/calendar"
)

// everywhere is what the bearer's body owes in all cases and groups.
type everywhere struct {
	Body    string
	Owes    []owedThere
	Unasked bool // of some it is not known now
}

// owedThere is one duty. What is owed elsewhere is answered by the link of its own mail, so that a link opens
// one case alone.
type owedThere struct {
	What, By, Where string
	Overdue         bool
	Here            bool
}

// everywhere lists what the body owes anywhere. All cases are asked once a minute at most.
func (p *Pages) everywhere(w http.ResponseWriter, r *http.Request) {
	b, ok := p.bearer(w, r)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	list, unasked, err := p.owing.by(ctx, p.Cases, b.Party, p.Now())
	if err != nil {
		p.sorry(w, http.StatusServiceUnavailable, "This page cannot be shown at the moment",
			"Please try again in a few minutes. Nothing was recorded.")
		return
	}
	list = slices.DeleteFunc(slices.Clone(list), func(o cases.Owed) bool { return o.Demonstration != b.demonstration() })
	out := everywhere{Body: b.name(b.Party), Unasked: unasked > 0}
	for _, o := range list {
		out.Owes = append(out.Owes, owedThere{What: upper(o.What), By: calendar.Instant(o.Due), Overdue: o.Overdue,
			Where: whereWords(o.Ref), Here: o.Ref == b.Ref})
	}
	p.write(w, http.StatusOK, "everywhere", page{Title: "What " + out.Body + " owes", Everywhere: &out,
		Back: addressOf(r.PathValue("link"), ""), Demonstration: b.demonstration()})
}

func whereWords(ref string) string {
	if place, group := strings.CutPrefix(ref, groupPrefix); group {
		return "Group " + place
	}
	return "Case " + ref
}
