package verbs

import (
	"strings"
	"testing"

	"holdthering/regime/calendar"
	"holdthering/regime/failure"
)

// What the register says of a trust on the day on which its case is opened, the answer says.
func TestACaseOf2022AboutATrustThatClosedIn2020IsToldSo(t *testing.T) {
	for day, want := range map[string]string{
		"2022-10-03 09:00": "The register has Weston Area Health NHS Trust as closed since 31 March 2020.",
		"2025-10-03 09:00": "The register has Weston Area Health NHS Trust as closed since 31 March 2020.",
		"2019-10-03 09:00": "",
	} {
		line := []string{"trigger", "--provider", "RA3", "--by", "CQC", "--source", "media", "--concern", "x", "--key", "k"}
		if day > "2022" {
			line = append(line, "--area", "QUY", "--region", "Y58")
		}
		p, err := Parse(line, Env{Person: "A. Tester", Now: calendar.MustInstant(day)})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(p.Remarks, " "); !strings.Contains(got, want) || want == "" && strings.Contains(got, "closed") {
			t.Errorf("%s: %q", day, got)
		}
	}
}

// A profile that is a proof has not all types of provider: a case about another is not begun under it.
func TestACaseIsNotBegunUnderAProfileThatDoesNotHaveItsTypeOfProvider(t *testing.T) {
	at := calendar.MustInstant("2025-04-07 09:00")
	p, err := Parse([]string{"trigger", "--provider", "RCX", "--profile", "WALES", "--area", "EX-LHB1", "--region", "Wales", "--by", "HIW",
		"--source", "media", "--concern", "x", "--key", "k"}, Env{Person: "A. Tester", Now: at})
	if err == nil {
		_, err = failure.Open(*p.Opening, at)
	}
	if err == nil || !strings.Contains(err.Error(), "WALES") {
		t.Errorf("%v", err)
	}
}
