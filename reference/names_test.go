package reference

import (
	"errors"
	"strings"
	"testing"

	"holdthering/regime"
)

func england2013(t *testing.T) []regime.BodyRow {
	t.Helper()
	p, ok := regime.ProfileNamed("ENGLAND_2013")
	if !ok {
		t.Fatal("there is no profile ENGLAND_2013")
	}
	return p.Bodies
}

func TestTextNamesAPartyByCodeOrByName(t *testing.T) {
	names := NewNames(loaded(t), england2013(t))
	for text, want := range map[string]regime.Party{
		"g1": "GUEST/G1", "GUEST/G1": "GUEST/G1",
		"CCG/07J":                          "CCG/07J",
		"ccg / 07j":                        "CCG/07J",
		"07j":                              "CCG/07J",
		"West Norfolk CCG":                 "CCG/07J",
		"NHS West Norfolk":                 "CCG/07J",
		"nhscb/q56":                        "NHSCB/Q56",
		"Q56":                              "NHSCB/Q56",
		"NHS England East Anglia":          "NHSCB/Q56",
		"nhs england, east anglia":         "NHSCB/Q56",
		"NHS Commissioning Board Wessex":   "NHSCB/Q70",
		"East Anglia area team":            "NHSCB/Q56",
		"NHS England London region":        "NHSCB/Y56",
		"NHS England":                      "NHSCB",
		"Cqc":                              "CQC",
		"Care Quality Commission":          "CQC",
		"Monitor":                          "MONITOR",
		"NHS TDA":                          "TDA",
		"Healthwatch England":              "HEALTHWATCH_ENGLAND",
		"LETB East Anglia":                 "LETB/Q56",
		"Local authority commissioners, Q": "",
		"LA_COMM/Q56":                      "LA_COMM/Q56",
		"la_comm/q56-norfolk":              "LA_COMM/Q56-NORFOLK",
		"CCG/Y55":                          "CCG/Y55",
		"provider/hand-1":                  "PROVIDER/HAND-1",
		"Tameside Hospital":                "PROVIDER/RMP",
		"ROYAL_COLLEGE/RCS":                "ROYAL_COLLEGE/RCS",
		"nice":                             "NICE",
		"Secretary of State":               "SOS",
		"Public Health England":            "PHE",
		"GPhC":                             "GPHC",
	} {
		got, err := names.ParseParty(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q gave %q, %v; want %q", text, got, err, want)
		}
		if looked, found := names.Lookup(text); looked != got || found != (err == nil) {
			t.Errorf("%q is read as %q, and looked up it is %q, %v", text, got, looked, found)
		}
	}
}

func TestTextThatNamesNoPartyIsAnsweredWithAWayOn(t *testing.T) {
	names := NewNames(loaded(t), england2013(t))
	for text, want := range map[string]string{
		"CCG":                           "CCG exists more than once: say which, as in CCG/",
		"local authority commissioners": "LA_COMM exists more than once: say which, as in LA_COMM/E",
		"CQC/Q56":                       `CQC exists once: write CQC without "Q56"`,
		"CCG/07Z":                       "  CCG/07",
		"Moniter":                       "  MONITOR  Monitor",
		"NHS England London":            "  NHSCB/Y56  NHS England London region",
		"Tameside":                      "  PROVIDER/RMP  Tameside Hospital",
		"BUPA":                          "no party is called",
		"police":                        "POLICE exists more than once",
		"the provider":                  "PROVIDER exists more than once",
		"Healthwatch":                   "HEALTHWATCH_LOCAL exists more than once",
		"the trust":                     `no party is called "the trust"`,
		"CQC\r\nBcc: x":                 "character that cannot be",
		"LETB/Y55\u200b":                "character that cannot be",
		"":                              "a party is needed",
	} {
		got, err := names.ParseParty(text)
		if got != "" || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gave %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestEveryPartyOfTheDataIsUnderstoodByItsCodeAndByItsName(t *testing.T) {
	ref := loaded(t)
	names := NewNames(ref, england2013(t))
	for _, p := range ref.Parties() {
		if p.Body() == "SAFEGUARDING_PARTNERS" {
			continue // of 2022
		}
		for _, text := range []string{string(p), names.PartyName(p)} {
			if got, err := names.ParseParty(text); err != nil || got != p {
				t.Errorf("%s as %q gave %q, %v", p, text, got, err)
			}
		}
	}
}

func TestAPartyIsCalledByItsProfileNameAndItsUnit(t *testing.T) {
	ref := loaded(t)
	names := NewNames(ref, england2013(t))
	for p, want := range map[regime.Party]string{
		"CCG/07J":             "NHS West Norfolk CCG",
		"CCG/Y57":             "CCGs of South of England",
		"NHSCB":               "NHS England",
		"NHSCB/Q56":           "NHS England East Anglia area team",
		"NHSCB/Y54":           "NHS England North of England region",
		"PROVIDER/RMP":        "Tameside Hospital NHS Foundation Trust",
		"PROVIDER/HAND-1":     "PROVIDER/HAND-1",
		"LETB/Y56":            "Local Education and Training Board, London region",
		"LETB/Q70":            "Local Education and Training Board, Wessex",
		"LA_COMM/Q56-SUFFOLK": "Local authority commissioners, East Anglia (SUFFOLK)",
		"CQC":                 "CQC",
		"CCG/ZZZ":             "CCG/ZZZ",
		"CCG/Q56":             "CCG/Q56",
		"LETB/Q99-X":          "LETB/Q99-X",
		"WHO":                 "WHO",
	} {
		if got := names.PartyName(p); got != want {
			t.Errorf("%s is called %q, want %q", p, got, want)
		}
	}
	if got := ref.PartyName("NHSCB/Q56"); got != "NHS England East Anglia area team" {
		t.Errorf("the data calls NHSCB/Q56 %q", got)
	}
	if got := ref.PartyName("LETB/Q56"); got != "LETB/Q56" {
		t.Errorf("the data calls LETB/Q56 %q", got)
	}
}

func TestABodyWithoutItsUnitCanBeCompletedByACallerWhoKnowsTheCase(t *testing.T) {
	var needs NeedsUnit
	_, err := NewNames(loaded(t), england2013(t)).ParseParty("local authority commissioners")
	if !errors.As(err, &needs) || needs.Body != regime.LAComm || needs.Example.Body() != regime.LAComm {
		t.Fatalf("got %v", err)
	}
}

func TestABodyOutsideTheProfileIsNotUnderstood(t *testing.T) {
	names := NewNames(loaded(t), []regime.BodyRow{{Code: regime.CQC, Names: []string{"CQC"}}})
	for _, text := range []string{"MONITOR", "CCG/07J", "07J", "East Anglia"} {
		if got, err := names.ParseParty(text); err == nil {
			t.Errorf("%q gave %s", text, got)
		}
	}
}

func TestTheUnitsOfEachBodyAgreeWithTheProfile(t *testing.T) {
	for _, b := range england2013(t) {
		s := shapeOf(b.Code)
		if s == once|anyUnit && b.Code != regime.RoyalCollege {
			t.Errorf("%s has no row among the units", b.Code)
		}
		seat := s&perArea != 0 && b.Code != regime.NHSCB && b.Code != regime.QSGLocal
		if seat != b.Seated {
			t.Errorf("%s: the profile says seated %v", b.Code, b.Seated)
		}
	}
}
