package failure

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestS2x8_MonitorAnswersAnApplicationForACertificateWithinFourteenDays(t *testing.T) {
	apply := func() Act { return &ApplyForCertificate{Use: "U1", Evidence: "MARKER"} }
	s := open(t, kingsLynn, "2013-10-25 10:00").by("MONITOR", &UsePower{Power: "P-MON-2"}).
		refused("R1", "CQC", apply()).by("PROVIDER", apply())
	if d := s.duty(DutyCertificate, "U1"); d.Owner != "MONITOR" || !d.Due.Equal(regimetest.At("2013-11-08 10:00")) {
		t.Fatalf("%+v", d)
	}
	s.refused("R1", "CQC", &DecideCertificate{Use: "U1", Outcome: CertificateGiven, Reason: "x"}).
		refused("", "PROVIDER", apply()).
		by("MONITOR", &DecideCertificate{Use: "U1", Outcome: CertificateRefused, Reason: "not yet"}).
		refused("", "MONITOR", &DecideCertificate{Use: "U1", Outcome: CertificateGiven, Reason: "x"})
	row, _ := s.c.profile().Power("P-MON-2")
	if !s.c.OwnActs[0].Stands(row) {
		t.Fatal("a refusal lifts the undertakings")
	}
	s.at("2013-12-01").by("PROVIDER", apply()).at("2014-01-01")
	if d := s.duty(DutyCertificate, "U1"); !d.Overdue || !s.c.OwnActs[0].Stands(row) {
		t.Fatalf("silence is no certificate: %+v", d)
	}
	s.by("MONITOR", &DecideCertificate{Use: "u1", Outcome: CertificateGiven, Reason: "the audit"})
	if s.c.OwnActs[0].Stands(row) || len(s.c.OwnActs[0].Certificates) != 2 || !s.duty(DutyCertificate, "U1").Late() {
		t.Fatalf("%+v", s.c.OwnActs[0])
	}
	s.refused("", "PROVIDER", apply())
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, "MARKER") {
			t.Errorf("what was written is mailed: %s", n.Text)
		}
	}
	s.by("CQC", &UsePower{Power: "P-CQC-1"}).refused("", "PROVIDER", &ApplyForCertificate{Use: "U2"})
}

func TestR78_AProviderHasTwentyWorkingDaysToAnswerHealthwatch(t *testing.T) {
	s := open(t, kingsLynn, "2013-12-02 10:00").
		by("HEALTHWATCH_LOCAL", &RequestInformation{To: "PROVIDER", What: "x"}).
		by("MONITOR", &RequestInformation{To: "CQC", What: "x"})
	// Christmas Day, Boxing Day and New Year's Day are no working days.
	if d := s.duty(DutyGiveInformation, "Q1"); !d.Due.Equal(regimetest.At("2014-01-02 10:00")) || d.Period != regimetest.Period("20wd") {
		t.Fatalf("%+v", d)
	}
	if d := s.duty(DutyGiveInformation, "Q2"); !d.Due.Equal(regimetest.At("2013-12-04 10:00")) {
		t.Fatalf("%+v", d)
	}
}

