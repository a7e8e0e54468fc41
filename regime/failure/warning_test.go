package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// warn is a whole warning notice with its first requirement.
func warn() *ServeWarning {
	return &ServeWarning{View: "quality needs significant improvement.", Care: "acute medicine",
		Reasons: "staffing below plan.", Require: "staff the wards", Due: regimetest.At("2018-01-31 17:00")}
}

func warnUntil(due string) *ServeWarning {
	w := warn()
	w.Due = regimetest.At(due)
	return w
}

func TestR48_A17_TheSectionFollowsFromTheProvidersTypeAndTheDay(t *testing.T) {
	for _, row := range []struct {
		kind regime.ProviderType
		now  string
		want regime.WarningSection
	}{
		{regime.FoundationTrust, "2014-09-30 23:59", regime.S29}, {regime.FoundationTrust, "2014-10-01 00:00", regime.S29A},
		{regime.NHSTrust, "2014-09-30 23:59", regime.S29}, {regime.NHSTrust, "2014-10-01 00:00", regime.S29A},
		{regime.GPPractice, "2015-01-05", regime.S29}, {regime.OtherPrimaryCare, "2015-01-05", regime.S29},
		{regime.AdultSocialCare, "2015-01-05", regime.S29}, {regime.Independent, "2015-01-05", regime.S29},
	} {
		p := kingsLynn
		p.Type = row.kind
		wrong := warn()
		wrong.Section = regime.S29
		if row.want == regime.S29 {
			wrong.Section = regime.S29A
		}
		s := open(t, p, row.now).refused("R48", "CQC", wrong).by("CQC", warn())
		if got := s.c.Warnings[0].Section; got != row.want {
			t.Errorf("%s on %s: %s", row.kind, row.now, got)
		}
	}
}

func TestR48_ANoticeRecordedLaterIsUnderTheLawOfItsDay(t *testing.T) {
	w := warn()
	w.Served = regimetest.At("2014-09-29")
	s := open(t, kingsLynn, "2014-10-03 09:00").by("CQC", w)
	if s.c.Warnings[0].Section != regime.S29 {
		t.Fatalf("%+v", s.c.Warnings[0])
	}
}

func TestR49_ANoticeHoldsItsFiveParts(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	for what, spoil := range map[string]func(*ServeWarning){
		"--view": func(w *ServeWarning) { w.View = "" }, "--care": func(w *ServeWarning) { w.Care = "" },
		"--reason": func(w *ServeWarning) { w.Reasons = "" }, "--require": func(w *ServeWarning) { w.Require = "" },
		"--due": func(w *ServeWarning) { w.Due = w.Served },
	} {
		w := warn()
		spoil(w)
		if err := s.perform("CQC", w); regime.RefusedBy(err) != "R49" || !strings.Contains(err.Error(), what) {
			t.Errorf("without %s: %v", what, err)
		}
	}
	s.refused("R4", "MONITOR", warn()).refused("R4", "CCG", warn())
}

func TestR49_B1_CQCDeterminesAtTheLatestTimeOfAllRequirements(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", warnUntil("2015-01-15 17:00")).
		by("CQC", &AddRequirement{Warning: "W1", Require: "a lead nurse", Due: regimetest.At("2015-02-27 17:00")}).
		by("CQC", &AddRequirement{Warning: "W1", Require: "an audit", Due: regimetest.At("2014-12-19 17:00")}).
		refused("B1", "MONITOR", &AddRequirement{Warning: "W1", Require: "x", Due: regimetest.At("2015-02-27")})
	if d := s.duty(DutyDetermineWarning, "W1"); !d.Due.Equal(regimetest.At("2015-02-27 17:00")) || d.Owner != "CQC" {
		t.Fatalf("%+v", d)
	}
	if d := s.duty(DutyMeetRequirement, "W1/3"); !d.Due.Equal(regimetest.At("2014-12-19 17:00")) || d.Owner != "PROVIDER/RCX" {
		t.Fatalf("each requirement has its own time: %+v", d)
	}
	s.refused("B1", "MONITOR", &DetermineWarning{Warning: "W1", Complied: "yes"}).
		refused("B1", "PROVIDER", &DetermineWarning{Warning: "W1", Complied: "yes"}).at("2015-03-06 17:00")
	var when []string
	for _, n := range s.told("N24") {
		if strings.Contains(n, "PROVIDER") || strings.Contains(n, "executive") {
			when = append(when, n[4:strings.Index(n, ":")-3])
		}
	}
	want := "1 Dec|5 Dec|16 Dec|19 Dec|1 Jan|12 Jan|15 Jan|13 Feb|24 Feb|27 Feb|6 Mar"
	got := strings.Join(when, "|")
	for _, w := range strings.Split(want, "|")[1:] { // the first is the decision on representations
		if !strings.Contains(got, w) {
			t.Errorf("no N24 on %s: %s", w, got)
		}
	}
}

