package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR117_ToRemainDecidesNothingNewAndNeedsNoTerm(t *testing.T) {
	s := reinspected(t).by("MONITOR", &DecideMeasures{Outcome: Remain, Reason: "not ready"})
	e := s.c.episode()
	d := s.duty(DutyReinspectRemain, "2")
	if !e.InForce() || e.Extensions() != 0 || s.duty(DutyDecideOutcome, "").End != ledger.EndDone ||
		!d.Due.Equal(regimetest.Period("12mo").After(s.now)) {
		t.Fatalf("%+v %+v", e, d)
	}
	s.refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).
		until(d.Due.Add(40 * 24 * time.Hour))
	s.by("CQC", &Reinspect{From: s.now})
	if r := e.Reinspections[1]; r.Timing != Late {
		t.Errorf("%+v", r)
	}
	gp := open(t, practice, "2015-02-02 10:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}).
		at("2015-08-01 10:00").by("CQC", &Reinspect{From: regimetest.At("2015-07-30")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "remain"}).
		refused("R62", "CQC", &DecideMeasures{Outcome: Remain, Reason: "x"})
	if !gp.c.episode().InForce() {
		t.Error("it ended")
	}
}

func TestR117_WhereNoDayWasDueAReinspectionIsNeverOnTime(t *testing.T) {
	s := reinspected(t).at("2015-09-01 09:00").by("CQC", &Reinspect{From: regimetest.At("2015-09-01")})
	r := s.c.episode().Reinspections[1]
	if r.Timing != NoDayDue || !r.Due.IsZero() || !strings.Contains(lastSaid(s), "no day was due") {
		t.Fatalf("%+v", r)
	}
}

func TestR117_FurtherActionDoesNotEndTheStay(t *testing.T) {
	s := reinspected(t).by("MONITOR", &DecideMeasures{Outcome: FurtherAction, Reason: "a new board"})
	if !s.c.episode().InForce() || !s.c.owedOpen(DutyProgress) || !s.c.owedOpen(DutyReinspectRemain) {
		t.Fatalf("%+v", s.c.OpenDuties())
	}
}

func TestR117_AnExitSaysWhatItRestsOn(t *testing.T) {
	s := reinspected(t)
	e := s.c.episode()
	report := e.Reinspections[0]
	s.by("MONITOR", &DecideMeasures{Outcome: Remain, Reason: "x"})
	s.until(report.Reported.AddDate(2, 1, 0))
	s.refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x", RestsOn: "segment 3 since January"})
	rests := e.Decisions[len(e.Decisions)-1].RestsOn
	if !strings.Contains(rests, "CQC's report of") || !strings.Contains(rests, "segment 3") {
		t.Error(rests)
	}
	if said := lastSaid(s); !strings.Contains(said, "more than 12 calendar months old") || !strings.Contains(said, "CQC did not recommend to leave") {
		t.Error(said)
	}
	placed(t).refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x", RestsOn: "no report ever"})
}

func TestR117_R59_AnInspectionBeforeTheEntryOrBesideLeavesTheReinspectionOwed(t *testing.T) {
	s := placed(t).at("2013-12-20 09:00").by("CQC", &Reinspect{From: regimetest.At("2013-10-18")}).
		by("CQC", &Reinspect{From: regimetest.At("2013-12-10"), Focused: true}).
		by("CQC", &ReportReinspection{Rating: "requires-improvement", Advice: "remain"}).
		refused("R59", "CQC", &ReportReinspection{Inspection: 1, Rating: "good", Advice: "exit"}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "none", Scope: "site", Of: "the north site"})
	rs := s.c.episode().Reinspections
	if rs[0].Timing != BeforeEntry || rs[1].Timing != Focused || rs[1].Of != "the north site" || s.c.Duty(DutyReinspect, "") == nil ||
		s.c.Duty(DutyDecideOutcome, "") != nil {
		t.Fatalf("%+v", rs)
	}
	counts := placed(t).at("2013-12-20 09:00").by("CQC", &Reinspect{From: regimetest.At("2013-10-18"), Counts: true})
	if r := counts.c.episode().Reinspections[0]; r.Timing != Early || counts.c.Duty(DutyReinspect, "") != nil {
		t.Fatalf("%+v", r)
	}
	tryAll(t, trial{s, "CQC", &Reinspect{From: s.now, Counts: true}, "--counts is for"},
		trial{counts, "CQC", &Reinspect{From: counts.now}, "R60: the report"}, trial{counts, "CQC", &Reinspect{From: counts.now, Focused: true}, ""},
		trial{counts, "CQC", &ReportReinspection{Rating: "good", Advice: "none"}, "R60: "},
		trial{counts, "CQC", &ReportReinspection{Rating: "good", Advice: "exit", Scope: "site"}, "which one"})
}

func TestR118_TheDeciderDeclinesOfItsOwnMotionWithReasonAndPublished(t *testing.T) {
	s := open(t, kingsLynn, "2013-07-16 10:00").
		refused("R118", "MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"}).
		refused("R55", "TDA", &DecideMeasures{Outcome: Decline, Reason: "x", Published: "https://x.example"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "reviewed; not warranted", Published: "https://x.example"})
	if e := s.c.episode(); e.State != regime.MeasuresDeclined || e.Decisions[0].Published == "" || !strings.Contains(lastSaid(s), "of its own motion") {
		t.Fatalf("%+v %s", e, lastSaid(s))
	}
	if to := s.told("N26"); len(to) != 1 || !strings.Contains(to[0], "CCG/07J duty") || !strings.Contains(to[0], "PROVIDER/RCX") {
		t.Error(to)
	}
	if len(s.c.OpenDuties()) != 0 {
		t.Errorf("%+v", s.c.OpenDuties())
	}
	s.by("CQC", &RecommendMeasures{Reason: "x"}).by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"})
}

