package failure

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/regimetest"
	"holdthering/regime/surveillance"
)

// byTyping are the acts that are done by recording them, so that they happen at no other time:
// answers, proposals, notes, requests, invitations, and what the program itself does.
var byTyping = strings.Fields("summit.further trigger acknowledge acting.ask group.acknowledge concern.record concern.consider " +
	"case.link case.propose-closing case.object case.close group.concern group.watch group.unwatch " +
	"difference.register action.propose action.redate action.withdraw action.transfer " +
	"group.action-propose group.action-redate group.action-withdraw group.note-case group.link-case " +
	"group.schedule group.record group.interval group.join group.offer-seat group.leave group.note group.end group.pack " +
	"group.report group.note-report group.note-shared group.review-terms group.theme group.indicator group.arrangement group.arrangement-answer group.watch-list impact.request plan.draft plan.assign note.add provider.correct meeting.schedule " +
	"meeting.ask meeting.answer meeting.record ring.hand-over safeguarding.flag safeguarding.board guest.invite guest.tell guest.answer guest.contact guest.end provider.serves judgement.unseal information.request referral.open " +
	"summit.convene summit.reply summit.pack summit.pack-ready summit.suggest summit.consider " +
	"concern.keep-open case.agree action.holds group.keep-open group.agree group.object group.action-holds summit.record " +
	"link.send link.withdraw link.pass group.link-send group.link-withdraw group.link-pass " +
	"placed.consider power.intend reinspection.hold mail.resend group.resend")

// A new verb says when it happened, or is listed as one that is done by typing it; and a time
// that it takes says how it lies to the present.
func TestR85_EveryActSaysWhenItHappenedWhereThatMayDiffer(t *testing.T) {
	look := func(path string, act any) {
		at := false
		for _, f := range regime.Fields(act) {
			at = at || f.Happened()
			if f.Type == reflect.TypeFor[time.Time]() && !slices.Contains([]regime.When{regime.Past, regime.Ever, regime.Ahead, regime.Either}, f.When) {
				t.Errorf("%s --%s: it is not said how it lies to the present", path, f.Flag)
			}
		}
		if listed := slices.Contains(byTyping, strings.ReplaceAll(path, " ", ".")); listed == at {
			t.Errorf("%s: says when %v, done by typing %v", path, at, listed)
		}
	}
	for _, v := range Verbs() {
		look(v.Path, v.New())
	}
	for _, v := range surveillance.Verbs() {
		look(v.Path, v.New())
	}
	for _, p := range regime.Profiles() {
		if r := p.Reach; r == nil || r.Past.IsZero() || r.Summit.IsZero() || r.Meeting.IsZero() || r.Due.IsZero() ||
			r.Early.IsZero() || r.Source == "" || r.Basis != regime.ByDesign {
			t.Errorf("%s: %+v", p.Name, r)
		}
	}
}

func TestR85_R27_T8_TheClocksRunFromTheJudgementAndNotFromItsRecording(t *testing.T) {
	s := inSession(t, kingsLynn).at("2013-09-12 18:00").by(regimetest.Nhse,
		&EndSummit{At: regimetest.At("2013-09-12 15:30")})
	if d := s.duty(DutyCollective, ""); !d.Start.Equal(regimetest.At("2013-09-12 15:30")) {
		t.Errorf("the judgement is owed from the end of the summit: %+v", d)
	}
	s.at("2013-09-12 19:00").
		refusedSaying("lies in the future", regimetest.Nhse, &JudgeCollectively{Value: ActualFailure,
			At: regimetest.At("2013-09-12 19:01")}).
		refusedSaying("lies before the risk summit was opened", regimetest.Nhse,
			&JudgeCollectively{Value: ActualFailure, At: regimetest.At("2013-09-12 09:59")}).
		by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure, At: regimetest.At("2013-09-12 15:40")})
	if d := s.duty(DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 15:40")) {
		t.Errorf("48 hours from the judgement: %+v", d)
	}
	if d := s.duty(DutyAgreeRingHolder, ""); !d.Due.Equal(regimetest.At("2013-09-13 03:40")) {
		t.Errorf("the agreement: %+v", d)
	}
	if d := s.duty(DutyCollective, ""); d.Late() || !d.Ended.Equal(regimetest.At("2013-09-12 15:40")) {
		t.Errorf("it was done when it was made: %+v", d)
	}
	e := s.c.Entries[len(s.c.Entries)-1]
	if !e.At.Equal(s.now) || !e.Happened.Equal(regimetest.At("2013-09-12 15:40")) || !strings.Contains(e.Text, "15:40") {
		t.Errorf("the record says when it was recorded, and when it happened: %+v", e)
	}
}

func TestR85_T6_AnAgreementOnTheRingCountsFromWhenItWasReached(t *testing.T) {
	s := judged(t, kingsLynn).by("CQC", &ProposeRingHolder{Candidate: "MONITOR"}).at("2013-09-12 21:00").
		by("MONITOR", &AcceptRing{At: regimetest.At("2013-09-12 17:00")})
	for _, p := range []regime.Party{"CCG", "GMC"} {
		s.by(p, &AssentToRingHolder{Candidate: "MONITOR", At: regimetest.At("2013-09-12 17:30")})
	}
	s.by(regimetest.Nhse, &AssentToRingHolder{Candidate: "MONITOR", At: regimetest.At("2013-09-12 18:00")})
	if r := s.stage(regime.Responding).c.Ring; r.Holder != "MONITOR" || !r.Since.Equal(regimetest.At("2013-09-12 18:00")) {
		t.Errorf("%+v", r)
	}
	s.refusedSaying("lies before Monitor took the ring", "MONITOR", &WithdrawFromRing{Reason: "x",
		At: regimetest.At("2013-09-12 17:59")})
}

