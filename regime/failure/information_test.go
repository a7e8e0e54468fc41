package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func (s *script) lastText() string { return s.c.Entries[len(s.c.Entries)-1].Text }

func TestR14_AProtectedSourceIsInNoNoticeAndNothingThatIsShown(t *testing.T) {
	for _, kind := range (regime.MatrixKind)("").Choices() {
		s := responding(t, kingsLynn).by("CQC", &RecordConcern{Kind: regime.MatrixKind(kind), What: "unsafe nights",
			Source: "whistleblower", SourceNote: "SECRET, on ward 3", Profession: professionFor(kind)})
		if where := s.shows("SECRET"); where != "" {
			t.Fatalf("%s: %s gives the source away", kind, where)
		}
		if where := s.shows(`"whistleblower"`); where != "" && kind != "whistleblower" {
			t.Fatalf("%s: %s says what the source is", kind, where)
		}
		if s.c.Concerns[0].SourceNote == "" || s.c.Concerns[0].Source == "" {
			t.Fatal("the source is not recorded")
		}
	}
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &TriggerRiskSummit{Concern: "x", Source: "patient",
		Protect: true})
	if s.c.Public().Trigger.Source != "" || s.c.Trigger.Source != "patient" {
		t.Fatal("the trigger's source is shown")
	}
}

func professionFor(kind string) regime.Profession {
	if kind == "individual-other" {
		return "dentist"
	}
	return ""
}

func TestR14_ASourceThatNeedsNoProtectionIsRecordedAndStaysOutOfMails(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &RecordConcern{Kind: "below-standards", What: "MARKER",
		Source: "inspection", SourceNote: "SECRET"})
	if s.c.Public().Concerns[0].Source != "inspection" {
		t.Fatal("not recorded")
	}
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, "SECRET") || strings.Contains(n.Text, "MARKER") {
			t.Fatalf("%s is mailed: %s", n.Kind, n.Text)
		}
	}
}

func TestR75_AnyMemberRaisesAConcernAndARoyalCollegeThroughOne(t *testing.T) {
	for _, row := range []struct {
		by   regime.Party
		rule string
	}{{"CCG/07K", ""}, {"CCG/99X", ""}, {"GMC", ""}, {"HEALTHWATCH_LOCAL", ""}, {"ROYAL_COLLEGE", "R75"},
		{"PROVIDER", ""}, {addenbrookes, "R75"}} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		err := s.perform(row.by, &RecordConcern{Kind: "college-alert", What: "x"})
		if regime.RefusedBy(err) != row.rule {
			t.Errorf("%s, which does not commission it: %v, want %q", row.by, err, row.rule)
		}
	}
	s := open(t, kingsLynn, "2013-09-10 09:00").
		by("CCG/07K", &RecordConcern{Kind: "college-alert", What: "x", From: "ROYAL_COLLEGE"})
	if !strings.HasPrefix(s.lastText(), "For Royal Colleges") ||
		!slices.Contains(s.c.Concerns[0].Told, "MONITOR") {
		t.Fatalf("%s", s.lastText())
	}
}

// TestR75_ATrustTellsWhatItFearsOfItselfAndOfItsNeighbour: the commissioners hear of it, and who told it is not told.
func TestR75_ATrustTellsWhatItFearsOfItselfAndOfItsNeighbour(t *testing.T) {
	neighbour := ledger.Request{By: ledger.Actor{For: addenbrookes, Person: "an officer", Channel: "test"},
		Names: []regime.UnitName{{Party: addenbrookes, Name: "Cambridge University Hospitals", Trust: true}}}
	itself := ledger.Request{By: ledger.Actor{For: kingsLynn.Party(), Person: "an officer", Channel: "test"}}
	for _, req := range []ledger.Request{neighbour, itself} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		if _, err := s.c.Perform(req, &RecordConcern{Kind: "below-standards", What: "x"}, s.now); err != nil {
			t.Fatalf("%s: %v", req.By.For, err)
		}
		if told := s.c.Concerns[0].Told; !slices.Contains(told, "CCG/07J") || slices.Contains(told, req.By.For) {
			t.Errorf("%s told %v", req.By.For, told)
		}
		if forum := s.c.Concerns[0].Forum; !slices.Contains(forum, regimetest.Nhse) {
			t.Errorf("%s: the group is to hear of it: %v", req.By.For, forum)
		}
	}
}

