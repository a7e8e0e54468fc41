package main

import (
	"testing"
	"time"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func TestEachCourseIsTakenAndEndsWhereItSays(t *testing.T) {
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	about, err := ref.Provider("RCX")
	if err != nil {
		t.Fatal(err)
	}
	stages := map[regime.Stage]int{}
	for i := range 10 {
		now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
		short := plan{Short: true}
		o := failure.Opening{Ref: refOf(i), Profile: "ENGLAND_2013", Provider: about, Members: short.members(ref.LocalGroup("Q56"))}
		c, err := failure.Open(o, now)
		if err != nil {
			t.Fatal(err)
		}
		way := short.courseOf(i, o.Members, now)
		for n, d := range way.steps {
			if _, err := c.Perform(asking(o.Ref, n, d.by), d.act, now); err != nil {
				t.Fatalf("%d: %s by %s: %v", i, failure.VerbOf(d.act).Path, d.by, err)
			}
			now = now.Add(time.Second)
		}
		if c.Stage != way.ends {
			t.Errorf("%d stands at %s, not at %s", i, c.Stage, way.ends)
		}
		if more, fewer := amiss(way, c.Entries); len(more)+len(fewer) > 0 {
			t.Errorf("%d: too often %v, missing %v", i, more, fewer)
		}
		stages[c.Stage]++
	}
	if len(stages) != 4 {
		t.Errorf("the cases stand at %v", stages)
	}
}

func TestAnActThatIsMissingOrIsThereTwiceIsSeen(t *testing.T) {
	way := plan{Short: true}.courseOf(1, nil, time.Now())
	var all []ledger.Entry
	for n, d := range way.steps {
		all = append(all, ledger.Entry{N: n, Verb: failure.VerbOf(d.act).Path, By: asking("", n, d.by).By})
	}
	all = append(all, ledger.Entry{Verb: ledger.ByClock})
	if more, fewer := amiss(way, all); len(more)+len(fewer) > 0 {
		t.Errorf("%v, %v, and all is as it should be", more, fewer)
	}
	if more, _ := amiss(way, append(all, all[1])); len(more) != 1 {
		t.Errorf("an act is there twice, and only %v is found", more)
	}
	if _, fewer := amiss(way, all[1:]); len(fewer) != 1 {
		t.Errorf("an act is missing, and only %v is found", fewer)
	}
}