func TestR85_R59_B4_B7_TheMonthsOfSpecialMeasuresRunFromTheDecision(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-25 10:00").at("2013-10-28 09:00").
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x", At: regimetest.At("2013-10-20 12:00")})
	if d := s.duty(DutyReinspect, ""); !d.Due.Equal(regimetest.At("2014-10-20 12:00")) {
		t.Errorf("twelve months from the decision: %+v", d)
	}
	if d := s.duty(DutyProgress, "1"); !d.Due.Equal(regimetest.At("2013-11-20 12:00")) {
		t.Errorf("the first month: %+v", d)
	}
	s.at("2014-10-20 09:00").by("CQC", &Reinspect{From: regimetest.At("2014-10-06"),
		To: regimetest.At("2014-10-08")}).
		at("2014-10-24 09:00").
		refusedSaying("lies before the re-inspection", "CQC",
			&ReportReinspection{Rating: "inadequate", Advice: "remain", On: regimetest.At("2014-10-07")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "remain", On: regimetest.At("2014-10-20")})
	if d := s.duty(DutyDecideOutcome, ""); !d.Start.Equal(regimetest.At("2014-10-20")) {
		t.Errorf("the decision is owed from the report: %+v", d)
	}
	s.at("2014-10-30 09:00").
		refusedSaying("lies before CQC's report", "MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x",
			At: regimetest.At("2014-10-19")}).
		by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x", At: regimetest.At("2014-10-28 12:00")})
	if d := s.duty(DutyReinspectExtended, "1"); !d.Due.Equal(regimetest.At("2015-04-28 12:00")) {
		t.Errorf("six months from the extension: %+v", d)
	}
}

func TestR85_T3_AMeetingIsNotHeldBeforeItsDayUnlessItIsSaidWhy(t *testing.T) {
	convene := &ConveneSummit{At: regimetest.At("2013-09-12 10:00")}
	open := func(why string) *OpenSummit { return &OpenSummit{Attending: []regime.Party{"CQC"}, Early: why} }
	triggered(t, kingsLynn).by(regimetest.Nhse, convene).refused("T3", regimetest.Nhse,
		open("")).by(regimetest.Nhse, open("all are here"))
	triggered(t, kingsLynn).by(regimetest.Nhse, convene).at("2013-09-12 08:00").by(regimetest.Nhse, open(""))
	triggered(t, kingsLynn).by(regimetest.Nhse, open(""))
	s := responding(t, kingsLynn).by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 10:00")})
	hold := &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}
	s.refused("R33", regimetest.Nhse, hold)
	hold.Early = "all were there"
	s.by(regimetest.Nhse, hold)
}

func TestR85_ATimeFarAwayIsTakenForASlip(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.refusedSaying("is the year right?", regimetest.Nhse, &ConveneSummit{At: regimetest.At("2014-09-12 10:00")}).
		refusedSaying("lies in the past", regimetest.Nhse, &ConveneSummit{At: regimetest.At("2012-09-12 10:00")}).
		refusedSaying("is the year right?", "MONITOR", &DecideMeasures{Outcome: Place, Reason: "x",
			At: regimetest.At("2003-09-01")})
	s = responding(t, kingsLynn)
	s.refusedSaying("is the year right?", regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2015-09-12 10:00")}).
		refusedSaying("before the case was opened", "CQC", &JudgeForOneself{View: "x",
			At: regimetest.At("2013-09-01")})
}

// refusedSaying insists that the act is not taken, and on the words in which that is said.
func (s *script) refusedSaying(words string, p regime.Party, act Act) *script {
	s.Helper()
	if got := s.answer(p, act); !strings.Contains(got, words) {
		s.Fatalf("%s by %s: want %q, got %q", VerbOf(act).Path, p, words, got)
	}
	return s
}

func TestR85_R81_WhatIsRecordedLateRemindsOfNoTimeThatHasGone(t *testing.T) {
	s := inSession(t, kingsLynn).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{}).at("2013-09-13 01:00")
	before := len(s.c.Notices)
	s.by(regimetest.Nhse, &JudgeCollectively{Value: PotentialFailure, At: regimetest.At("2013-09-12 16:10")})
	s.c.pen.Tick(s.now)
	for _, n := range s.c.Notices[before:] {
		if n.Rung > 0 {
			t.Errorf("reminded as soon as it is recorded: %+v", n)
		}
	}
	if d := s.duty(DutyAgreeRingHolder, ""); !d.Start.Equal(regimetest.At("2013-09-12 16:10")) || !slices.ContainsFunc(d.RungsSent, func(n int) bool { return n > 0 }) {
		t.Errorf("%+v", d)
	}
}

func TestR85_R33_AResponseMeetingIsNotHeldBeforeTheLastOneWhateverIsScheduled(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-14 10:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).at("2013-09-20 10:00").
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 12:00")})
	s.refusedSaying("lies before the last response meeting", regimetest.Nhse,
		&HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x", Held: regimetest.At("2013-09-13 12:00"), Early: "x"})
}
