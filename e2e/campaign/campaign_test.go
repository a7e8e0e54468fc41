package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/surveillance"
)

func TestWithEventsNoMailIsLostOrDoubledThoughWorkersAreKilledAndTheServiceLies(t *testing.T) {
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("end-to-end tests run with HTR_E2E=1, as make test does")
	}
	worker, err := build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var p plan
	if err := flags(&p, strings.Fields("-seed 7 -cases 1 -groups 1 -pace 2s -outage 12s -storm 50s -limit 8m -worker "+worker)); err != nil {
		t.Fatal(err)
	}
	p.Out = os.Stdout
	got, err := run(context.Background(), p, t.TempDir(), ways[0])
	if err != nil {
		t.Fatal(err)
	}
	if !got.right() || got.asked < 30 || got.killed == 0 {
		t.Fatalf("\n%s", table([]tally{got}))
	}
}

const mailJSON = `{"personalizations":[{"to":[{"email":"a@b.example"}],
	"custom_args":{"holdthering_notice":"m","holdthering_case":"C"}}]}`

func TestTheSameMailMeetsTheSameFaultsUnderTheSameSeed(t *testing.T) {
	seen := map[string]int{}
	for range 2 {
		s := newStandIn(plan{Seed: 3, Rate: 0.9, Limited: 1}, nil, nil)
		h := httptest.NewServer(door{s, 0})
		for range 12 {
			answer, err := http.Post(h.URL, "application/json", strings.NewReader(mailJSON))
			if err == nil {
				answer.Body.Close()
			}
		}
		h.Close()
		line := ""
		for _, f := range faults {
			line += strings.Repeat("x", s.met[f]) + "|"
		}
		seen[line]++
	}
	if len(seen) != 1 {
		t.Fatalf("%v", seen)
	}
}

func TestOneMailLostOrDoubledOrACaseLeftIsNotRight(t *testing.T) {
	for _, bad := range []tally{{lost: 1}, {doubled: 1}, {strays: 1}, {cases: 1}, {failures: 1}, {falseDuties: 1}, {misdirected: 1},
		{badRecords: 1}, {ranOn: 1}, {actsAmiss: 1}, {elsewhere: 1}} {
		if bad.right() {
			t.Errorf("%+v", bad)
		}
	}
	if (tally{cases: 1, finished: 1}).right() == false {
		t.Error("all is well and is not taken for it")
	}
}

func TestEachGroupOfTheCampaignHasItsPath(t *testing.T) {
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range places {
		o, err := ref.GroupOpening(regime.FirstProfile(), place)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
		g, err := surveillance.Open(o, now)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range groupPath(o, now) {
			if _, err := g.Perform(asking(place, i, d.by), d.act, now); err != nil {
				t.Fatalf("%s: %s by %s: %v", place, surveillance.VerbOf(d.act).Path, d.by, err)
			}
			now = now.Add(time.Second)
		}
	}
}
