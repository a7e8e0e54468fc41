package regime

import (
	"slices"
	"testing"
	"time"
)

func wales(t *testing.T) *Profile {
	t.Helper()
	p, ok := ProfileNamed("WALES")
	if !ok {
		t.Fatal("no profile WALES")
	}
	return p
}

func TestWALESIsChosenByItsNameAlone(t *testing.T) {
	for day := time.Date(2010, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2040; day = day.AddDate(0, 0, 7) {
		if p := ProfileFor(day); p.ByName {
			t.Fatalf("on %s the day chooses %s", day, p.Name)
		}
	}
	for _, s := range shipped {
		p, ok := ProfileNamed(s.name)
		if !ok || p.Name != s.name || p.ByName != s.byName {
			t.Errorf("%s: %q, by name %t", s.name, p.Name, p.ByName)
		}
	}
	if !wales(t).ByName {
		t.Error("WALES does not say so")
	}
}

// The five levels, each of a board or of one service of it, which the Welsh Government alone sets.
func TestR139_TheFiveLevelsOfWALESAreOfAServiceToo(t *testing.T) {
	p := wales(t)
	var got []string
	for _, r := range p.LevelsDown() {
		got = append(got, p.LevelName(r.Level))
		if !slices.Equal(r.Of, []string{OfProvider, OfService}) || r.Live || r.AfterCase || r.Basis != BySource {
			t.Errorf("%+v", r)
		}
		if _, err := p.MaySetLevel(p.Part(Inspects), p.LowestLevel(), r.Level); err == nil {
			t.Errorf("the inspector sets %s", r.Level)
		}
		if _, err := p.MaySetLevel(p.Part(RegionalOffice), p.LowestLevel(), r.Level); err != nil {
			t.Errorf("%s: %v", r.Level, err)
		}
		if r.Level != p.LowestLevel() && r.Down == "" {
			t.Errorf("%s does not say what must be shown to come down", r.Level)
		}
	}
	want := []string{"special measures", "targeted intervention", "enhanced monitoring", "area of concern", "routine arrangements"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestEveryPartOfWALESIsTakenByABodyThatItHas(t *testing.T) {
	p := wales(t)
	for _, part := range allParts {
		r := p.PartRow(part)
		if len(r.Bodies) == 0 && part != CouncilOf {
			t.Errorf("nobody takes %s", part)
		}
		for _, b := range r.Bodies {
			if !p.Knows(b) {
				t.Errorf("%s is taken by %s, which it has not", part, b)
			}
		}
	}
}

// A row of England that no page on Wales confirms is not told with England's source.
func TestWhatWALESHasFromEnglandSaysSo(t *testing.T) {
	carried := 0
	for _, r := range wales(t).LawRows() {
		if r.Source == carriedFrom("England") {
			carried++
			if r.Basis != Unconfirmed {
				t.Errorf("%s %s is %s", r.Section, r.Key, r.Basis)
			}
		}
	}
	if carried < 20 {
		t.Errorf("%d rows are carried over", carried)
	}
}