func TestR52_WhateverConcernsACommissionerSignificantlyReachesCQC(t *testing.T) {
	for _, kind := range (regime.MatrixKind)("").Choices() {
		for _, by := range []regime.Party{"CCG/07J", "LA_COMM/Q56", regimetest.Nhse} {
			s := open(t, kingsLynn, "2013-09-10 09:00").by(by, &RecordConcern{Kind: regime.MatrixKind(kind), What: "x",
				Profession: professionFor(kind)})
			if !slices.Contains(s.c.Concerns[0].Told, regime.Party(regime.CQC)) || !strings.Contains(
				strings.Join(append(s.told("N21"), s.told("N2")...), ""), "CQC duty") {
				t.Errorf("%s by %s: told %v", kind, by, s.c.Concerns[0].Told)
			}
		}
	}
}

func TestR79_TrainingConcernsGoToTheTrainingRegulatorAndEducation(t *testing.T) {
	for of, regulator := range map[regime.Profession]regime.Party{"doctor": "GMC", "nurse": "NMC", "pharmacist": "GPHC"} {
		s := open(t, kingsLynn, "2013-09-10 09:00").by("CCG", &RecordConcern{Kind: "training-unsafe", What: "x",
			Profession: of})
		for _, p := range []regime.Party{regulator, "LETB/Q56", "HEE", "CQC", "MONITOR"} {
			if !slices.Contains(s.c.Concerns[0].Told, p) {
				t.Errorf("%s: %s is not told: %v", of, p, s.c.Concerns[0].Told)
			}
		}
	}
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CCG", &RecordConcern{Kind: "training-unsafe", What: "x"})
	if d := s.duty(DutyConsiderParties, "K1"); !d.Open() {
		t.Fatal("whose regulator it is must be answered")
	}
	s.by("CCG", &ConsiderParty{Concern: "K1", Party: "GDC", Answer: "yes", Reason: "dental trainees"})
	if !slices.Contains(s.c.Concerns[0].Told, "GDC") || s.duty(DutyConsiderParties, "K1").Open() {
		t.Fatalf("%+v", s.c.Concerns[0])
	}
}

func TestR20_TheGeneralMedicalCouncilIsToldOfAGPTakenOffTheList(t *testing.T) {
	s := open(t, practice, "2015-02-02 10:00").by(regimetest.Nhse, &RecordConcern{Kind: "gp-removed", What: "x"})
	if got := s.told("N21"); len(got) != 1 || !strings.Contains(got[0], "GMC duty") ||
		strings.Contains(got[0], "NHSCB") {
		t.Fatalf("%v", got)
	}
}

func TestR19_AConcernAboutAPractitionerOpensItsReferral(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").
		by("CQC", &RecordConcern{Kind: "individual-nurse-or-midwife", What: "x", Profession: "midwife"})
	if f := s.c.Referrals[0]; f.Regulator != "NMC" || f.Referrer != "CQC" || !s.duty(DutyRefer, "F1").Open() {
		t.Fatalf("%+v", f)
	}
	var m *regime.Mistake
	for kind, of := range map[regime.MatrixKind]regime.Profession{"individual-doctor": "dentist", "individual-other": ""} {
		if err := s.perform("CQC", &RecordConcern{Kind: kind, What: "x", Profession: of}); !regimetest.AsMistake(err, &m) {
			t.Errorf("%s of %q: %v", kind, of, err)
		}
	}
}

func TestR40_AConcernOfAbuseRaisesTheFlag(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG", &RecordConcern{Kind: "child-abuse", What: "x"}).
		by("CCG", &RecordConcern{Kind: "adult-abuse", What: "x"})
	if len(s.c.Safeguarding) != 2 || s.c.Safeguarding[0].About != regime.Child || s.c.Safeguarding[1].About != regime.Adult {
		t.Fatalf("%+v", s.c.Safeguarding)
	}
	if !slices.Contains(s.c.Concerns[1].Told, "LA_SAFEGUARDING/Q56") {
		t.Fatalf("%v", s.c.Concerns[1].Told)
	}
}

func TestThoseWhoComeIntoQuestionAreAnsweredForOneByOne(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG", &RecordConcern{Kind: "possible-crime", What: "x"})
	told := len(s.c.Notices)
	asked := []regime.Party{"LA_COMM", "LA_SAFEGUARDING", "LSCB", "GMC", "PROVIDER"}
	for i, p := range asked {
		s.refused("R1", "CQC", &ConsiderParty{Concern: "K1", Party: p, Answer: "no", Reason: "x"})
		if !s.duty(DutyConsiderParties, "K1").Open() {
			t.Fatalf("after %d of %d answers nothing is owed", i, len(asked))
		}
		answer := YesNo("no")
		if p == "GMC" {
			answer = "yes"
		}
		s.by("CCG", &ConsiderParty{Concern: "K1", Party: p, Answer: answer, Reason: "x"})
	}
	if s.duty(DutyConsiderParties, "K1").Open() || len(s.c.Notices) != told+1 {
		t.Fatalf("told %d times, want GMC alone", len(s.c.Notices)-told)
	}
	if k := s.c.Concerns[0].Consider; len(k) != 5 || k[0].Answer != "no" || k[0].Reason == "" {
		t.Fatalf("%+v", k)
	}
	s.at("2013-10-01").by("CCG", &RecordConcern{Kind: "whistleblower", What: "x"}).at("2013-10-01 04:00")
	if got := s.told("N5"); len(got) != 1 || !strings.Contains(got[0], "CCG/07J duty") {
		t.Fatalf("%v", got)
	}
}

