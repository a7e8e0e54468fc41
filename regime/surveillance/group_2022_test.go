package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// vale is the group of an invented board, whose area a person has named.
func vale(t *testing.T) *Group {
	t.Helper()
	g, err := Open(Opening{Profile: "ENGLAND_2022", Tier: regime.LocalTier, Area: "EX-ICB1", Region: "Y61",
		PlaceName: "Example Vale", NamedByHand: true, Members: []regime.Party{"NHSCB/Y61", regimetest.Board, "CQC"},
		Watched: []Watched{{Code: "EX-FT9", Name: "Example Hospitals",
			Type: regime.FoundationTrust}}}, regimetest.At("2022-09-01 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestANameThatAPersonWroteIsNotOnTheOpenBoardOfAGroup(t *testing.T) {
	g := vale(t)
	if text := g.Board(regimetest.At("2022-09-02 09:00")); strings.Contains(text, "Vale") || !strings.Contains(text, "EX-ICB1") {
		t.Error(text)
	}
	if h := g.Headline(regimetest.At("2022-09-02 09:00")); !strings.Contains(h, "System Quality Group, Example Vale") {
		t.Error(h)
	}
}

func TestNewsOfACaseOf2022IsTakenInTheWordsOfItsProfileAndThatOf2013IsNot(t *testing.T) {
	g := vale(t)
	by := func(key string) ledger.Request {
		return ledger.Request{Key: key, By: ledger.Actor{For: regimetest.Board, Person: "case", Channel: "case"}}
	}
	news := NoteCase{Case: "N3XT-2022", Provider: "EX-FT9", Stage: regime.Convening, Measures: regime.MeasuresRecommended,
		Profile: "ENGLAND_2022"}
	receipt, err := g.Perform(by("k1"), &news, regimetest.At("2022-10-03 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"convening the rapid quality review meeting",
		"The Recovery Support Programme: recommended"} {
		if !strings.Contains(receipt.Entry.Text, want) {
			t.Errorf("%q is not in %s", want, receipt.Entry.Text)
		}
	}
	w := g.Watched[0]
	if words := g.CaseWords(w); words !=
		"convening the rapid quality review meeting; the Recovery Support Programme recommended" {
		t.Error(words)
	}
	if level := g.LevelName(w.Level); level != "intensive" {
		t.Error(level)
	}
	news.Profile, news.Stage = "ENGLAND_2013", regime.InSession
	if _, err := g.Perform(by("k2"), &news, regimetest.At("2022-10-03 10:00")); err == nil {
		t.Error("it takes news of a case of 2013")
	}
}

// Who only feeds in under the first law may take a seat where that is carried over and no text confirms it.
func TestR125_R71_WhereNoTextSaysThatABodyOnlyFeedsInItMayJoin(t *testing.T) {
	g, at := vale(t), regimetest.At("2022-10-03 09:00")
	row := g.profile().Seat("GMC")
	if row.Local != regime.SeatFeedsIn || !row.Basis.Open() {
		t.Fatalf("%+v", row)
	}
	if why := g.whySeat("GMC"); !strings.Contains(why, "not confirmed") {
		t.Error(why)
	}
	receipt, err := g.Perform(ledger.Request{Key: "k", By: ledger.Actor{For: "GMC", Person: "x", Channel: "x"}}, &JoinGroup{}, at)
	if err != nil {
		t.Fatal(err)
	}
	if !g.IsMember("GMC") || !strings.Contains(receipt.Entry.Text, "Not confirmed") {
		t.Error(receipt.Entry.Text)
	}
}
