package directory

import (
	"errors"
	"strings"
	"testing"
	"time"

	"holdthering/data"
	"holdthering/regime"
)

const header = "party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note\n"

func fromRows(t *testing.T, rows ...string) *Directory {
	t.Helper()
	d, err := FromText(header + strings.Join(rows, "\n") + "\n")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func utc(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func gap(t *testing.T, err error) Gap {
	t.Helper()
	var g Gap
	if !errors.As(err, &g) {
		t.Fatalf("want a Gap, got %v", err)
	}
	return g
}

func TestEachLevelAnswersForItselfAndAMissingOneIsReplacedUpwardsFirst(t *testing.T) {
	const full = "CQC,Care Quality Commission,d@x.example,l@x.example,p@x.example,e@x.example,,,no,"
	at := utc(t, "2014-02-10T12:00:00Z")
	for _, c := range []struct {
		row     string
		asked   Level
		address string
	}{
		{full, Duty, "d@x.example"},
		{full, Lead, "l@x.example"},
		{full, Deputy, "p@x.example"},
		{full, Executive, "e@x.example"},
		{"CQC,,,l@x.example,p@x.example,e@x.example,,,no,", Duty, "l@x.example"},
		{"CQC,,d@x.example,,p@x.example,e@x.example,,,no,", Lead, "p@x.example"},
		{"CQC,,d@x.example,l@x.example,,e@x.example,,,no,", Deputy, "e@x.example"},
		{"CQC,,d@x.example,l@x.example,,,,,no,", Deputy, "l@x.example"},
		{"CQC,,d@x.example,l@x.example,p@x.example,,,,no,", Executive, "p@x.example"},
		{"CQC,,d@x.example,,,,,,no,", Executive, "d@x.example"},
		{"CQC,,d@x.example,l@x.example,p@x.example,,2014-02-01,,no,", Lead, "p@x.example"},
		{"CQC,,d@x.example,l@x.example,,,2014-02-01,,no,", Executive, "d@x.example"},
		{"CQC,,\"d@x.example\nBcc: all@x.example\",l@x.example,,,,,no,", Duty, "l@x.example"},
	} {
		got, err := fromRows(t, c.row).Lookup("CQC", at, c.asked)
		if err != nil || got.Address != c.address || got.Asked != c.asked {
			t.Errorf("%s of %s: %+v, %v; want %s", c.asked, c.row, got, err, c.address)
		}
		if (got.Level == got.Asked) != (got.Instead == "") {
			t.Errorf("%s of %s does not say why: %+v", c.asked, c.row, got)
		}
	}
}

func TestAnAbsenceHoldsFromItsFirstToItsLastDayInUKTime(t *testing.T) {
	d := fromRows(t, "CQC,,,l@x.example,p@x.example,,2014-07-01,2014-07-03,no,")
	for at, want := range map[string]Level{
		"2014-06-30T22:59:59Z": Lead, // 23:59:59 in London
		"2014-06-30T23:00:00Z": Deputy,
		"2014-07-03T22:59:59Z": Deputy,
		"2014-07-03T23:00:00Z": Lead,
	} {
		got, err := d.Lookup("CQC", utc(t, at), Lead)
		if err != nil || got.Level != want {
			t.Errorf("at %s: %s, %v; want %s", at, got.Level, err, want)
		}
		if want == Deputy && got.Instead != "its lead is away until 3 July 2014" {
			t.Errorf("at %s it says %q", at, got.Instead)
		}
	}
}

func TestAnAbsenceMayHaveOneOpenEnd(t *testing.T) {
	d := fromRows(t, "CQC,,,l@x.example,p@x.example,,,2014-02-28,no,",
		"TDA,,,m@x.example,q@x.example,,2014-03-01,,no,")
	for _, c := range []struct {
		party regime.Party
		at    string
		want  Level
	}{
		{"CQC", "2010-01-01T00:00:00Z", Deputy}, {"CQC", "2014-03-01T00:00:00Z", Lead},
		{"TDA", "2014-02-28T23:59:00Z", Lead}, {"TDA", "2030-01-01T00:00:00Z", Deputy},
	} {
		if got, err := d.Lookup(c.party, utc(t, c.at), Lead); err != nil || got.Level != c.want {
			t.Errorf("%s at %s: %s, %v", c.party, c.at, got.Level, err)
		}
	}
}

func TestNobodyToWriteToIsAGapThatSaysWhy(t *testing.T) {
	d := fromRows(t,
		"LA_COMM/Q56-NORFOLK,,duty@norfolk.example,,,,,,no,",
		"LA_COMM/Q56-SUFFOLK,,duty@suffolk.example,,,,,,no,",
		"CQC,,not an address,l@x.example,,,2014-01-01,2014-12-31,no,", "TDA,,,,,,,,no,")
	for party, want := range map[regime.Party]string{
		"PROVIDER/NOWHERE": "not in the directory",
		"LSCB/Q56":         "not in the directory",
		"LA_COMM/Q56":      "which lists LA_COMM/Q56-NORFOLK, LA_COMM/Q56-SUFFOLK",
		"CQC":              "line 4: the address of its duty is malformed; its lead is away until 31 December 2014",
		"TDA":              "line 5: no duty is listed; no lead is listed",
		"":                 "not in the directory",
	} {
		contact, err := d.Lookup(party, utc(t, "2014-06-01T12:00:00Z"), Duty)
		if g := gap(t, err); g.Party != party || g.Level != Duty || !strings.Contains(g.Error(), want) {
			t.Errorf("%s: %v, want %q", party, g, want)
		}
		if contact != (Contact{}) {
			t.Errorf("%s has a gap and the contact %+v", party, contact)
		}
	}
}

func TestAWordThatIsNoLevelIsAnErrorAndNoGap(t *testing.T) {
	var g Gap
	_, err := fromRows(t, "CQC,,d@x.example,,,,,,no,").Lookup("CQC", time.Time{}, "boss")
	if err == nil || errors.As(err, &g) {
		t.Fatalf("got %v", err)
	}
}

func TestANameThatDoesNotShowNeverReachesAMail(t *testing.T) {
	d := fromRows(t, "cqc,\"CQC\r\nBcc: x\",d@x.example,,,,,,YES,")
	got, err := d.Lookup("cqc", time.Time{}, Duty)
	if err != nil || got.Name != "CQC" || got.Party != "CQC" || !got.Calendar {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestTheShippedDirectoryReachesAUnitAndATrust(t *testing.T) {
	d, err := FromText(data.Directory)
	if err != nil {
		t.Fatal(err)
	}
	for party, want := range map[regime.Party]Contact{
		"CCG/07J":      {Name: "NHS West Norfolk CCG", Address: "lead.07j@ccg.example"},
		"NHSCB/Q56":    {Name: "NHS England East Anglia area team", Address: "lead.q56@nhscb.example"},
		"CQC":          {Name: "CQC", Address: "lead@cqc.example"},
		"PROVIDER/RMP": {Name: "Tameside Hospital NHS Foundation Trust", Address: "lead.rmp@provider.example"},
	} {
		want.Party, want.Level, want.Asked = party, Lead, Lead
		if got, err := d.Lookup(party, time.Time{}, Lead); err != nil || got != want {
			t.Errorf("%s: %+v, %v", party, got, err)
		}
	}
	_, err = d.Lookup("PROVIDER/GIVEN-BY-HAND", time.Time{}, Lead)
	gap(t, err)
}

func TestWhoAnswersIsNamedWhereTheDirectorySaysSoAndTheAddressStaysBare(t *testing.T) {
	d := fromRows(t, `CQC,,Jo Bloggs <d@x.example>,l@x.example,"Bloggs, Jo <p@x.example>",`+"Jo\u202e <e@x.example>,,,no,")
	at := utc(t, "2014-02-10T12:00:00Z")
	for level, want := range map[Level][2]string{Duty: {"d@x.example", "Jo Bloggs"}, Lead: {"l@x.example", ""},
		Deputy: {"p@x.example", "Bloggs, Jo"}, Executive: {"e@x.example", ""}} {
		c, err := d.Lookup("CQC", at, level)
		if err != nil || [2]string{c.Address, c.Person} != want {
			t.Errorf("%s: %+v, %v", level, c, err)
		}
	}
}