func TestA24_ACareServicesReinspectionFollowsTheProcessOfTheDayItEntered(t *testing.T) {
	home := practice
	home.Type = regime.AdultSocialCare
	for _, row := range []struct {
		of                regime.Provider
		entered, report   string
		reinspect, remark string
	}{
		{practice, "2014-09-10 10:00", "", "2015-03-10 10:00", "6 calendar months to improve first"},
		{practice, "2014-12-31 23:59", "", "2015-06-30 23:59", "6 calendar months to improve first"},
		{practice, "2015-01-01 00:00", "2014-12-01", "2015-07-01 00:00", ""},
		{home, "2015-03-31 23:59", "2015-03-01", "2015-09-30 23:59", ""},
		{home, "2015-04-20 10:00", "", "2015-10-20 10:00", ""},
		{home, "2015-04-20 10:00", "2015-04-02", "2015-10-02", ""},
	} {
		act := &DecideMeasures{Outcome: Place, Reason: "x"}
		if row.report != "" {
			act.Report = regimetest.At(row.report)
		}
		s := open(t, row.of, row.entered).by("CQC", act)
		if d := s.duty(DutyReinspectPrimary, ""); !d.Due.Equal(regimetest.At(row.reinspect)) {
			t.Errorf("%s entered %s: re-inspection due %s, want %s", row.of.Type, row.entered, d.Due, row.reinspect)
		}
		if d := s.duty(DutyPrimaryLimit, ""); !d.Due.Equal(regimetest.Period("12mo").After(regimetest.At(row.entered))) {
			t.Errorf("%s entered %s: the limit of twelve months is %s", row.of.Type, row.entered, d.Due)
		}
		said := s.c.Entries[len(s.c.Entries)-1].Text
		if strings.Contains(said, "to improve first") != (row.remark != "") || !strings.Contains(said, row.remark) {
			t.Errorf("%s entered %s: %s", row.of.Type, row.entered, said)
		}
	}
	open(t, home, "2015-04-20 10:00").
		refused("", "CQC", &DecideMeasures{Outcome: Place, Reason: "x", Report: regimetest.At("2015-05-01")})
}

func TestR44_CopiesHaveGoneWhenTheServiceTookOneForEachBody(t *testing.T) {
	now := regimetest.At("2014-11-03 09:00")
	to := func(states ...ledger.DeliveryState) []ledger.Recipient {
		var out []ledger.Recipient
		for i, state := range states {
			out = append(out, ledger.Recipient{Party: []regime.Party{"MONITOR", "PROVIDER/RCX"}[i%2],
				Level: []regime.Level{regime.LevelDuty, regime.LevelLead}[i/2], State: state})
		}
		return out
	}
	for _, x := range []struct {
		what string
		n    ledger.Notice
		gone bool
	}{
		{"accepted", ledger.Notice{To: to(ledger.StateAccepted, ledger.StateAccepted)}, true},
		{"deferred", ledger.Notice{To: to(ledger.StateDeferred, ledger.StateAccepted)}, true},
		{"delivered", ledger.Notice{To: to(ledger.StateDelivered, ledger.StateDelivered)}, true},
		{"one not yet", ledger.Notice{To: to(ledger.StateAccepted, "")}, false},
		{"one bounced", ledger.Notice{To: to(ledger.StateAccepted, ledger.StateBounced)}, false},
		{"one unknown", ledger.Notice{To: to(ledger.StateUnknown, ledger.StateAccepted)}, false},
		{"the other contact took it", ledger.Notice{To: to(ledger.StateBounced, ledger.StateAccepted, ledger.StateAccepted)}, true},
		{"another's contact took it", ledger.Notice{To: to(ledger.StateBounced, ledger.StateAccepted, "", ledger.StateAccepted)}, false},
		{"another kind", ledger.Notice{Kind: "N21", To: to("", "")}, true},
		{"another moment", ledger.Notice{At: now.Add(1), To: to("", "")}, true},
		{"a reminder", ledger.Notice{Rung: 1, To: to("", "")}, true},
	} {
		s := open(t, kingsLynn, "2014-11-03 09:00")
		if x.n.Kind == "" {
			x.n.Kind = "N23"
		}
		if x.n.At.IsZero() {
			x.n.At = now
		}
		s.c.Notices = []ledger.Notice{x.n}
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutySendCopies, Owner: "CQC", Subject: "1", Start: now})
		s.c.pen.OpenDuty(ledger.DutySpec{Kind: DutyNoteClosing, Owner: "CQC", Start: now})
		s.c.pen.CopiesWent(now.Add(time.Minute))
		if d := s.duty(regime.DutySendCopies, "1"); d.Open() == x.gone || x.gone && d.EndedBy != "CQC" {
			t.Errorf("%s: %+v", x.what, d)
		}
		if !s.duty(DutyNoteClosing, "").Open() {
			t.Errorf("%s ended another duty", x.what)
		}
	}
}
