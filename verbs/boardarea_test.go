package verbs_test

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/verbs"
)

const under2022 = `trigger --profile england_2022 --by ICB --source media --what x `

func TestACaseOf2022NamesItsBoardAndRegionByTheirCodes(t *testing.T) {
	for _, place := range []string{`--area qmm --region Y61`, `--area ICB/QMM --region "east of england"`} {
		o := must(t, under2022+`--provider RCX --also-area "QJG,ICB/QH8" `+place).Opening
		if o.Profile != "ENGLAND_2022" || o.Provider.AreaTeam != "QMM" || o.Provider.Region != "Y61" ||
			o.Provider.LeadCCG != "QMM" || !slices.Equal(o.Provider.OtherAreas, []string{"QJG", "QH8"}) {
			t.Fatalf("%+v", o)
		}
		for _, m := range []regime.Party{"ICB/QMM", "ICB/QJG", "ICB/QH8", "NHSCB/Y61", "CQC", "LA_COMM/E10000020",
			"HEALTHWATCH_LOCAL/E10000012"} {
			if !slices.Contains(o.Members, m) {
				t.Errorf("%s is no member of %v", m, o.Members)
			}
		}
		for _, u := range o.Units {
			if u.Party == "NHSCB/Y61" && u.Name != "NHS England East of England region" || u.Name == string(u.Party) {
				t.Errorf("%+v", u)
			}
		}
	}
	o := must(t, under2022+`--provider-name "A surgery" --provider-code g1 --provider-type gp-practice `+
		`--area QMM --region Y61 --lead-ccg QJG`).Opening
	if o.Provider.Code != "G1" || o.Provider.LeadCCG != "QJG" || o.Provider.AreaTeam != "QMM" {
		t.Errorf("%+v", o.Provider)
	}
}

func TestWhatIsWrongWithThePlaceOfACaseOf2022IsSaid(t *testing.T) {
	for _, row := range []struct{ command, says string }{
		{under2022 + `--provider RCX --region Y61`, "--area: of which integrated care board's area?"},
		{under2022 + `--provider RCX --area Q56 --region Y61`, "not the code of an integrated care board"},
		{under2022 + `--provider RCX --area QMM`, "Y63  North East and Yorkshire"},
		{under2022 + `--provider RCX --area QMM --region Y55`, "is no region of NHS England"},
		{under2022 + `--provider RCX --area QMM --region Y61 --also-area Q57`, "--also-area: \"Q57\""},
		{under2022 + `--provider RCX --area QMM --region Y61 --lead-ccg 07J`, "--lead-ccg: \"07J\""},
		{under2022 + `--provider RCX --provider-code X --area QMM --region Y61`, "from the register"},
		{under2022 + `--provider-name X --area QMM --region Y61`, "--provider-code, --provider-type"},
		{strings.Replace(under2022, "ICB", "Monitor", 1) + `--provider RCX --area QMM --region Y61`,
			"no body of profile ENGLAND_2022, under which this runs. There NHS England stands in its place."},
		{`trigger --by ICB/QMM --source media --what x --provider RCX`, "no body of profile ENGLAND_2013"},
		{`trigger --by CQC --source media --what x --provider RCX --region Y61`, "without area teams"},
	} {
		_, err := verbs.Parse(line(row.command), desk)
		if err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v; want %q", row.command, err, row.says)
		}
	}
}
