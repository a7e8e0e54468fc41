package main

import (
	"maps"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// course is what is done in a case, and where the case stands afterwards.
type course struct {
	steps []pathStep
	ends  regime.Stage
}

const monitor = regime.Party("MONITOR")

// members are those of a case; where many cases are short, one unit of each body.
func (p plan) members(all []regime.Party) []regime.Party {
	if !p.Short {
		return all
	}
	var out []regime.Party
	for _, one := range all {
		if !slices.ContainsFunc(out, func(had regime.Party) bool { return had.Body() == one.Body() }) {
			out = append(out, one)
		}
	}
	return out
}

// courseOf is the course of the i-th case: to its closing, or, where many cases are short, one case in ten.
func (p plan) courseOf(i int, members []regime.Party, now time.Time) course {
	if !p.Short {
		return course{slices.Concat(path(now), closing(members)), regime.Closed}
	}
	first := path(now)
	trigger, summit, standards := first[0], first[1:5], first[6]
	note := pathStep{"CQC", &failure.AddNote{Text: "the papers are with everybody"}}
	fails := pathStep{support, &failure.JudgeCollectively{Value: failure.PotentialFailure, Reason: "patients may come to harm"}}
	switch i % 10 {
	case 0:
		return course{slices.Concat(first, closing(members)), regime.Closed}
	case 1, 2, 3:
		return course{[]pathStep{trigger, {monitor, &failure.AcknowledgeAlert{}},
			{"CQC", &failure.WithdrawTrigger{Reason: "another hospital of that name was meant"}}, note}, regime.UnderSurveillance}
	case 4, 5, 6:
		return course{slices.Concat([]pathStep{trigger}, summit, []pathStep{first[5], standards, note}), regime.StoodDown}
	case 7:
		return course{slices.Concat([]pathStep{trigger}, summit, []pathStep{fails,
			{monitor, &failure.CannotAgree{Reason: "two want to, and neither yields"}}, note}), regime.Responding}
	}
	return course{slices.Concat([]pathStep{trigger}, summit, []pathStep{fails,
		{"CQC", &failure.ProposeRingHolder{Candidate: monitor, Fitness: "it regulates the trust and has a team free"}},
		{monitor, &failure.AcceptRing{}},
		{"CQC", &failure.AssentToRingHolder{Candidate: monitor}},
		{support, &failure.AssentToRingHolder{Candidate: monitor}}, note}), regime.Responding}
}

// amiss are the acts of a course that stand in a case more often than they were done, and those that do not stand there
// as often.
func amiss(way course, entries []ledger.Entry) (more, fewer []string) {
	is := map[string]int{}
	for _, e := range entries {
		if e.By.Channel == channel {
			is[e.Verb+" by "+string(e.By.For)]++
		}
	}
	for _, d := range way.steps {
		is[failure.VerbOf(d.act).Path+" by "+string(d.by)]--
	}
	for _, what := range slices.Sorted(maps.Keys(is)) {
		switch n := is[what]; {
		case n > 0:
			more = append(more, what)
		case n < 0:
			fewer = append(fewer, what)
		}
	}
	return more, fewer
}