func TestB3_ADirectorFromBeforeIsTakenIntoThePackage(t *testing.T) {
	s := open(t, kingsLynn, "2013-07-16 10:00").refused("R55", "TDA", &Appoint{Role: "improvement-director", Who: "an office"}).
		by("MONITOR", &Appoint{Role: "improvement-director", Who: "an office"}).at("2013-12-01 10:00").
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x", Scope: "site", Of: "the north site"})
	e := s.c.episode()
	if len(e.Appointments) != 1 || s.c.Duty(DutyAppointDirector, "") != nil || s.c.Duty(DutyAppointPartner, "") == nil || e.Scope != "site" {
		t.Fatalf("%+v", e)
	}
	if b := s.c.Board(s.now); !strings.Contains(b, "for one site") || strings.Contains(b, "north") {
		t.Error(b)
	}
	open(t, kingsLynn, "2013-07-16 10:00").by("CQC", &PublishRating{Overall: "inadequate", Scope: "service", Of: "maternity"})
}

func TestR119_AFurtherSummitIsNumberedAndMovesNeitherStageNorRing(t *testing.T) {
	s := responding(t, kingsLynn)
	holder := s.c.Ring.Holder
	call := &ConveneFurtherSummit{At: regimetest.At("2013-10-01 10:00"), Reason: "two deaths"}
	held := &HoldFurtherSummit{Present: []regime.Party{"CQC"}, Record: "support agreed"}
	watched := open(t, kingsLynn, "2013-09-10 09:00")
	called := s.copied().by("CCG/07J", call)
	tryAll(t, trial{watched, "CQC", call, "T3: "}, trial{s, "ROYAL_COLLEGE", call, "R11: "}, trial{s, "PROVIDER", call, ""}, trial{s, "CQC", held, "no further"},
		trial{called, "CQC", &ConveneFurtherSummit{At: regimetest.At("2013-10-02 10:00"), Reason: "x"}, "R84: "},
		trial{called, "CCG/07J", held, "R119: "}, trial{called, "GMC", held, "R119: "})
	called.by("CCG/07J", &ConveneFurtherSummit{At: regimetest.At("2013-10-02 10:00"), Reason: "x"}).at("2013-10-02 12:00").
		by("CCG/07J", held).by("MONITOR", &ConveneFurtherSummit{At: regimetest.At("2013-12-01 10:00"), Reason: "x"}).stage(regime.Responding)
	f := called.c.Further
	if len(f) != 2 || f[0].N != 2 || f[1].N != 3 || f[0].Record == "" || called.c.Ring.Holder != holder || len(f[0].Invited) < 4 {
		t.Fatalf("%+v", f)
	}
	if d := called.duty(DutyHoldFurther, "2"); d.End != ledger.EndDone || d.Late() {
		t.Errorf("%+v", d)
	}
	if len(called.told("N68")) < 3 {
		t.Error(called.told("N68"))
	}
	for name, at := range everyStage(t) {
		ended := !at.c.Summit.Ended.IsZero() && name != regime.Closed
		err := at.perform("CQC", &ConveneFurtherSummit{At: at.now.Add(48 * time.Hour), Reason: "x"})
		if ended != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who entered before the programme of 2021 leaves as it entered: after CQC's report, with a day for the next.
func TestR117_AStayFromBeforeTheProgrammeGoesOnByReinspections(t *testing.T) {
	s := open(t, kingsLynn, "2020-10-26 10:00").by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		at("2021-10-12 10:00").by("CQC", &Reinspect{From: regimetest.At("2021-10-11")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "remain"}).
		by("MONITOR", &DecideMeasures{Outcome: Remain, Reason: "x"})
	if d := s.c.Duty(DutyReinspectRemain, "2"); d == nil || !d.Due.Equal(regimetest.At("2022-10-12 10:00")) {
		t.Fatalf("%+v", d)
	}
	s.by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x", RestsOn: "segment 3"})
	if e := s.c.episode(); !strings.Contains(e.Decisions[2].RestsOn, "CQC's report of 12 October 2021") {
		t.Errorf("%+v", e.Decisions)
	}
}

func TestR90_TheRecordOfAFurtherSummitIsADraftToThoseWhoWereThere(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG/07J", &ConveneFurtherSummit{At: regimetest.At("2013-10-01 10:00"), Reason: "two deaths"}).
		at("2013-10-01 12:00").by("CCG/07J", &HoldFurtherSummit{Present: []regime.Party{"CQC", "MONITOR"}, Record: "support agreed"})
	f := &s.c.Further[0]
	if f.Draft == "" || !f.Final.IsZero() {
		t.Fatalf("%+v", f)
	}
	if to := s.toldLast("N52", f.Draft); !slices.Equal(to, []regime.Party{"CQC", "MONITOR", "CCG/07J"}) {
		t.Errorf("told: %v", to)
	}
	s.by("CQC", &ObjectToClosing{Matter: f.Draft, Reason: "two wards were meant", As: ledger.AsCorrection}).days(8)
	if f = &s.c.Further[0]; f.Final.IsZero() {
		t.Errorf("%+v", f)
	}
	if to := s.toldLast("N52", "is final"); len(to) != 3 {
		t.Errorf("told: %v", to)
	}
	if got := s.why("summit-2"); !strings.Contains(got, "two deaths") || !strings.Contains(got, "final") {
		t.Error(got)
	}
}