func TestR78_RequestsForInformationAndTheirAnswersAreLogged(t *testing.T) {
	s := responding(t, kingsLynn).by("MONITOR", &RequestInformation{To: "CQC", What: "ratings"}).
		refused("R78", regimetest.Nhse, &AnswerInformation{Request: "Q1", Answer: "x"}).
		refused("R78", "MONITOR", &AnswerInformation{Request: "Q1", Answer: "x"})
	if d := s.duty(DutyGiveInformation, "Q1"); d.Owner != "CQC" || !d.Due.Equal(regimetest.At("2013-09-17 04:10")) {
		t.Fatalf("%+v", d)
	}
	s.by("CQC", &AnswerInformation{Request: "Q1", Answer: "a court forbids it", Declined: true})
	r := s.c.Requests[0]
	if s.duty(DutyGiveInformation, "Q1").Open() || !r.Declined || r.Answer == "" ||
		!strings.Contains(s.lastText(), "Declined") {
		t.Fatalf("%+v", r)
	}
	if got := s.told("N21"); len(got) != 2 || !strings.Contains(got[1], "MONITOR duty") {
		t.Fatalf("%v", got)
	}
	blocksNothing(t, func(s *script) {
		if s.c.Stage != regime.Closed {
			s.by("MONITOR", &RequestInformation{To: "CQC", What: "x"})
		}
	})
}

// TestR79_WhatIsFearedOfASoleClinicianIsForTheMedicalDirectorOfTheAreaTeam: nobody stands above the clinician in the
// practice itself (003:L394).
func TestR79_WhatIsFearedOfASoleClinicianIsForTheMedicalDirectorOfTheAreaTeam(t *testing.T) {
	s := open(t, practice, "2014-09-10 09:00").by("CQC", &RecordConcern{Kind: "sole-practitioner", What: "MARKER", Source: "whistleblower"})
	n := s.c.Notices[len(s.c.Notices)-1]
	if !strings.HasSuffix(n.Text, "; at NHS England (Q56) it is for its medical director") || strings.Contains(n.Text, "MARKER") {
		t.Error(n.Text)
	}
	s.by("CQC", &RecordConcern{Kind: "below-standards", What: "x"})
	if n := s.c.Notices[len(s.c.Notices)-1]; strings.Contains(n.Text, "medical director") {
		t.Error(n.Text)
	}
}

func TestR133_TwoBodiesOfACaseSayWhatEachIntendsAndAreRemindedOfTheNextTalk(t *testing.T) {
	s := responding(t, kingsLynn).
		refused("", "CQC", &RecordTalk{With: "CQC", What: "x"}).
		refused("R133", "CQC", &RecordTalk{With: "PROVIDER/RCX", What: "x"}).
		refused("R133", "PROVIDER/RCX", &RecordTalk{With: "CQC", What: "x"})
	owed := len(s.c.OpenDuties())
	s.by("MONITOR", &RecordTalk{With: "CQC", What: "Monitor looks at governance", Next: s.now.AddDate(0, 0, 14)})
	if to := s.toldLast("N76", "(B1)"); !slices.Equal(to, []regime.Party{"CQC"}) || len(s.c.OpenDuties()) != owed+2 {
		t.Errorf("told: %v, and owed: %v", to, s.c.OpenDuties())
	}
	for _, p := range []regime.Party{"MONITOR", "CQC"} {
		if d := s.duty(regime.DutyTalkAgain, "B1|"+string(p)); d.Owner != p || !d.Open() {
			t.Errorf("%s: %+v", p, d)
		}
	}
	if got := s.why("B1"); !strings.Contains(got, "Monitor looks at governance") || !strings.Contains(got, "talk again") {
		t.Error(got)
	}
	late := s.copied().days(15)
	if d := late.duty(regime.DutyTalkAgain, "B1|CQC"); !d.Overdue {
		t.Errorf("%+v", d)
	}
	s.days(2).by("CQC", &RecordTalk{With: "MONITOR", What: "An inspection in May"})
	if len(s.c.Talks) != 1 || s.c.Talks[0].ID != "B1" || s.c.Duty(regime.DutyTalkAgain, "B1|CQC") != nil || s.c.Duty(regime.DutyTalkAgain, "B1|MONITOR") != nil {
		t.Errorf("they have talked: %+v", s.c.Talks)
	}
}
