package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
	"holdthering/screen"
)

// ringView is who may come to hold the ring, and what is awaited for that.
type ringView struct {
	Holder     regime.Party       `json:"holder,omitempty"`
	HolderName string             `json:"holderName,omitempty"`
	Basis      string             `json:"basis,omitempty"`
	Candidates []candidateView    `json:"candidates,omitempty"`
	Objections []string           `json:"objections,omitempty"`
	Past       []failure.PastRing `json:"past,omitempty"`
	since      string
	past       []string
}

// candidateView is one who is proposed.
type candidateView struct {
	Party    regime.Party `json:"party"`
	Name     string       `json:"name"`
	By       string       `json:"by"`
	Fitness  string       `json:"fitness,omitempty"`
	Accepted bool         `json:"accepted"`
	Assents  []string     `json:"assents"`
	Awaited  []string     `json:"awaited"` // whose assent is
}

// ringOf is nil where nobody is proposed.
func ringOf(c *failure.Case) *ringView {
	if len(c.Ring.Candidates) == 0 {
		return nil
	}
	return wholeRing(c)
}

func wholeRing(c *failure.Case) *ringView {
	v := &ringView{Holder: c.Ring.Holder, Past: c.Ring.Past}
	if c.Ring.Holder != "" {
		v.HolderName, v.Basis, v.since = c.Name(c.Ring.Holder), c.Ring.Basis.Words(), calendar.Short(c.Ring.Since)
	}
	for _, k := range c.Ring.Candidates {
		v.Candidates = append(v.Candidates, candidateView{Party: k.Party, Name: c.Name(k.Party), By: c.Name(k.By),
			Fitness: k.Fitness, Accepted: k.Accepted, Assents: names(c, k.Assents), Awaited: names(c, c.AssentsAwaited(k))})
	}
	for _, o := range c.Ring.Objections {
		if !o.Settled() {
			v.Objections = append(v.Objections, words.Sentence(c.Name(o.By)+" objects to "+c.Name(o.To)+":", o.Why, ""))
		}
	}
	for _, p := range slices.Backward(c.Ring.Past) {
		v.past = append(v.past, c.Name(p.Holder)+" held it ("+p.Basis.Words()+") from "+calendar.Short(p.Since)+" until "+
			calendar.Short(p.Until))
	}
	return v
}

// howNow is the verb that moves a duty on as it stands: of the ring, whose word is awaited.
func howNow(s viewed, d ledger.Duty) string {
	c, ok := s.(*failure.Case)
	if !ok || d.Kind != failure.DutyAgreeRingHolder || len(c.Ring.Candidates) == 0 {
		return s.How(d)
	}
	if slices.ContainsFunc(c.Ring.Candidates, func(k failure.Candidate) bool { return k.Accepted }) {
		return "ring assent"
	}
	return "ring accept, ring decline"
}

func names(c *failure.Case, all []regime.Party) []string {
	out := make([]string, len(all)) // an empty list in JSON, not null
	for i, p := range all {
		out[i] = c.Name(p)
	}
	return out
}

func (v *ringView) lines(width int) []string {
	if v == nil {
		return nil
	}
	out := []string{"", "Who is to hold the ring"}
	for _, k := range v.Candidates {
		text := k.Name + ", proposed by " + k.By + ": "
		switch {
		case !k.Accepted:
			text += "has not accepted yet ('ring accept', 'ring decline')"
		case len(k.Awaited) > 0:
			text += "has accepted"
		default:
			text += "has accepted; no assent is awaited"
		}
		out = append(out, bullet(text, width)...)
		if len(k.Assents) > 0 {
			out = append(out, bullet("assented: "+words.List(k.Assents), width)...)
		}
		if len(k.Awaited) > 0 {
			out = append(out, bullet("assent awaited ('ring assent'): "+words.List(k.Awaited), width)...)
		}
	}
	for _, o := range v.Objections {
		out = append(out, bullet(o, width)...)
	}
	return out
}

// ringShow has the ring on a screen of its own.
func (a *app) ringShowCommand() *cobra.Command {
	c := look{
		use: "show [CASE] [flags]", example: "ring show K7QM-3XRD", args: oneWord("case", true),
		short: "Who holds the ring, who is proposed, who has assented and whose assent is awaited",
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			s, _, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			v := wholeRing(s.Case)
			return a.answer(asJSON, v, func() string { return v.text(a.width(), s.Case.Duty(failure.DutyAgreeRingHolder, "")) })
		},
	}.command()
	c.ValidArgsFunction = a.offerCases
	return c
}

func (v *ringView) text(width int, agree *ledger.Duty) string {
	var out []string
	switch {
	case v.Holder != "":
		out = append(out, screen.Wrapped(v.HolderName+" has held the ring since "+v.since+" ("+v.Basis+").", width)...)
	default:
		out = append(out, "Nobody holds the ring yet.")
	}
	if agree != nil {
		out = append(out, screen.Wrapped("The members are to agree by "+calendar.Instant(agree.Due)+" ("+agree.ID+"); then the default "+
			"takes it, unless one candidate has accepted and nobody objects (R31, A37).", width)...)
	}
	if len(v.Candidates) > 0 {
		out = append(out, v.lines(width)...)
	}
	if len(v.past) > 0 {
		out = append(out, "", "Before")
		for _, p := range v.past {
			out = append(out, bullet(p, width)...)
		}
	}
	return strings.Join(out, "\n")
}
