package pages_test

import (
	"fmt"
	"slices"
	"strings"

	"holdthering/regime"
)

// question is one way in which a notice asks.
type question struct {
	kind regime.NoticeKind
	// duty that it reminds of, rung and of whom; or what an act has it ask.
	duty    regime.DutyRow
	rung    int
	of      regime.Role
	how     string
	inGroup bool
}

func (q question) String() string {
	return fmt.Sprintf("%s %s rung %d, in a group %t: %s", q.kind, q.duty.Kind, q.rung, q.inGroup, q.how)
}

// byActs are the questions that acts put into their notices, beside those of the profiles' tables.
var byActs = []question{
	{kind: "N3", how: "summit reply, summit pack"},
	{kind: "N13", how: "ring accept, ring decline"},
	{kind: "N13", how: "ring propose, ring assent"},
	{kind: "N15", how: "meeting ask"},
	{kind: "N16", how: "meeting ask"},
	{kind: "N17", how: "meeting schedule, case propose-closing"},
	{kind: "N20", how: "ring accept, ring decline"},
	{kind: "N20", how: "ring object"},
	{kind: "N24", how: "warning report"},
	{kind: "N42", how: "case agree, case object"},
	{kind: "N50", how: "concern keep-open, concern withdraw"},
	{kind: "N52", how: "case object, case agree"},
	{kind: "N73", how: "summit reply"},
	{kind: "N74", how: "action accept"},
	{kind: "N38", how: "group pack", inGroup: true},
	{kind: "N46", how: "group keep-open", inGroup: true},
	{kind: "N50", how: "group keep-open, group withdraw-concern", inGroup: true},
	{kind: "N51", how: "group agree, group object", inGroup: true},
	{kind: "N52", how: "group object, group agree", inGroup: true},
	{kind: "N58", how: "group concern, group note", inGroup: true},
}

// questions are all those of a profile.
func questions(p *regime.Profile) []question {
	out := slices.DeleteFunc(slices.Clone(byActs), func(q question) bool { _, ok := p.Notice(q.kind); return !ok })
	for _, d := range p.Duties {
		inCase, inGroup := d.How, d.HowInGroup
		if strings.Contains(d.How, "group ") {
			inCase, inGroup = "", d.How
		}
		for _, how := range []string{inCase, inGroup} {
			if how == "" {
				continue
			}
			one := question{duty: d, how: how, inGroup: how == inGroup}
			for i, r := range d.Ladder {
				one.kind, one.rung, one.of = r.Notice, i+1, r.Of
				out = append(out, one)
			}
			one.rung, one.of = 0, ""
			if len(d.Ladder) > 0 { // as it is told at first
				out = append(out, one)
			}
			for _, n := range p.Notices {
				if n.Acknowledge != nil && n.Acknowledge.Duty == d.Kind {
					one.kind = n.Kind
					out = append(out, one)
				}
			}
		}
	}
	return out
}
