package verbs_test

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/surveillance"
	"holdthering/verbs"
)

func TestAGroupOf2022IsStartedByItsBoardItsRegionAndAName(t *testing.T) {
	p, err := verbs.ParseGroup(line(`start --profile england_2022 --area icb/qmm --region "East of England" `+
		`--name "Example Vale" --first "2022-09-20 10:00"`), desk)
	if err != nil || len(p.Starts) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	o := p.Starts[0]
	if o.Profile != "ENGLAND_2022" || o.Tier != regime.LocalTier || o.Area != "QMM" || o.Region != "Y61" ||
		o.PlaceName != "Example Vale" || !o.NamedByHand || o.First.IsZero() {
		t.Errorf("%+v", o)
	}
	p, err = verbs.ParseGroup(line(`start --profile ENGLAND_2022 --region Y61 --boards "QMM, ICB/QJG,QMM"`), desk)
	if err != nil || len(p.Starts) != 1 || p.Starts[0].Tier != regime.RegionalTier || p.Starts[0].NamedByHand ||
		p.Starts[0].PlaceName != "East of England" || len(p.Starts[0].Members) != 6 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWhatIsMissingWhereAGroupOf2022IsStartedIsAskedFor(t *testing.T) {
	for words, says := range map[string]string{
		"--profile ENGLAND_2022 --everywhere":                                      "no list of integrated care boards",
		"--profile ENGLAND_2022":                                                   "Y61  East of England",
		"--profile ENGLAND_2022 --area QMM":                                        `in which region? Say --region`,
		"--profile ENGLAND_2022 --area QMM --region Y55 --name x":                  `"Y55" is no region of NHS England of 2022`,
		"--profile ENGLAND_2022 --area QMM --region Y61":                           "Say --name",
		"--profile ENGLAND_2022 --area Q56 --region Y61 --name x":                  `"Q56" is not the code`,
		"--profile ENGLAND_2022 --region Y61 --name x":                             "the region has its name",
		"--profile ENGLAND_2022 --region Y61 --boards Q56":                         `--boards: "Q56"`,
		"--profile ENGLAND_2022 --area QMM --region Y61 --name x --boards QJG":     "sit in a region's group",
		"--profile ENGLAND_1948 --area QMM":                                        "there is no profile",
		"--area QMM":                                                               "say --profile ENGLAND_2022",
		"--region Y61":                                                             "Y61, East of England, is a place of ENGLAND_2022",
		"--area Q56 --name x":                                                      "say --profile ENGLAND_2022",
		"--profile ENGLAND_2022 --area QMM --region Y61 --name x --first tomorrow": "--first",
	} {
		if _, err := verbs.ParseGroup(line("start "+words), desk); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", words, err)
		}
	}
}

func TestAGroupOf2022IsNamedByItsBoardOrRegion(t *testing.T) {
	for text, want := range map[string]string{"qmm": "QMM", "ICB/QMM": "QMM", "group-EX-ICB1": "EX-ICB1", "Y61": "Y61",
		"east of england": "Y61", "London": "Y56", "ex-icb1.k7qm-3xrd": "EX-ICB1.K7QM-3XRD"} {
		if got, err := verbs.GroupPlace(text); err != nil || got != want {
			t.Errorf("%s is %q, %v", text, got, err)
		}
	}
}

func TestACaseFromAConcernComesUnderTheProfileAndInThePlaceOfItsGroup(t *testing.T) {
	env := desk
	env.Concerns = func(string, []string) (verbs.GroupConcerns, error) {
		return verbs.GroupConcerns{Provider: surveillance.Watched{Code: "RCX"}, Area: "QMM", Region: "Y61", Profile: "ENGLAND_2022",
			What: "unsafe", Source: "qsg-sharing"}, nil
	}
	env.Group = "QMM"
	p, err := verbs.Parse(line("trigger --from-concern C1 --by ICB"), env)
	if err != nil || p.Opening == nil || p.Opening.Profile != "ENGLAND_2022" || p.Opening.Provider.AreaTeam != "QMM" ||
		p.Opening.Provider.Region != "Y61" || p.Opening.Provider.Code != "RCX" {
		t.Fatalf("%+v, %v", p.Opening, err)
	}
	_, err = verbs.Parse(line("trigger --from-concern C1 --by CQC --profile ENGLAND_2013"), env)
	if err == nil || !strings.Contains(err.Error(), "runs under profile ENGLAND_2022") {
		t.Errorf("%v", err)
	}
}
