package reference

import (
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/surveillance"
)

func under2022(t *testing.T) *regime.Profile {
	t.Helper()
	p, ok := regime.ProfileNamed("ENGLAND_2022")
	if !ok {
		t.Fatal("there is no profile ENGLAND_2022")
	}
	return p
}

func TestR69_AGroupOfABoardHasTheSeatsOfItsProfileAndNobodyOnItsList(t *testing.T) {
	g := BoardGroup{Profile: under2022(t), Board: "QMM", Name: "Example Vale", Region: "Y61"}
	o, err := loaded(t).BoardGroupOpening(g)
	want := []regime.Party{"NHSCB/Y61", "ICB/QMM", "LA_COMM/E10000020", "LA_COMM/E10000029",
		"HEALTHWATCH_LOCAL/E10000020", "HEALTHWATCH_LOCAL/E10000029", "CQC"}
	if err != nil || !slices.Equal(o.Members, want) || !slices.Equal(o.Minimum, want) || len(o.Watched) > 0 {
		t.Fatalf("%+v, %v", o, err)
	}
	opened, err := surveillance.Open(o, time.Date(2022, 9, 1, 9, 0, 0, 0, time.UTC))
	if err != nil || opened.Place() != "QMM" || opened.Support() != "ICB/QMM" || len(opened.MembershipGaps()) > 0 {
		t.Fatalf("%+v, %v", opened, err)
	}
	if name := opened.Name("ICB/QMM"); name != "Integrated care board (QMM)" {
		t.Errorf("a name by hand: %s", name)
	}
}

func TestR69_TheBoardsOfARegionSitThereForThemselvesAndTheOthersByOneSeat(t *testing.T) {
	g := BoardGroup{Profile: under2022(t), Region: "east of england", Boards: []string{"QMM", "QJG"}}
	o, err := loaded(t).BoardGroupOpening(g)
	want := []regime.Party{"NHSCB/Y61", "ICB/QMM", "ICB/QJG", "LA_COMM/Y61", "HEALTHWATCH_LOCAL/Y61", "CQC"}
	if err != nil || !slices.Equal(o.Members, want) || o.PlaceName != "East of England" {
		t.Fatalf("%+v, %v", o, err)
	}
	g.Boards = nil
	o, _ = loaded(t).BoardGroupOpening(g)
	opened, err := surveillance.Open(o, time.Date(2022, 9, 1, 9, 0, 0, 0, time.UTC))
	if err != nil || opened.Place() != "Y61" || opened.Support() != "NHSCB/Y61" ||
		!slices.Equal(opened.MembershipGaps(), []regime.Party{"ICB"}) {
		t.Fatalf("%+v, %v", opened, err)
	}
	for _, region := range []string{"", "Y55", "Q56"} {
		if _, err := loaded(t).BoardGroupOpening(BoardGroup{Profile: under2022(t), Region: region}); err == nil {
			t.Errorf("%q is a region of 2022", region)
		}
	}
}
