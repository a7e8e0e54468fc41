package directory

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"holdthering/data"
	"holdthering/reference"
	"holdthering/regime"
)

func expected(t *testing.T) Expected {
	t.Helper()
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, ok := regime.ProfileNamed("ENGLAND_2013")
	if !ok {
		t.Fatal("there is no profile ENGLAND_2013")
	}
	return Expected{Reference: ref, Profile: p, Others: regime.BodiesEver(),
		Domains: []string{"example"}}
}

// shipped is the shipped directory with rows appended, and some taken out.
func shipped(t *testing.T, without []string, more ...string) *Directory {
	t.Helper()
	var kept []string
	for line := range strings.Lines(data.Directory) {
		party, _, _ := strings.Cut(line, ",")
		taken := false
		for _, w := range without {
			taken = taken || party == w
		}
		if !taken {
			kept = append(kept, line)
		}
	}
	d, err := FromText(strings.Join(kept, "") + strings.Join(more, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAFaultInARowIsFoundWithItsLine(t *testing.T) {
	line := fmt.Sprintf("line %d: ", strings.Count(data.Directory, "\n")+1)
	for _, c := range []struct {
		row  string
		kind FindingKind
		text string
	}{
		{"NHSX,,d@x.example,,,,,,no,", UnknownParty,
			`"NHSX" is no body of this profile`},
		{"CCG/ZZZ,,d@x.example,,,,,,no,", UnknownParty,
			"CCG has no unit ZZZ"},
		{"LSCB,,d@x.example,,,,,,no,", UnknownParty,
			"LSCB exists more than once"},
		{"cqc,,d@x.example,,,,,,no,", DoubledParty,
			"line 2 lists the party already"},
		{"PROVIDER/H1,a\x07b,d@x.example,,,,,,no,", HiddenCharacter,
			`name is "a\ab"`},
		{"PROVIDER/H1,\"a\nb\",d@x.example,,,,,,no,", HiddenCharacter,
			`name is "a\nb"`},
		{"PROVIDER/H1,,d@x.example,,,,,,no,\u202etxt", HiddenCharacter,
			`note is "\u202etxt"`},
		{"PROVIDER/H1,,d@x.example,nobody,,,,,no,", MalformedAddress,
			`lead: "nobody" is not one bare address`},
		{"PROVIDER/H1,,d@x.example,A <a@x.example,,,,,no,", MalformedAddress,
			"lead: \"A <a@x.example\" is neither"},
		{"PROVIDER/H1,,d@x.example,b@x.example <a@x.example>,,,,,no,", MalformedAddress,
			"is no name"},
		{"PROVIDER/H1,,d@x.example,A <a@x.example> <b@x.example>,,,,,no,", MalformedAddress,
			"lead: "},
		{"PROVIDER/H1,,duty@cqc.example,,,,,,no,", DoubledAddress,
			"also the duty of line 2"},
		{"PROVIDER/H1,,d@x.example,a@x.example;b@x.example,,,,,no,", MalformedAddress,
			"lead: "},
		{"PROVIDER/H1,,d@x.example,à@x.example,,,,,no,", MalformedAddress,
			"outside ASCII"},
		{"PROVIDER/H1,,d@x.example,a@x.example b@x.example,,,,,no,", MalformedAddress,
			"more than one address"},
		{"PROVIDER/H1,,d@x.example,l@x.example,,,soon,,no,", WrongAbsence,
			"the lead counts as away"},
		{"PROVIDER/H1,,d@x.example,l@[127.0.0.1],,,,,no,", MalformedAddress,
			"is not one bare address"},
		{"PROVIDER/H1,,d@x.test,,,,,,no,", ForeignDomain,
			"x.test is not among"},
		{"PROVIDER/H1,,d@notexample,,,,,,no,", ForeignDomain,
			"notexample"},
		{"PROVIDER/H1,,D@x.example,d@X.example,,,,,no,", DoubledAddress,
			"also the duty of " + strings.TrimSuffix(line, ": ")},
		{"PROVIDER/H1,,duty@CQC.example,,,,,,no,", DoubledAddress,
			"also the duty of line 2"},
		{"PROVIDER/H1,,d@x.example,,,,2014-02-30,,no,", WrongAbsence,
			`absent_from is "2014-02-30"`},
		{"PROVIDER/H1,,d@x.example,,,,2014-02-02,2014-02-01,no,", WrongAbsence,
			"ends on 2014-02-01, before it begins"},
		{"PROVIDER/H1,,d@x.example,,,,,,perhaps,", WrongCalendar,
			`calendar is "perhaps"`},
		{"PROVIDER/H1,,,,,,,,no,", NobodyListed,
			"no level has a usable address"},
		{"PROVIDER/H1,,,l@x.example,,,2014-02-01,,no,", NobodyListed,
			"lead's absence"},
	} {
		findings := Check(shipped(t, nil, c.row), expected(t))
		if len(findings) != 1 || findings[0].Kind != c.kind {
			t.Errorf("%q: %v", c.row, findings)
			continue
		}
		got := findings[0].String()
		if !strings.HasPrefix(got, line) || !strings.Contains(got, c.text) || !plain(got) {
			t.Errorf("%q: %q, want %q", c.row, got, c.text)
		}
	}
}

func TestAProviderGivenByHandAndAFurtherSeatAreNoFaults(t *testing.T) {
	d := shipped(t, []string{"LA_COMM/Q56"},
		"PROVIDER/GP-12,,gp12@p.example,,,,2014-02-01,2014-02-01,no,",
		"LA_COMM/Q56-NORFOLK,,duty@norfolk.example,,,,,,yes,",
		"LA_COMM/Q56-SUFFOLK,,duty@suffolk.example,,,,,,yes,")
	if findings := Check(d, expected(t)); len(findings) > 0 {
		t.Fatalf("%v", findings)
	}
}

func TestR69AGroupWithoutItsMinimumIsListedWithWhatItLacks(t *testing.T) {
	findings := Check(shipped(t, []string{"CCG/07J", "LETB/Q56", "PHE/Q56", "NHSCB/Y55"}), expected(t))
	got := map[regime.Party]string{}
	for _, f := range findings {
		if f.Line != 0 {
			t.Errorf("a whole-file finding has line %d", f.Line)
		}
		got[f.Party] = f.String()
	}
	for party, want := range map[regime.Party]string{
		"CCG":              "CCG: 1 of 215 are not in the directory: CCG/07J",
		"LETB":             "LETB: 1 of 29 are not in the directory: LETB/Q56",
		"PHE":              "PHE: 1 of 30 are not in the directory: PHE/Q56",
		"NHSCB":            "NHSCB: 1 of 30 are not in the directory: NHSCB/Y55",
		"QSG_LOCAL/Q56":    "R69: the group of East Anglia (QSG_LOCAL/Q56) lacks CCG/07J, LETB/Q56",
		"QSG_REGIONAL/Y55": "R69: the group of Midlands and East of England (QSG_REGIONAL/Y55) lacks NHSCB/Y55",
	} {
		if got[party] != want {
			t.Errorf("%s: %q, want %q", party, got[party], want)
		}
	}
	if len(findings) != 6 {
		t.Errorf("%d findings: %v", len(findings), findings)
	}
}

func TestR70NoGroupLacksTheTDAWhereNoNHSTrustIs(t *testing.T) {
	lacking := map[regime.Party]bool{}
	for _, f := range Check(shipped(t, []string{"TDA"}), expected(t)) {
		lacking[f.Party] = true
	}
	if !lacking["TDA"] || !lacking["QSG_LOCAL/Q56"] || lacking["QSG_LOCAL/Q45"] || lacking["QSG_LOCAL/Q51"] {
		t.Fatalf("%v", lacking)
	}
}

func TestABodyOfTheProfileThatTheDataDoesNotKnowNeedsOneRow(t *testing.T) {
	e := expected(t)
	wider := *e.Profile
	wider.Bodies = append(slices.Clone(wider.Bodies), regime.BodyRow{Code: "FT_GOVERNORS"})
	e.Profile = &wider
	findings := Check(shipped(t, nil), e)
	if len(findings) != 1 || findings[0].String() != "FT_GOVERNORS is not in the directory" {
		t.Fatalf("%v", findings)
	}
	if findings := Check(shipped(t, nil, "FT_GOVERNORS/RCX,,d@ft.example,,,,,,no,"), e); len(findings) > 0 {
		t.Fatalf("%v", findings)
	}
}

func TestWithoutAnAllowListAnyDomainMayStand(t *testing.T) {
	e := expected(t)
	e.Domains = nil
	if findings := Check(shipped(t, nil, "PROVIDER/H1,,d@anywhere.test,,,,,,no,"), e); len(findings) > 0 {
		t.Fatalf("%v", findings)
	}
}

func TestUnderBoardsTheDirectoryItselfSaysWhichThereAre(t *testing.T) {
	e := expected(t)
	e.Profile, _ = regime.ProfileNamed("ENGLAND_2022")
	e.Others = regime.BodiesEver()
	if findings := Check(shipped(t, nil), e); len(findings) > 0 {
		t.Fatalf("%v", findings)
	}
	for party, says := range map[string]string{
		"ICB/QMM":          "",
		"LA_COMM/EX-ICB1":  "R69: the group of EX-ICB1 (QSG_LOCAL/EX-ICB1) lacks LA_COMM/EX-ICB1",
		"LA_COMM/Y61":      "R69: the group of East of England (QSG_REGIONAL/Y61) lacks LA_COMM/Y61",
		"QSG_REGIONAL/Y56": "QSG_REGIONAL: 1 of 7 are not in the directory: QSG_REGIONAL/Y56",
	} {
		found := texts(Check(shipped(t, []string{party}), e))
		if says != "" && !slices.Contains(found, says) || says == "" && len(found) > 0 {
			t.Errorf("without %s: %v", party, found)
		}
	}
	none := texts(Check(shipped(t, []string{"ICB/EX-ICB1", "ICB/EX-ICB2"}), e))
	if !slices.Contains(none, "ICB is not in the directory") {
		t.Errorf("no board at all: %v", none)
	}
	further := texts(Check(shipped(t, nil, "ICB/EX-ICB9,,d@icb.example,,,,,,no,"), e))
	if !slices.Contains(further, "HEALTHWATCH_LOCAL: 1 of 162 are not in the directory: HEALTHWATCH_LOCAL/EX-ICB9") {
		t.Errorf("a board alone: %v", further)
	}
}

func TestADirectoryOf2013NeedsNoRegionOf2022(t *testing.T) {
	later := []string{"NHSCB/Y61", "QSG_REGIONAL/Y61", "LA_COMM/Y61"}
	if findings := Check(shipped(t, later), expected(t)); len(findings) > 0 {
		t.Errorf("%v", findings)
	}
}

func texts(findings []Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.String())
	}
	return out
}

func TestTwoFaultsOfOneRowAreTwoFindings(t *testing.T) {
	for _, rows := range []string{
		"CQC,,d@x.example,l@x.example,,,soon,later,no,",
		"CQC,,d@x.example,l@x.example,,,02/03/2014,soon,no,\nMONITOR,,e@x.example,,,,02/28/2014,,no,", // the month first
		"CQC,,d@x.example,l@x.example,,,02/03/2014,03/04/2014,no,\nMONITOR,,e@x.example,,,,02/28/2014,,no,",
	} {
		of := map[string]int{}
		for _, f := range Check(shipped(t, []string{"CQC", "MONITOR"}, strings.Split(rows, "\n")...), expected(t)) {
			if f.Kind != WrongAbsence || f.Party != "CQC" {
				continue
			}
			for _, column := range []string{"absent_from", "absent_to"} {
				of[column] += strings.Count(f.Text, column)
			}
			if strings.ContainsAny(f.Text, "\n") || strings.Count(f.Text, "absent_") != 1 {
				t.Errorf("one finding tells of several: %q", f.Text)
			}
		}
		if of["absent_from"] != 1 || of["absent_to"] != 1 {
			t.Errorf("%s: %v", rows, of)
		}
	}
}