func TestR49_NotCompliedMeansADecisionAndForAFoundationTrustOneOnAdministration(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", warn()).
		refused("R49", "CQC", &DetermineWarning{Warning: "W1", Complied: "no"}).
		refused("R49", "CQC", &DetermineWarning{Warning: "W1", Complied: "no", Action: "conditions"}).
		by("CQC", &DetermineWarning{Warning: "W1", Complied: "no", Action: "conditions", Administration: "no"})
	if len(s.c.OpenDuties()) != 0 {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	open(t, trust, "2014-11-03 09:00").by("CQC", warn()).
		by("CQC", &DetermineWarning{Warning: "W1", Complied: "no", Action: "conditions"})
}

func TestA26_RepresentationsAgainstAWarningHaveTenWorkingDays(t *testing.T) {
	s := open(t, kingsLynn, "2014-12-17 09:00").by("CQC", warn())
	// Christmas, Boxing Day and New Year's Day are no working days
	if w := s.c.Warnings[0]; !w.Until.Equal(regimetest.At("2015-01-05 09:00")) {
		t.Fatalf("until %s", w.Until)
	}
	s.refused("B1", "PROVIDER", &DecideWarning{Warning: "W1", Outcome: Withdraw, Reason: "x"}).
		by("CQC", &DecideWarning{Warning: "W1", Outcome: Withdraw, Reason: "wrong ward"})
	if len(s.c.OpenDuties()) != 0 || s.c.warned(regime.S29A) {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
	var m *regime.Mistake
	if err := s.perform("CQC", &DetermineWarning{Warning: "W1", Complied: "yes"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("%v", err)
	}
}

func TestTheProvidersWordEndsItsDutyAndDecidesNothing(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", warnUntil("2015-01-15 17:00")).
		refused("R1", "CQC", &ReportRequirement{Warning: "W1", Requirement: 1, Evidence: "x"}).
		by("PROVIDER", &ReportRequirement{Warning: "W1", Requirement: 1, Evidence: "rota"})
	if d := s.duty(DutyMeetRequirement, "W1/1"); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
	if d := s.duty(DutyDetermineWarning, "W1"); !d.Open() {
		t.Fatal("CQC still determines")
	}
	var m *regime.Mistake
	if err := s.perform("PROVIDER", &ReportRequirement{Warning: "W1", Requirement: 2, Evidence: "x"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("%v", err)
	}
}

func TestAnUndeterminedWarningStandsInTheWayOfClosing(t *testing.T) {
	s := closable(t).by("CQC", warn()).refused("2.4", regimetest.Nhse, &ProposeClosing{}).
		refused("R49", "CQC", &DetermineWarning{Warning: "W1", Complied: "yes"}).
		by("CQC", &DetermineWarning{Warning: "W1", Complied: "yes", Evidence: "x"})
	s.by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
}

func TestMonitorIsToldWhenNoWarningIsRecordedThatItsConditionsFollow(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("MONITOR", &UsePower{Power: "P-MON-4"})
	if !strings.Contains(s.c.Entries[0].Text, "No warning notice under section 29A") {
		t.Fatal(s.c.Entries[0].Text)
	}
	s.by("CQC", warn()).by("MONITOR", &UsePower{Power: "P-MON-4"})
	if strings.Contains(s.c.Entries[2].Text, "No warning notice") {
		t.Fatal(s.c.Entries[2].Text)
	}
}

func TestR1_R48_R49_B1_AWarningNoticeIsCQCsAndItsRequirementsTheProviders(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", warn())
	withdrawn := s.copied().by("CQC", &DecideWarning{Warning: "W1", Outcome: Withdraw, Reason: "x"})
	add := &AddRequirement{Warning: "W1", Require: "x", Due: regimetest.At("2015-01-31")}
	report := func(n int) Act { return &ReportRequirement{Warning: "W1", Requirement: n, Evidence: "x"} }
	determine := func(complied YesNo, action string, administration YesNo) Act {
		return &DetermineWarning{Warning: "W1", Complied: complied, Action: action,
			Administration: administration}
	}
	nhsTrust := kingsLynn
	nhsTrust.Type = regime.NHSTrust
	atTrust := open(t, nhsTrust, "2014-11-03 09:00").by("CQC", warn())
	before := open(t, kingsLynn, "2014-09-03 09:00").by("CQC", warn())
	tryAll(t,
		trial{s, "MONITOR", add, "B1: "}, trial{withdrawn, "CQC", add, "determined or withdrawn"},
		trial{s, "CQC", add, ""},
		trial{s, "CQC", &AddRequirement{Warning: "W2", Require: "x", Due: regimetest.At("2015-01-31")},
			"there is no warning notice"},
		trial{s, "CQC", &AddRequirement{Warning: "W1", Require: "x", Due: regimetest.At("2014-11-03 09:00")},
			"does not lie after"},
		trial{s, "CQC", report(1), "R1: "}, trial{s, "PROVIDER", report(-1), "requirements 1 to 1"},
		trial{s, "PROVIDER", report(2), "requirements 1 to 1"}, trial{s, "PROVIDER", report(1), ""},
		trial{withdrawn, "PROVIDER", report(1), "determined or withdrawn"},
		trial{s, "MONITOR", &DecideWarning{Warning: "W1", Outcome: Proceed, Reason: "x"}, "B1: "},
		trial{s, "MONITOR", determine("yes", "", ""), "B1: "},
		trial{s, "CQC", determine("yes", "", ""), "R49: that a notice was complied with"},
		trial{s, "CQC", determine("no", "", "no"), "R49: where"},
		trial{s, "CQC", determine("no", "x", ""), "R49: for a foundation"},
		trial{s, "CQC", determine("no", "x", "no"), ""},
		trial{atTrust, "CQC", determine("no", "x", ""), ""},
		trial{before, "CQC", determine("no", "x", ""), ""},
	)
}
